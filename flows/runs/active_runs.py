"""Which runs of this machine are alive: a file for each, which it holds locked until it ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from flows.settings import settings


@contextmanager
def living() -> Iterator[None]:
    """Count as alive for the length of a run. Whoever dies counts no more."""
    path = _folder() / uuid4().hex
    unlocked = path.with_name(f".{path.name}")  # it gets its name when it is locked
    descriptor = os.open(unlocked, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        unlocked.rename(path)
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def all_quiet_before() -> float:
    """Return the time before which nothing was used that a run of this cache may still need.

    Returns:
        When the oldest of the living runs began, in seconds since the epoch; now if there is none.
    """
    began = [path.stat().st_mtime for path in _folder().glob("[!.]*") if _is_held(path)]
    return min(began, default=time.time())


def _is_held(path: Path) -> bool:
    """Whether a run holds its file; one that died left it behind, and it goes."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        path.unlink(missing_ok=True)
        return False
    finally:
        os.close(descriptor)


def _folder() -> Path:
    folder = settings().cache / "runs" / "living"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
