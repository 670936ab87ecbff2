"""Work on several threads, in order, and stopped by an error."""

import threading
from collections.abc import Iterator

import pytest

from speech.thread_map import side_by_side


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(threads: int) -> None:
    assert list(side_by_side(str, range(4), threads)) == [(n, str(n)) for n in range(4)]


def test_so_many_are_worked_on_at_the_same_time_and_no_more() -> None:
    at_work, most, all_three = 0, 0, threading.Barrier(3, timeout=60)
    lock = threading.Lock()

    def work(_item: int) -> None:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        all_three.wait()
        with lock:
            at_work -= 1

    assert len(list(side_by_side(work, range(6), 3))) == 6
    assert most == 3


def test_an_error_among_the_items_or_in_the_work_ends_it() -> None:
    begun: list[int] = []

    def items() -> Iterator[int]:
        yield from range(3)
        raise KeyError

    with pytest.raises(KeyError):
        list(side_by_side(begun.append, items(), 2))
    with pytest.raises(ZeroDivisionError):
        list(side_by_side(lambda n: 1 // (n - 2), range(9), 2))

    assert begun == [0, 1, 2]
