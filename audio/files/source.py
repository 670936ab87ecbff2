"""Look at a file before it is used: is it there, can it be read, may it be sound, which is it?"""

import hashlib
import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from audio.files.sniff import HEAD_SIZE, name_foreign
from podcast.errors import BadInputError

_PROTECTION = tuple(
    # The box that names a track's protection scheme: MPEG's four, then iTunes and Audible.
    b"schm\0\0\0\0" + scheme
    for scheme in (b"cenc", b"cens", b"cbc1", b"cbcs", b"itun", b"adrm")
)


MAX_TEXT = 256 << 20
"""Bytes. The record of a day of talk takes a third of it."""


def check_source(path: Path, name: str) -> None:
    """Refuse a file that cannot be sound.

    Raises:
        BadInputError: It is missing, a folder, empty, unreadable, or a document or archive.
    """
    with _opened(path, name) as file:
        head = file.read(HEAD_SIZE)
    if not head:
        raise BadInputError(f"{name} is empty (0 bytes). Download or export it again.")
    if kind := name_foreign(head):
        raise BadInputError(f"{name} is not a sound file: it is {kind}. Give the recording itself.")


def read_file(path: Path, name: str) -> bytes:
    """Return what is in a file with text that a user names.

    Raises:
        BadInputError: It is not there, no file, too large for text, or cannot be read.
    """
    with _opened(path, name) as file:
        if (size := path.stat().st_size) > MAX_TEXT:
            raise BadInputError(f"{name} is no text: it has {size:,} bytes. Check the path.")
        return file.read()


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; a large file is read in pieces.

    Raises:
        BadInputError: The file is missing, no file, or cannot be read.
    """
    with _opened(path, path.name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_protected(path: Path) -> bool:
    """Say whether an MP4 file declares encryption (DRM). It searches the whole file."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content[4:8] == b"ftyp" and any(content.find(mark) >= 0 for mark in _PROTECTION)


@contextmanager
def _opened(path: Path, name: str) -> Iterator[BufferedReader]:
    try:
        _check_file(path, name)
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise _unreadable(error, name) from error


def _check_file(path: Path, name: str) -> None:
    """Refuse what is there and no file; a pipe would have us wait for ever.

    Raises:
        BadInputError: It is a folder, a pipe, a device or a socket.
    """
    if path.is_dir():
        raise BadInputError(f"{name} is a folder. Give one file.")
    if path.exists() and not path.is_file():
        raise BadInputError(f"{name} is not a regular file. Copy its content to a file first.")


def _unreadable(error: OSError, name: str) -> BadInputError:
    if isinstance(error, FileNotFoundError):
        return BadInputError(f"{name} does not exist. Check the path.")
    if isinstance(error, PermissionError):
        return BadInputError(f"{name} cannot be read: permission denied. Change its permissions.")
    return BadInputError(f"{name} cannot be read: {error.strerror}. Check the path and the disk.")
