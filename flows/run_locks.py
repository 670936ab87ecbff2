"""One run at a time for an episode, and a sign that runs are alive, for whoever wants to sweep."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prefect import get_run_logger

from flows.settings import settings
from outputs.locks import locked, locked_if_free


@contextmanager
def only_run_of(folder: Path) -> Iterator[None]:
    """Hold an episode for the length of a run; wait for another run that has it.

    The locks are the kernel's: whoever dies lets go. They hold on one machine.
    """
    place = place_of(folder)
    with _alive():
        with locked_if_free(place) as is_free:
            if is_free:
                yield
                return
        get_run_logger().warning("Another run works on this episode; this one waits for it.")
        with locked(place):
            yield


def place_of(folder: Path) -> Path:
    """Return what stands for an episode's folder among the locks of runs."""
    mark = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:16]
    return settings().cache / "runs" / mark


@contextmanager
def no_run_alive() -> Iterator[bool]:
    """Hold back runs for a moment if there is none.

    Yields:
        Whether there is none, on this machine and with this cache.
    """
    with _opened() as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _alive() -> Iterator[None]:
    with _opened() as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield


@contextmanager
def _opened() -> Iterator[int]:
    path = settings().cache / "runs" / ".alive.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
