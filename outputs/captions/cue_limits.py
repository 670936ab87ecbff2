"""How wide, how long and how fast a cue may be in each language."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from podcast.language import Language

WIDTHS = {language: language.profile.captions.width for language in Language}
"""Of one row, in the characters of the language; there, a half-width character is half of one."""

_HALF = 0.5
_ROUNDED_AWAY = 0.002
"""Seconds that a cue may lose where a format writes its times in milliseconds."""
_INVISIBLE = frozenset({"Mn", "Me", "Cf", "Cc"})


@dataclass(frozen=True, slots=True)
class CueOptions:
    """What a cue may be like; all times in seconds.

    Attributes:
        widths: Of one row.
        min_duration: A cue that is spoken faster stays as long, if nothing follows before.
        max_duration: No cue is longer.
        gap: Between a cue and the next one that follows closely, so that the change is seen.
        bridge: A shorter pause before the next cue is filled: the cue stays until the gap.
        lead: A cue that takes longer to read than to say begins up to so much earlier.
        linger: A cue that takes longer to read than to say stays up to so much longer.
        max_pause: Lines of one speaker are joined over no longer a pause.
        labelled: Languages whose text begins with a name where the speaker changes.
    """

    widths: Mapping[Language, float] = field(default_factory=lambda: dict(WIDTHS))
    min_duration: float = 5 / 6
    max_duration: float = 7.0
    gap: float = 0.083
    bridge: float = 0.5
    lead: float = 0.5
    linger: float = 1.0
    max_pause: float = 1.0
    labelled: frozenset[Language] = frozenset()


STANDARD = CueOptions()


def reading_time(rows: Sequence[str], language: Language, label: str = "") -> float:
    """Return the seconds that it takes to read a text with ease, without a label before it."""
    return read_width(rows, language, label) / language.profile.captions.speed + _ROUNDED_AWAY


def read_width(rows: Sequence[str], language: Language, label: str) -> float:
    """Return how wide a text is without the label before it, which is glanced at and not read."""
    first, *others = rows
    text = first.removeprefix(label.rstrip()).lstrip() if label else first
    return sum(width_of(row, language) for row in (text, *others))


def width_of(text: str, language: Language) -> float:
    """Return how wide a text is in characters of the language."""
    return sum(width_of_character(character, language) for character in text)


@cache
def width_of_character(character: str, language: Language) -> float:
    """Return 1, 0.5 for a half-width character where the language has such, or 0 for a mark."""
    half = _HALF if language.profile.captions.has_half_widths else 1.0
    if character.isascii() and character.isprintable():
        return half
    if unicodedata.category(character) in _INVISIBLE:
        return 0.0
    # Ambiguous ones, such as curly quotes, are wide in the fonts of these languages.
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else half
