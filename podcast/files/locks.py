"""Let one run at a time write an episode, also when the others are other processes.

The lock is the kernel's (flock) on a hidden, empty file that stays where it is: a process that dies
lets go of it, and a file that were deleted could be locked by two at once.
"""

import fcntl
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from podcast.errors import StorageError

_log = logging.getLogger(__name__)


def lock_path(folder: Path) -> Path:
    """Return the file that stands for a folder: `.<name>.lock` beside it."""
    return folder.with_name(f".{folder.name}.lock")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which need not be there yet; wait for whoever holds it.

    Raises:
        StorageError: The lock cannot be made.
    """
    with locked_file(
        lock_path(folder),
        lambda: _log.warning("Another run is writing %s; this one waits for it.", folder),
    ):
        yield


@contextmanager
def locked_file(path: Path, waiting: Callable[[], object]) -> Iterator[int]:
    """Hold the lock of a file, which is made if need be; wait for whoever holds it.

    Args:
        path: The file.
        waiting: Called before a wait.

    Yields:
        The file's descriptor, for reading and writing.

    Raises:
        StorageError: The lock cannot be made.
    """
    with _opened(path) as descriptor:
        if not _taken(descriptor, path):
            waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor


@contextmanager
def locked_if_free(folder: Path) -> Iterator[bool]:
    """Hold the lock of a folder if nobody else does.

    Yields:
        Whether it is held.
    """
    with _opened(lock_path(folder)) as descriptor:
        yield _taken(descriptor, lock_path(folder))


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StorageError(
            f"{path.parent} cannot be written: {error.strerror}. Nothing was changed there. "
            "Make it writable, or choose another folder."
        ) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _taken(descriptor: int, path: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:  # some network file systems have no locks
        raise StorageError(
            f"{path} cannot be locked: {error.strerror}. Nothing was changed there. "
            "Choose a folder on a file system with locks."
        ) from error
    return True
