"""Leave out of a transcript what nobody says."""

import re

from podcast.errors import BadInputError
from podcast.names import parse_name
from podcast.publisher_transcript import Passage

_NOT_SPOKEN = re.compile(r"\[[^\[\]]{0,200}\]|[♪♫]|>>+")
_CREDIT = re.compile(
    r"(?:transcri(?:bed|ption|pt)|captions?|captioned|subtitles?|subtitled) (?:\w+ )?by\b.{1,60}",
    re.IGNORECASE,
)


def spoken(passage: Passage) -> Passage:
    """Return a passage without sounds, credits and what is no name; its text may be empty."""
    text = " ".join(_NOT_SPOKEN.sub(" ", passage.text).split())
    said = "" if _CREDIT.fullmatch(text) else text
    return Passage(said, _name(passage.speaker), passage.span)


def _name(speaker: str) -> str:
    try:
        return parse_name(speaker)
    except BadInputError:  # it cannot stand above a line, or there is none
        return ""
