"""Repair the times of recognised words: missing, out of order, empty or stretched. Pure.

Recognisers give no times to figures, let words fall back in time, and stretch a word over the
silence beside it. Here the fewest words are disbelieved; what is missing is filled in from the
neighbours, by the length of what is spoken.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from podcast.timeline import Interval, Span, Word, overlap
from speech.plausibility.speech_activity import spoken_in

LONGEST_BASE, LONGEST_PER_CHARACTER = 0.35, 0.12
"""Seconds that a word lasts at most: 0.47 for "I", 1.2 for "costly,". English takes 0.06 to 0.08 s
for a letter; slow emphasis takes half as long again, and 0.35 s hold a drawn-out "so" or "um"."""

SHORTEST = 0.1
"""Seconds that stay of a word, whatever is cut off: a detector of speech misses soft sounds."""

SPELLED = {"digit": 4, "capital": 3, "symbol": 7}
"""Letters to which a digit ("four"), a spelled capital ("ex") and a symbol ("dollars") come."""

SYMBOLS = "$€£¥%&+=@#"


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word as a recogniser gives it.

    Attributes:
        start: Seconds; None or NaN where the recogniser has none.
        end: Seconds, as the recogniser says it.
        text: The word with its punctuation.
        probability: The recogniser's confidence, 0 to 1.
    """

    start: float | None
    end: float | None
    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class _Timed:
    """A word whose times may be open: `end` is, where it is not known; both, where nothing is."""

    start: float | None
    end: float | None
    length: float


def repaired(
    words: Sequence[TimedWord], within: Interval, speech: Sequence[Span] = ()
) -> tuple[Word, ...]:
    """Return the same words in the same order with times that can be true.

    No word ends before it starts, starts before the one before it ends, or leaves the bounds; none
    lasts longer than it can be spoken (`longest`). Good times stay as they are.

    Args:
        words: In the order in which they are spoken.
        within: Bounds of all times, such as the segment.
        speech: Where a voice activity detector found speech, in time order; empty if unknown.
    """
    believed = _believed([_clean(word, within) for word in words])
    spans = _filled(_trimmed(believed, speech), within)
    return tuple(
        Word(span.start, span.end, word.text, word.probability)
        for word, span in zip(words, (_cut(span, speech) for span in spans), strict=True)
    )


def spoken_length(text: str) -> int:
    """Return about how many letters a word has when it is spoken; at least one."""
    is_spelled = text.isupper() and sum(map(str.isalpha, text)) > 1
    return max(1, sum(_letters(character, is_spelled=is_spelled) for character in text))


def longest(text: str) -> float:
    """Return for how many seconds a word can last."""
    return LONGEST_BASE + LONGEST_PER_CHARACTER * spoken_length(text)


def _letters(character: str, *, is_spelled: bool) -> int:
    if character.isdigit():
        return SPELLED["digit"]
    if character in SYMBOLS:
        return SPELLED["symbol"]
    if character.isalpha():
        return SPELLED["capital"] if is_spelled else 1
    return 0


def _clean(word: TimedWord, within: Interval) -> _Timed:
    """Bring known times into the bounds; an end that is not after its start is not known."""
    start, end = _known(word.start, within), _known(word.end, within)
    if start is None or end is None or end <= start:
        end = None
    return _Timed(start, end, longest(word.text))


def _known(seconds: float | None, within: Interval) -> float | None:
    if seconds is None or not math.isfinite(seconds):
        return None
    return min(max(seconds, within.start), within.end)


def _believed(words: Sequence[_Timed]) -> list[_Timed]:
    """Forget the times of as few words as possible, so that all other starts rise.

    Those that stay are a longest rising subsequence, found by patience sorting.
    """
    lowest: list[float] = []  # the lowest start that ends a rising row of each length
    ending: list[int] = []  # its word
    before: dict[int, int | None] = {}
    for n, word in enumerate(words):
        if word.start is None:
            continue
        place = bisect_left(lowest, word.start)
        if lowest[place : place + 1] == [word.start]:
            continue  # Of words at one time the first has it.
        before[n] = ending[place - 1] if place else None
        lowest[place : place + 1], ending[place : place + 1] = [word.start], [n]
    kept: set[int] = set()
    last = ending[-1] if ending else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return [w if n in kept else replace(w, start=None, end=None) for n, w in enumerate(words)]


