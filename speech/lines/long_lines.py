"""Split a sentence that is too long to read at its clauses and pauses. Pure.

Every gap between two words has a price: low after a semicolon or before ", and we", high inside a
name or a number. The cheapest set of gaps wins that leaves no piece too long and the pieces alike.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from podcast.timeline import SpokenWord
from speech.lines.clause_words import CONJUNCTIONS, JOINERS, LOOSE_ENDS, SCALES, SUBJECTS
from speech.lines.sentences import plain

MAX_CHARACTERS = 260
"""A line up to this long stays whole. Editors keep sentences of 250 characters in one row; two
rows of a phone in landscape, or some 16 seconds of speech, are about as much."""

MIN_WORDS = 6
"""A piece with fewer words is an orphan."""

UNPUNCTUATED = 25
"""Words to one comma or stop, at least. Written speech has one in about eight; beyond this the
recogniser has forgotten them."""

SENTENCE_PAUSE = 0.6
"""Seconds of silence that end a sentence where punctuation is missing: breath between sentences
takes 0.5 to 1 s, hesitation within them mostly less."""

WORDS_PER_PAUSE = 8
"""A slow speaker pauses oftener than sentences end; only the longest pauses, one for so many
words, are believed."""

# Prices of a gap. A piece half as long again as the ideal one costs as much as a bare comma.
STOP, CLAUSE, COMMA, BARE_CLAUSE, LIST, BARE = 0.0, 0.1, 0.6, 1.6, 2.2, 4.0
LEANING = 3.0
"""Added after a word such as "the", which leans on the next one."""
TIED = 20.0
"""Inside a name or number: only where nothing else is left."""
PAUSE, LONGEST_COUNTED = 4.0, 0.8
"""Taken off for every second of silence, up to so many: 0.6 s beat a conjunction without comma."""
UNEVEN = 2.4
PER_BREAK = 0.2
ORPHAN = 10.0

LIST_WORDS = 4
"""Commas with fewer words between them separate the items of a list."""


def split_long(
    words: Sequence[SpokenWord], limit: int = MAX_CHARACTERS
) -> list[Sequence[SpokenWord]]:
    """Split the words of one sentence into pieces of at most `limit` characters.

    Only a single word can be longer. A sentence within the limit stays whole.

    Args:
        words: Of one speaker, in time order; not empty.
        limit: Characters, with one space between words.
    """
    if _length(words) <= limit:
        return [words]
    pieces = _at_pauses(words) if _is_unpunctuated(words) else [words]
    return [part for piece in pieces for part in _at_cheapest_gaps(piece, limit)]


def _length(words: Sequence[SpokenWord]) -> int:
    return sum(len(w.word.text) + 1 for w in words) - 1


def _is_unpunctuated(words: Sequence[SpokenWord]) -> bool:
    marks = sum(w.word.text[-1:] in ",;:.?!…" for w in words)
    return marks * UNPUNCTUATED < len(words)


def _at_pauses(words: Sequence[SpokenWord]) -> list[Sequence[SpokenWord]]:
    """Cut a long stretch without punctuation where the speaker pauses longest."""
    pauses = [b.word.start - a.word.end for a, b in pairwise(words)]
    enough = sorted(pauses, reverse=True)[: max(1, len(words) // WORDS_PER_PAUSE)][-1]
    cuts = [0]
    for n, pause in enumerate(pauses, 1):
        is_end = pause >= max(SENTENCE_PAUSE, enough) and not _leans(words[n - 1])
        if is_end and n - cuts[-1] >= MIN_WORDS and len(words) - n >= MIN_WORDS:
            cuts.append(n)
    return [words[a:b] for a, b in pairwise([*cuts, len(words)])]


def _at_cheapest_gaps(words: Sequence[SpokenWord], limit: int) -> Iterator[Sequence[SpokenWord]]:
    """Find the cheapest breaks by dynamic programming from the first word to the last."""
    ends = [0, *accumulate(len(w.word.text) + 1 for w in words)]
    ideal = ends[-1] / -(-ends[-1] // limit)
    costs, came_from = [0.0], [0]
    for n in range(1, len(words) + 1):
        gap = _price(words, n) if n < len(words) else 0.0
        ways = {
            first: costs[first] + gap + _price_of_piece(n - first, ends[n] - ends[first], ideal)
            for first in _firsts(ends, n, limit)
        }
        came_from.append(min(ways, key=lambda first: ways[first]))
        costs.append(ways[came_from[n]])
    cuts = [len(words)]
    while cuts[-1]:
        cuts.append(came_from[cuts[-1]])
    return (words[a:b] for a, b in pairwise(reversed(cuts)))


def _firsts(ends: Sequence[int], n: int, limit: int) -> range:
    """Return where a piece that ends before word `n` may begin: one word, or within the limit."""
    first = n - 1
    while first > 0 and ends[n] - ends[first - 1] - 1 <= limit:
        first -= 1
    return range(first, n)


def _price_of_piece(n_words: int, length: int, ideal: float) -> float:
    uneven = ((length - ideal) / ideal) ** 2 * UNEVEN
    orphan = ORPHAN if n_words < MIN_WORDS else 0.0
    return PER_BREAK + uneven + orphan


def _price(words: Sequence[SpokenWord], n: int) -> float:
    """Return what a break before word `n` costs."""
    before, after = words[n - 1].word, words[n].word
    pause = min(LONGEST_COUNTED, max(0.0, after.start - before.end))
    mark = before.text.rstrip("\"'”’)]")[-1:]
    if mark == ",":
        return _price_of_comma(words, n) - PAUSE / 10 * pause
    if mark and mark in ";:.?!…—–":
        return STOP
    if _is_tied(before.text, after.text):
        return TIED
    bare = BARE_CLAUSE if _begins_clause(words, n) else BARE
    return bare + (LEANING if _leans(words[n - 1]) else 0.0) - PAUSE * pause


def _price_of_comma(words: Sequence[SpokenWord], n: int) -> float:
    if words[n - 1].word.text[:1].isdigit() and words[n].word.text[:1].isdigit():
        return TIED  # 1, 2, 3
    if _begins_clause(words, n):
        return CLAUSE
    return LIST if _is_list(words, n) else COMMA


def _is_list(words: Sequence[SpokenWord], n: int) -> bool:
    """Say whether another comma is so near that this one only separates two items."""
    near = [*range(n - 1 - LIST_WORDS, n - 1), *range(n, n + LIST_WORDS)]
    return any(words[m].word.text.endswith(",") for m in near if 0 <= m < len(words))


def _begins_clause(words: Sequence[SpokenWord], n: int) -> bool:
    joins = _text(words, n) in JOINERS and _text(words, n + 1) in SUBJECTS
    return joins or _text(words, n) in CONJUNCTIONS


def _text(words: Sequence[SpokenWord], n: int) -> str:
    """Return a word in lower case and without marks; empty past the last one."""
    return plain(words[n].word.text).lower() if n < len(words) else ""


def _leans(word: SpokenWord) -> bool:
    return word.word.text.lower().replace("’", "'") in LOOSE_ENDS


def _is_tied(before: str, after: str) -> bool:
    """Say whether two words without a mark between them are one name or one number."""
    if after == "I" or after.startswith(("I'", "I’")):
        return False
    is_name = before[:1].isupper() and (after[:1].isupper() or after[:1].isdigit())
    return is_name or before[-1:].isdigit() or plain(after).lower() in SCALES
