"""Name the folder of an episode: readable, safe on every file system, the same on every run."""

import hashlib
import re
from pathlib import Path

from slugify import slugify

from outputs.library import SCHEMAS_FOLDER

MAX_LENGTH = 80
PLAIN = re.compile(r"[A-Za-z0-9 ,.:;!?'’\"()—–-]*")
"""Text that loses nothing but punctuation when it becomes a folder name."""

RESERVED = frozenset({SCHEMAS_FOLDER})
"""What lies beside the folders of the shows."""

SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://(www\.)?", re.IGNORECASE)
"""What many guids begin with and no reader needs."""


def episode_folder(out: Path, show: str, title: str, guid: str = "") -> Path:
    """Return `out/<show>/<episode>` with both names made safe.

    Args:
        out: Folder of all shows.
        show: Name of the show.
        title: Names an episode that has no guid.
        guid: Names the episode alone, so that it stays where it is when its title changes.
    """
    return show_folder(out, show) / (_safe_guid(guid) if guid else _safe(title))


def show_folder(out: Path, show: str) -> Path:
    """Return `out/<show>` with the name made safe."""
    return out / _safe(show)


def _safe_guid(guid: str) -> str:
    """Make a folder name, always with a mark, so that no title ever makes the same one."""
    name = slugify(SCHEME.sub("", guid), max_length=MAX_LENGTH)
    return f"{name}-{_mark(guid)}" if name else _mark(guid)


def _safe(text: str) -> str:
    """Make a folder name; text that would lose letters ("C++", "팟캐스트") gets a mark.

    So does what would get the name of a folder of ours.
    """
    name = slugify(text, max_length=MAX_LENGTH)
    if name and name not in RESERVED and len(text) <= MAX_LENGTH and PLAIN.fullmatch(text):
        return name
    return f"{name}-{_mark(text)}" if name else _mark(text)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
