"""The names of people as they stand above their lines: one line of text, the same everywhere."""

import re
import unicodedata
from enum import StrEnum

from podcast.errors import BadInputError

MAX_LENGTH = 80
"""Characters; a longer text is a sentence that was pasted by mistake."""

ARROW = "-->"
"""Separates the times of captions, which readers of WebVTT and SubRip look for in every line."""

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that set the direction of writing, for all that follows on the line."""


class NamedBy(StrEnum):
    """Where the name of a speaker comes from."""

    HAND = "hand"
    VOICE = "voice"
    FEED = "feed"
    GUEST = "guest"  # the show knows voices, and this is none of them
    NOBODY = ""


def parse_name(text: str) -> str:
    """Read a person's name.

    Returns:
        The name without spaces around it or doubled spaces in it, in composed characters (NFC).

    Raises:
        BadInputError: The name is empty, too long, or could not stand in one line of captions.
    """
    lines = text.strip().splitlines()
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not name:
        raise BadInputError("The name is empty. Give the name as it should stand above the lines.")
    if len(lines) > 1:
        raise BadInputError(f"The name {text!r} has {len(lines)} lines. Give it in one line.")
    if ARROW in name:
        raise BadInputError(
            f"The name {name!r} holds {ARROW}, which captions keep for their times."
        )
    if any(unicodedata.category(character) == "Cc" for character in name):
        raise BadInputError(f"The name {name!r} holds a control character. Type it anew.")
    if _TURNING.search(name):
        raise BadInputError(
            f"The name {name!r} holds a sign that cannot be seen and turns the direction of what "
            "stands around it. Type it anew."
        )
    if len(name) > MAX_LENGTH:
        raise BadInputError(f"The name {name[:20]!r}... is longer than {MAX_LENGTH} characters.")
    return name


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common: "Omar  SANSEVIERO" is Omar."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()
