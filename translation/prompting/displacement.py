"""Tell whether answers stand beside the rows that they answer, by what both have in common. Pure.

A model that merges two rows, or drops one, answers every row after it with the next one's text:
each row reads well, beside the wrong English. Nothing here knows a dictionary. Numbers, Latin
words, questions and lengths go over into any language, and most batches have enough of them.
"""

import math
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from podcast.language import SOURCE, Language
from podcast.languages.letters import LATIN
from translation.glossary.terms import latin_terms
from translation.numbers.row_numbers import lost_numbers, numbers_in

SHIFTS = (1, -1, 2, -2)
"""By how many rows texts may have moved."""

FARTHEST_SWAP = 3
"""Rows between two that have changed places, at most."""

ENOUGH = 4.5
"""By how much another order has to fit better. Of right batches of ten, two in a hundred are
refused, and asked for again; of those that are shifted from anywhere on, nine in ten are."""

NUMBER, WORD, TERM, QUESTION = 2.0, 2.0, 1.0, 1.5
"""What each speaks for a text where it is in both, or against it where it is in one."""

SPREAD = 0.25
"""How far lengths differ as a rule: the standard deviation of the logarithm of their ratio."""

MOST_SURPRISE = 6.0
"""What a length may speak against a text."""

_WORD = re.compile(rf"(?<![{LATIN}\d])[{LATIN}][{LATIN}\d]+(?![{LATIN}\d])")
_ASKS = re.compile(r"[?？][\"'”’)\]」』]*\s*$")
_DIGIT = re.compile(r"\d")


def is_displaced(rows: Sequence[str], texts: Sequence[str], target: Language) -> bool:
    """Say whether the texts fit the rows clearly better when some are moved or swapped.

    Args:
        rows: English; there may be more of them than texts, which come after.
        texts: A translation for each, none empty.
        target: The language of the translations.
    """
    fit = _Fit(rows, texts, target)
    return max(fit.gains(), default=0.0) > ENOUGH


@dataclass(frozen=True, slots=True)
class _Side:
    """What is looked at in a row or in a text."""

    text: str
    n_numbers: int
    words: frozenset[str]
    asks: bool
    length: float


def _side(text: str, language: Language) -> _Side:
    return _Side(
        text,
        len(numbers_in(text, language)),
        frozenset(word.lower() for word in _WORD.findall(text)),
        _ASKS.search(text) is not None,
        math.log(1 + sum(letter.isalnum() for letter in text)),
    )


class _Fit:
    """How well each text of a batch fits each row near it."""

    def __init__(self, rows: Sequence[str], texts: Sequence[str], target: Language) -> None:
        self._target = target
        self._rows = [_side(row, SOURCE) for row in rows]
        self._texts = [_side(text, target) for text in texts]
        both = zip(self._rows, self._texts, strict=False)
        self._usual = statistics.median(text.length - row.length for row, text in both)
        self._own = [self._evidence(n, n) for n in range(len(texts))]

    def gains(self) -> Iterator[float]:
        """Yield how much better each other order fits."""
        for shift in SHIFTS:
            yield from self._moved(shift)
        for one, other in combinations(range(len(self._texts)), 2):
            if other - one <= FARTHEST_SWAP:
                moved = self._evidence(one, other) + self._evidence(other, one)
                yield moved - self._own[one] - self._own[other]

    def _moved(self, shift: int) -> Iterator[float]:
        """Yield the gain of each stretch of texts that is moved, as far as it pays."""
        gain = 0.0
        for n in range(max(0, -shift), min(len(self._texts), len(self._rows) - shift)):
            gain = max(gain, 0.0) + self._evidence(n + shift, n) - self._own[n]
            yield gain

    def _evidence(self, row_index: int, text_index: int) -> float:
        """Return what speaks for a text beside a row, less what speaks against it."""
        row, text = self._rows[row_index], self._texts[text_index]
        words = len(row.words & text.words) - len(text.words - row.words)
        missing = sum(term.lower() not in text.text.lower() for term in latin_terms(row.text))
        asks = (row.asks == text.asks) * 2 - 1 if row.asks or text.asks else 0
        surprise = (text.length - row.length - self._usual) / SPREAD
        return (
            NUMBER * self._numbers(row, text)
            + WORD * words
            - TERM * missing
            + QUESTION * asks
            - min(surprise**2 / 2, MOST_SURPRISE)
        )

    def _numbers(self, row: _Side, text: _Side) -> int:
        """Return how many numbers of a row are in a text, less those that are not."""
        if not row.n_numbers:
            return -1 if _DIGIT.search(text.text) else 0
        lost = lost_numbers(row.text, text.text, self._target) if text.n_numbers else ()
        return row.n_numbers - 2 * (len(lost) if text.n_numbers else row.n_numbers)
