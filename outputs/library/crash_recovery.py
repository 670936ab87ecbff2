"""Clear away what runs that were killed have left beside the episodes of a show.

A folder that is being made is called `.<episode>.<mark>.partial`. It is only made while the lock of
its episode is held, so that whoever holds that lock knows that nobody works on it any more.
"""

import logging
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from podcast.files.locks import locked, locked_if_free

PARTIAL, OLD = ".partial", ".old"

ABANDONED = 3600.0
"""Seconds since the last byte of a file beside the episodes; to write one takes less than one."""

_log = logging.getLogger(__name__)


def sweep_show(show: Path) -> None:
    """Clear away the leftovers of all episodes of a show that no run is writing."""
    for name in sorted({_episode_of(path) for path in _leftovers(show)}):
        with locked_if_free(show / name) as is_free:
            if is_free:
                sweep_episode(show / name)
    _sweep_files(show)


def sweep_episode(folder: Path) -> None:
    """Clear away the leftovers of an episode, whose lock is held.

    Where folders had to be renamed one after the other and the run died between, the old episode
    is put back.
    """
    for path in _leftovers(folder.parent):
        if _episode_of(path) != folder.name:
            continue
        if path.suffix == OLD and not folder.exists():
            path.rename(folder)
            _log.warning("Put back %s, which a run had left half replaced.", folder)
        else:
            shutil.rmtree(path, ignore_errors=True)


def put_back(folder: Path) -> None:
    """Put an episode back that a run has left half replaced; anything else stays as it is.

    Raises:
        StorageError: The folder beside it cannot be written.
    """
    if not folder.exists() and any(
        _episode_of(p) == folder.name for p in _leftovers(folder.parent)
    ):
        with locked(folder):
            sweep_episode(folder)


def _sweep_files(show: Path) -> None:
    """Delete files that `podcast.files.staging` began and nobody can be writing any more."""
    for path in show.glob(".*.part"):
        with suppress(FileNotFoundError):  # its writer has just put it in place
            if path.is_file() and time.time() - path.stat().st_mtime > ABANDONED:
                path.unlink()


def _leftovers(show: Path) -> Iterator[Path]:
    if not show.is_dir():
        return
    for path in sorted(show.iterdir()):
        if path.name.startswith(".") and path.suffix in {PARTIAL, OLD} and path.is_dir():
            yield path


def _episode_of(path: Path) -> str:
    """Return the name between the first and the last two dots."""
    return path.name[1:].rsplit(".", 2)[0]
