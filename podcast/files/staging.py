"""Write a file beside its place and put it there only when it is whole."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from podcast.errors import StorageError

_FULL = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file grew beyond the size that this system allows",
}


@contextmanager
def staged(target: Path) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `target` when the block ends without an error.

    The folder is made if need be. After any error, also an interruption from the keyboard,
    `target` is as it was and nothing else is left.

    Yields:
        The file, for reading and writing bytes.

    Raises:
        StorageError: The disk is full, or the folder cannot be written.
    """
    # The name is not the target's: a long one with an addition would be too long for the disk.
    partial = target.parent / f".{uuid4().hex}.part"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("xb+") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise _storage_error(error, target) from error
    finally:
        with suppress(OSError):  # it was moved, or the folder never was one
            partial.unlink()


def _storage_error(error: OSError, target: Path) -> StorageError:
    folder = target.parent
    if (reason := _FULL.get(error.errno or 0)) is None:
        return StorageError(
            f"{target.name} cannot be written to {folder}: {error.strerror}. "
            "Make the folder writable, or choose another."
        )
    return StorageError(
        f"{target.name} cannot be written to {folder}: {reason} ({_free(folder)} free). "
        "Make room, or choose another folder."
    )


def _free(folder: Path) -> str:
    try:
        return f"{shutil.disk_usage(folder).free / 1e6:,.0f} MB"
    except OSError:
        return "unknown space"
