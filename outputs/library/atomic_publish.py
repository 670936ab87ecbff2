"""Put a folder of files in place at once: readers see the old folder or the new one.

The files are written into a hidden folder beside the target and made durable; then the two
folders change places in one step of the kernel (renameat2 with RENAME_EXCHANGE). Where a file
system cannot do that, two renames follow each other; between them the folder is not there.
"""

import ctypes
import errno
import logging
import os
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from outputs.library.crash_recovery import OLD, PARTIAL, sweep_episode
from podcast.errors import StorageError

AT_FDCWD = -100
RENAME_EXCHANGE = 2
CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}

SYNCS = 8
"""Files whose way to the disk is waited for side by side."""

_log = logging.getLogger(__name__)


def publish_folder(folder: Path, files: Mapping[str, bytes], archive: Path | None = None) -> None:
    """Replace a folder by one that holds exactly these files. The lock of the folder must be held.

    Args:
        folder: The folder to replace or make; its parents are made as well.
        files: Name -> content.
        archive: Where the old folder goes; None deletes it.

    Raises:
        StorageError: Nothing was published: the disk is full or the folder cannot be written.
    """
    staging: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        sweep_episode(folder)
        staging = Path(mkdtemp(prefix=f".{folder.name}.", suffix=PARTIAL, dir=folder.parent))
        staging.chmod(0o755)  # mkdtemp makes private folders; these are for everybody to read
        for name, content in files.items():
            (staging / name).write_bytes(content)
        _make_files_durable([staging / name for name in files])
        _make_durable(staging)
        _archive(_swap(staging, folder), archive)
    except OSError as error:
        raise StorageError(_cannot_publish(folder, error)) from error
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)


def _make_files_durable(paths: Sequence[Path]) -> None:
    """Wait until files are on the disk: side by side, since a disk takes many in one go."""
    with ThreadPoolExecutor(SYNCS) as syncs:
        for _ in syncs.map(_sync, paths):
            pass  # raises what went wrong


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _swap(staging: Path, folder: Path) -> Path | None:
    """Put `staging` in the place of `folder`; return where that is now, None if it was not."""
    old: Path | None = staging
    if not folder.exists():
        staging.rename(folder)
        old = None
    elif not _exchange(staging, folder):
        old = staging.with_suffix(OLD)
        folder.rename(old)
        try:
            staging.rename(folder)
        except OSError:
            old.rename(folder)
            raise
    _make_durable(folder.parent)
    return old


def _archive(old: Path | None, archive: Path | None) -> None:
    """Keep the old folder or delete it; the new one is published in any case."""
    if old is None:
        return
    if archive is not None and not archive.exists():  # the same publication is kept once
        try:
            archive.parent.mkdir(parents=True, exist_ok=True)
            old.rename(archive)
        except OSError as error:
            _log.warning("The earlier version is not kept in %s: %s", archive, error.strerror)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(a: Path, b: Path) -> bool:
    """Let two paths change places in one step; False where the system cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    if libc.renameat2(AT_FDCWD, os.fsencode(a), AT_FDCWD, os.fsencode(b), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in CANNOT_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(b))


def _make_durable(folder: Path) -> None:
    with suppress(OSError):  # some network file systems cannot sync a folder
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _cannot_publish(folder: Path, error: OSError) -> str:
    return (
        f"The episode cannot be written to {folder}: {error.strerror or error}. "
        "Nothing was changed there. Make room or choose another folder, and run it again."
    )
