"""Give back to a sentence the word or two that a late or early speaker boundary cut off. Pure.

Diarizers place a change of speaker some tenths of a second off: "The app | costs 3 dollars."
comes out as two people. Punctuation and pauses know better: where one or two words at an edge of a
sentence belong to somebody else, without a pause and in the middle of the sentence, they go to
whoever says the rest of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from podcast.timeline import SpokenWord
from speech.lines import LONGEST_PAUSE, ends_sentence

MAX_SNAPPED_WORDS = 2
"""More words than this are an interruption, not a misplaced boundary."""

MAX_PAUSE = 0.3
"""Seconds of silence above which a change of speaker is believed."""


def snap_boundaries(words: Sequence[SpokenWord]) -> tuple[SpokenWord, ...]:
    """Return the words, those at wrongly placed boundaries with the speaker of their sentence.

    Args:
        words: With their speakers, in any order.

    Returns:
        The same words in time order.
    """
    ordered = sorted(words, key=lambda w: w.word.start)
    return tuple(word for sentence in _sentences(ordered) for word in _snapped(sentence))


def _sentences(words: Sequence[SpokenWord]) -> Iterator[list[SpokenWord]]:
    """Cut at sentence ends and long pauses, whoever speaks."""
    sentence: list[SpokenWord] = []
    for word in words:
        if sentence and (
            ends_sentence(sentence[-1].word.text) or _pause(sentence[-1], word) > LONGEST_PAUSE
        ):
            yield sentence
            sentence = []
        sentence.append(word)
    if sentence:
        yield sentence


def _snapped(sentence: list[SpokenWord]) -> list[SpokenWord]:
    runs = [list(run) for _, run in groupby(sentence, key=lambda word: word.speaker)]
    main = max(range(len(runs)), key=lambda n: len(runs[n]))
    speaker = runs[main][0].speaker
    if main == 1 and _belongs(runs[0], runs[1], edge=runs[0], main=runs[1]):
        runs[0] = [replace(word, speaker=speaker) for word in runs[0]]
    if main == len(runs) - 2 and _belongs(runs[-2], runs[-1], edge=runs[-1], main=runs[-2]):
        runs[-1] = [replace(word, speaker=speaker) for word in runs[-1]]
    return [word for run in runs for word in run]


def _belongs(
    before: Sequence[SpokenWord],
    after: Sequence[SpokenWord],
    *,
    edge: Sequence[SpokenWord],
    main: Sequence[SpokenWord],
) -> bool:
    """Say whether a short edge runs on into the main part: no pause, no new sentence, no tie."""
    return (
        len(edge) <= MAX_SNAPPED_WORDS
        and len(edge) < len(main)
        and _pause(before[-1], after[0]) <= MAX_PAUSE
        and after[0].word.text[:1].islower()
    )


def _pause(before: SpokenWord, after: SpokenWord) -> float:
    return after.word.start - before.word.end
