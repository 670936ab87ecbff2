"""Find the copies of a phrase that were written once too often: they share one sound. Pure.

A decoder that writes what is said again and again may write it more often than it is said. Where
most copies have a burst of speech of their own, between two pauses, one that shares the burst of
another, and has a word without any duration, was not said there.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from podcast.timeline import Span, Word
from speech.plausibility.loops import Repeat, find_repeats
from speech.plausibility.suspect_words import Doubt, key_of

FEWEST_COPIES = 3
"""Two in one breath are a slip of the tongue."""

REASON = "said fewer times than it is written"


def crowded_copies(words: Sequence[Word], speech: Sequence[Span]) -> tuple[Doubt, ...]:
    """Return the copies that have no sound of their own.

    Args:
        words: In time order, with the recogniser's own times.
        speech: Where somebody speaks, cut at the pauses, in time order.
    """
    repeats = find_repeats([key_of(word.text) for word in words])
    return tuple(
        Doubt(first, first + repeat.period, REASON)
        for repeat in repeats
        if repeat.copies >= FEWEST_COPIES
        for first in _crowded(repeat, words, speech)
    )


def _crowded(repeat: Repeat, words: Sequence[Word], speech: Sequence[Span]) -> Iterator[int]:
    """Yield the first words of such copies."""
    bursts: dict[int, list[int]] = defaultdict(list)
    for n in range(repeat.copies):
        first = repeat.first + n * repeat.period
        middle = (words[first].start + words[first + repeat.period - 1].end) / 2
        bursts[bisect_right(speech, middle, key=lambda burst: burst.start)].append(first)
    if 2 * len(bursts) <= repeat.copies:
        return
    for copies in bursts.values():
        _, *others = sorted(copies, key=lambda n: words[n].start - words[n + repeat.period - 1].end)
        yield from (n for n in others if _is_timeless(words[n : n + repeat.period]))


def _is_timeless(copy: Sequence[Word]) -> bool:
    return any(word.end <= word.start for word in copy)
