"""Read the small files that a user names."""

from pathlib import Path

from podcast.errors import BadInputError


def read_given(path: Path, what: str) -> bytes:
    """Return what is in a file, which may be read more than once.

    Args:
        path: As given; "~" is the home folder.
        what: It is, at the beginning of a message, such as "The glossary".

    Raises:
        BadInputError: It is not there, no file, or cannot be read. A pipe is none: it may wait for
            ever, and gives what it holds only once.
    """
    path = path.expanduser()
    try:
        if path.exists() and not path.is_file():
            kind = "a folder" if path.is_dir() else "no regular file"
            raise BadInputError(f"{what} {path} is {kind}. Give a file.")
        return path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{what} {path} cannot be read: {error.strerror}.") from error
