"""The identity of a file's content."""

import hashlib
from pathlib import Path

from audio.files.source import check_file, unreadable


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; a large file is read in pieces.

    Raises:
        BadInputError: The file is missing, no file, or cannot be read.
    """
    try:
        check_file(path, path.name)
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(error, path.name) from error
