"""Do two chains of stages at the same time, and end both where one of them fails."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from threading import Event
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
T = TypeVar("T")


class OtherFailedError(Exception):
    """This work was ended because the work beside it has failed."""


_failed: ContextVar[Event | None] = ContextVar("failed", default=None)
"""Set once either of the two chains that this code belongs to has failed."""


def run_sequentially(one: Callable[[], A], other: Callable[[], B]) -> tuple[A, B]:
    """Do one thing after the other."""
    return one(), other()


def run_concurrently(one: Callable[[], A], other: Callable[[], B]) -> tuple[A, B]:
    """Do the first thing in a thread of its own and the other here, where signals arrive.

    Raises:
        Exception: What the first of them to fail has raised. The other ends at its next
            `raise_if_cancelled`, since no thread can be ended from outside.
    """
    token = _failed.set(Event())
    try:
        with ThreadPoolExecutor(max_workers=1) as thread:
            first = thread.submit(copy_context().run, _chain, one)
            try:
                second = _chain(other)
            except OtherFailedError:
                first.result()  # raises why
                raise
            return first.result(), second
    finally:
        _failed.reset(token)


def raise_if_cancelled() -> None:
    """Do nothing unless the chain beside this one has failed.

    Raises:
        OtherFailedError: It has.
    """
    failed = _failed.get()
    if failed is not None and failed.is_set():
        raise OtherFailedError("Ended, because the stage beside it failed.")


def _chain(work: Callable[[], T]) -> T:
    try:
        return work()
    except BaseException:
        if failed := _failed.get():
            failed.set()
        raise
