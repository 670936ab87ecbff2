"""Name the folder of an episode: readable, safe on every file system, the same on every run."""

import hashlib
import re
from pathlib import Path

from slugify import slugify

MAX_LENGTH = 80
PLAIN = re.compile(r"[A-Za-z0-9 ,.:;!?'’\"()—–-]*")
"""Text that loses nothing but punctuation when it becomes a folder name."""


def episode_folder(out: Path, show: str, title: str) -> Path:
    """Return `out/<show>/<title>` with both names made safe."""
    return out / _safe(show) / _safe(title)


def _safe(text: str) -> str:
    """Make a folder name; text that would lose letters ("C++", "팟캐스트") gets a mark."""
    name = slugify(text, max_length=MAX_LENGTH)
    if name and len(text) <= MAX_LENGTH and PLAIN.fullmatch(text):
        return name
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{name}-{mark}" if name else mark
