"""Keep the cache below its limit: what was not used for longest goes first."""

import logging
from collections.abc import Iterator
from pathlib import Path

from flows.runs.active_runs import all_quiet_before
from flows.settings import settings

_log = logging.getLogger(__name__)

GIGABYTE = 1_000_000_000


def sweep_cache() -> int:
    """Delete what is over the limit of the settings and not in use by a run that is alive.

    Returns:
        Bytes that were freed.
    """
    limit = settings().cache_limit * GIGABYTE
    if not limit:
        return 0
    quiet_before = all_quiet_before()
    kept = sorted(_files(), key=_last_used)
    over = sum(file.stat().st_size for file in kept) - limit
    freed = 0
    for file in kept:
        if freed >= over or _last_used(file) >= quiet_before:
            break
        freed += file.stat().st_size
        file.unlink()
    if freed:
        _log.info("The cache was over its limit; %.1f MB of it were deleted", freed / 1e6)
    return freed


def _files() -> Iterator[Path]:
    folders = [settings().downloads, settings().recordings]
    if not settings().shared_results:  # else another machine's runs may be using them
        folders.append(settings().results)
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file())


def _last_used(file: Path) -> float:
    """Return when a file was last read or written. Many systems note a read once a day only."""
    status = file.stat()
    return max(status.st_atime, status.st_mtime)
