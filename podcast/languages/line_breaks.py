"""How good a place is to break a text into rows, said as rules about what stands around it."""

import re
from dataclasses import dataclass
from math import inf

PHRASE, PLAIN, TIED, POOR, NEVER = 0.35, 0.8, 1.4, 2.0, inf
"""What comes to an end at a place; tied is what describes the next word or is its object."""

_ANYTHING = re.compile("")


@dataclass(frozen=True, slots=True)
class BreakRule:
    """The penalty of a break between what ends in one way and what begins in another.

    Attributes:
        penalty: One of the five above.
        before: Searched in the last word, or in the last letters where words are not spaced.
        after: Matched at the beginning of what follows.
    """

    penalty: float
    before: re.Pattern[str] = _ANYTHING
    after: re.Pattern[str] = _ANYTHING


@dataclass(frozen=True, slots=True)
class LineBreaks:
    """Where the rows of a language end.

    Attributes:
        rules: The first that fits counts; those that forbid a break go before punctuation.
        phrases: BudouX's name for a language that it cuts into phrases; empty breaks at spaces.
    """

    rules: tuple[BreakRule, ...] = ()
    phrases: str = ""


def any_of(words: str) -> str:
    """Return a pattern for one of the words listed."""
    return f"(?:{'|'.join(map(re.escape, words.split()))})"
