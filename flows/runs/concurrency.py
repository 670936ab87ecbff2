"""Do two chains of stages at the same time, and end both where one of them fails."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from contextvars import ContextVar, copy_context
from threading import Event, Thread
from typing import TypeVar

from prefect.exceptions import TerminationSignal

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
    first: Future[A] = Future()
    # A daemon: a run that a signal ends does not wait for a thread, which no signal reaches.
    Thread(target=copy_context().run, args=(_fulfil, first, one), daemon=True).start()
    try:
        second = _chain(other)
    except TerminationSignal:
        raise
    except OtherFailedError:
        first.result()  # raises why
        raise
    except BaseException:
        wait([first])
        raise
    finally:
        _failed.reset(token)
    return first.result(), second


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
    except TerminationSignal:
        raise
    except BaseException:
        if failed := _failed.get():
            failed.set()
        raise


def _fulfil(future: Future[T], work: Callable[[], T]) -> None:
    try:
        future.set_result(_chain(work))
    except BaseException as error:  # noqa: BLE001  whoever asks for the result gets it
        future.set_exception(error)
