"""What the checks of recognised words share: a doubted run, and words by their letters. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

SIGNS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A run of words that may never have been said.

    Attributes:
        first: Index of its first word.
        stop: Index behind its last word; `first` where something is odd, but no word is doubted.
        reason: Why, in plain English.
    """

    first: int
    stop: int
    reason: str


def key_of(text: str) -> str:
    """Return what two spellings of one word share: small letters and digits; empty for signs."""
    return SIGNS.sub("", text.casefold())


def text_of(words: Iterable[str]) -> str:
    """Return words by their letters, one space between them, without those that have none."""
    return " ".join(key for word in words if (key := key_of(word)))
