"""Do one thing after another on several cores, each on a core of its own.

Two cores in one pass of a network wait for each other after every layer; two passes at once do not.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def side_by_side(
    work: Callable[[Item], Result], items: Iterable[Item], threads: int
) -> Iterator[tuple[Item, Result]]:
    """Yield each item with what came of it, in order.

    An item is taken when a thread is free for it and not before, so that whoever gives items out
    can stop the work by an error; what has begun is then awaited.

    Args:
        work: Lets go of Python's lock where it takes long, as the libraries of models do.
        items: What to work on.
        threads: Items worked on at the same time.
    """
    with ThreadPoolExecutor(threads) as pool:
        begun: deque[tuple[Item, Callable[[], Result]]] = deque()
        for item in items:
            begun.append((item, pool.submit(work, item).result))
            if len(begun) == threads:
                first, result = begun.popleft()
                yield first, result()
        for item, result in begun:
            yield item, result()