def _trimmed(words: Sequence[_Timed], speech: Sequence[Span]) -> list[_Timed]:
    """Cut the words that run into the next one, into silence, or on for too long."""
    trimmed: list[_Timed] = []
    following = math.inf
    for n, word in reversed(list(enumerate(words))):
        found = word
        if word.start is not None and word.end is not None:
            span = Span(word.start, min(word.end, following))
            likely = _clamped(_cut(span, speech, word.length), span, word.length, is_first=n == 0)
            found = replace(word, start=likely.start, end=likely.end)
        following = following if word.start is None else word.start
        trimmed.append(found)
    return trimmed[::-1]


def _clamped(span: Span, before: Span, length: float, *, is_first: bool) -> Span:
    """Shorten a word on the side where silence was cut off.

    Where none was: the first of a segment is drawn back to its start, others are drawn out.
    """
    if span.end - span.start <= length:
        return span
    if span.start > before.start or (is_first and span.end == before.end):
        return Span(span.end - length, span.end)
    return Span(span.start, span.start + length)


def _filled(words: Sequence[_Timed], within: Interval) -> list[Span]:
    """Give times to every word: to those between two known starts at once."""
    known = [n for n, word in enumerate(words) if word.start is not None]
    spans = list(_leading(words[: known[0]] if known else words, words, within))
    for first, following in pairwise([*known, len(words)]):
        limit = words[following].start if following < len(words) else None
        spans += _group(words[first:following], within.end if limit is None else limit)
    return spans


def _leading(unknown: Sequence[_Timed], words: Sequence[_Timed], within: Interval) -> list[Span]:
    """Place the words before the first known start right before it, at the latest possible."""
    start = words[len(unknown)].start if len(unknown) < len(words) else None
    if start is None:  # Nothing is known at all.
        return _shared(unknown, within.start, within.end)
    room = sum(word.length for word in unknown)
    return _shared(unknown, max(within.start, start - room), start)


def _group(words: Sequence[_Timed], limit: float) -> list[Span]:
    """Time a word with a known start and those after it without one, up to the next start."""
    first, *others = words
    start = first.start or 0.0
    if first.end is None:
        return _shared(words, start, limit)
    end = min(first.end, limit, start + first.length)
    return [Span(start, end), *_shared(others, end, limit)]


def _shared(words: Sequence[_Timed], start: float, end: float) -> list[Span]:
    """Share a stretch of time by the lengths of the words; none gets more than it can last."""
    ends = list(accumulate((word.length for word in words), initial=0.0))
    scale = min(1.0, max(0.0, end - start) / ends[-1]) if words else 0.0
    edges = [min(end, start + scale * reached) for reached in ends]
    return [Span(a, b) for a, b in pairwise(edges)]


def _cut(span: Span, speech: Sequence[Span], length: float = math.inf) -> Span:
    """Cut off what lies in silence, from the side where the silence is.

    A word that is still longer than `length` keeps only the stretch of speech that holds most of
    it; on both sides of a silence there are two words, and this is one.
    """
    spoken = list(spoken_in(span, speech))
    if not spoken:
        return span  # The detector found nothing: it is no witness against this word.
    if min(span.end, spoken[-1].end) - max(span.start, spoken[0].start) > length:
        spoken = [max(spoken, key=lambda stretch: overlap(stretch, span))]
    keep = min(span.end - span.start, SHORTEST)
    # The outer bounds again: the sum of a difference may miss them by a rounding.
    start = max(span.start, min(spoken[0].start, span.end - keep))
    return Span(start, min(span.end, max(spoken[-1].end, start + keep)))
