"""Keep the cache below its limit: what was not used for longest goes first, between runs only."""

import logging
from collections.abc import Iterator
from pathlib import Path

from flows.run_locks import no_run_alive
from flows.settings import settings

_log = logging.getLogger(__name__)

GIGABYTE = 1_000_000_000


def sweep_cache() -> int:
    """Delete what is over the limit of the settings, unless a run is alive.

    Returns:
        Bytes that were freed.
    """
    limit = settings().cache_limit * GIGABYTE
    if not limit:
        return 0
    with no_run_alive() as is_quiet:
        return _sweep(limit) if is_quiet else 0


def _sweep(limit: int) -> int:
    kept = sorted(_files(), key=_last_used)
    size = sum(file.stat().st_size for file in kept)
    freed = 0
    for file in kept:
        if size - freed <= limit:
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
