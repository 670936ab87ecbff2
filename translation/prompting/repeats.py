"""Tell which texts repeat another row's, though their English does not. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

TELLING = 5
"""Letters from which on a text does not stand twice by chance,"""

ANSWER = 3
"""and words up to which English may be a short answer, many of which are translated alike."""

ALIKE = 50
"""Per cent to which rows are spelled alike that say nearly the same: thanks a lot, thank you."""

SEAM = 4
"""Letters of the next row's beginning that no text ends with by chance."""

NEAR, LONG = 5, 4
"""Words of English at the seam of two rows that are looked at, and letters of one that tells."""


def is_of_another(letters: str, source: str, other: str) -> bool:
    """Say whether a text that stands beside another row is not this one's.

    Args:
        letters: Of the text.
        source: The English row.
        other: The English beside which the same text stands.
    """
    if words_of(source) == words_of(other):
        return False
    longest = max(len(words_of(source)), len(words_of(other)))
    return len(letters) >= TELLING or longest > ANSWER


def repeated(rows: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return texts that stand beside rows which say different things: a model's own sentence.

    Args:
        rows: English and a text of it each; one English row may have several.
    """
    sources = defaultdict(set)
    for source, text in rows:
        if len(letters_of(text)) >= TELLING:
            sources[text].add(source.lower())
    return frozenset(text for text, said in sources.items() if _differ(*said))


def _differ(first: str, *others: str) -> bool:
    return any(fuzz.ratio(first, other) < ALIKE for other in others)


def runs_on(texts: Sequence[str], rows: Sequence[str]) -> bool:
    """Say whether a text ends with the beginning of the next one's: a row that was cut too late.

    Args:
        texts: In their order.
        rows: The English of each.
    """
    pairs = zip(texts, texts[1:], rows, rows[1:], strict=False)
    return any(
        _overlap(letters_of(text), letters_of(later)) and not _meet(row, next_row)
        for text, later, row, next_row in pairs
    )


def _overlap(text: str, later: str) -> bool:
    return any(text.endswith(later[:end]) for end in range(SEAM, len(later) + 1))


def _meet(row: str, later: str) -> bool:
    """Say whether English goes on with a word that it ended with."""
    ends, begins = words_of(row)[-NEAR:], words_of(later)[:NEAR]
    return any(len(word) >= LONG for word in set(ends) & set(begins))


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return re.findall(r"\w+", text.lower())


def letters_of(text: str) -> str:
    """Return the letters and digits of a text in small letters."""
    return "".join(letter for letter in text.lower() if letter.isalnum())
