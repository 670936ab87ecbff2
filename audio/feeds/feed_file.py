"""A feed that somebody has saved as a file."""

from pathlib import Path

from audio.feeds.feed_text import MAX_BYTES
from podcast.errors import BadInputError


def read_feed_file(path: Path) -> bytes:
    """Read a feed, and no more of a file than a feed may have.

    Raises:
        BadInputError: It cannot be read.
    """
    if path.exists() and not path.is_file():
        raise BadInputError(f"The feed {path} is no file. Give the feed itself.")
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # the latter: a name that no file can have
        reason = getattr(error, "strerror", None) or error
        raise BadInputError(f"The feed {path} cannot be read: {reason}.") from error
