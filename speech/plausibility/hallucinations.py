"""Find what the recogniser wrote and nobody said: loops, text over silence, impossible rates. Pure.

A suspicion is a reason to decode again, not a verdict: see `speech.redecoding.second_decoding`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from statistics import fmean

from podcast.timeline import Segment, Span, Word
from speech.plausibility.loops import (
    MAX_COMPRESSION,
    SENSELESS_COMPRESSION,
    compression,
    find_loops,
)
from speech.plausibility.phantom_phrases import find_phantoms, is_phantom_phrase
from speech.plausibility.speech_activity import is_over_silence, seconds_of_speech, window_of
from speech.plausibility.suspect_words import Doubt, key_of, text_of

FEWEST_SILENT_WORDS = 3
"""One or two words over silence in a spoken sentence are late or early, not invented."""

FASTEST_WORDS = 10.0
FASTEST_LETTERS = 60.0
"""A second of speech; the small print of an advertisement reaches 9 words and 50 letters."""

FEWEST_FAST_WORDS = 8
"""The rate of fewer words says more about their times than about them."""

CRAMMED_WORDS = 10
CRAMMED_SECONDS = 0.5
"""So many words in so short a time have no sound of their own."""

SLOWEST_WORDS = 0.25
"""A second of speech; less is a recogniser that skipped what was said, or that recognised none."""

SHORTEST_SLOW_SPEECH = 8.0
"""Seconds of speech with fewer words than that are an answer and the breath around it."""

FEWEST_ECHOED_WORDS = 4
"""Fewer words in the order of the hotwords may be what somebody says of them."""

LOW_CONFIDENCE = 0.4
NO_SPEECH = 0.6
LOW_LOGPROB = -1.0
"""Whisper's own thresholds. "Nobody speaks here" is believed only of text that is unlikely, too:
some models say it of everything."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Words of one segment that were perhaps never said.

    Attributes:
        segment: Index of the segment.
        first: Index of the first doubted word in it.
        stop: Index behind the last one; `first` where the segment should be decoded again, because
            words are missing or something is odd about it, but no word of it is to be dropped.
        reason: Why, in plain English.
    """

    segment: int
    first: int
    stop: int
    reason: str


def suspicions(
    segments: Sequence[Segment], speech: Sequence[Span], hotwords: Sequence[str] = ()
) -> tuple[Suspicion, ...]:
    """Find whatever was perhaps never said.

    Args:
        segments: Of the whole recording, in time order.
        speech: Where somebody speaks, in time order, without overlaps. Where there is none, all
            text is over silence.
        hotwords: What the recogniser was told to expect, in that order.

    Returns:
        In the order of the segments and words. One word may be suspected for several reasons.
    """
    words = [word for segment in segments for word in segment.words]
    across = (*find_loops(words, speech), *find_phantoms(words, speech))
    within = (
        Suspicion(n, doubt.first, doubt.stop, doubt.reason)
        for n, segment in enumerate(segments)
        for doubt in (
            *_doubts_within(segment, window_of(n, segments, speech), speech),
            *_echoes(segment.words, hotwords),
        )
    )
    return tuple(
        sorted((*_by_segment(across, segments), *within), key=lambda s: (s.segment, s.first))
    )


def _by_segment(doubts: Iterable[Doubt], segments: Sequence[Segment]) -> Iterator[Suspicion]:
    """Cut runs over the words of all segments where the segments end."""
    borders = [0, *accumulate(len(segment.words) for segment in segments)]
    for doubt in doubts:
        first = doubt.first
        if first == doubt.stop:
            n = bisect_right(borders, first) - 1
            yield Suspicion(n, first - borders[n], first - borders[n], doubt.reason)
        while first < doubt.stop:
            n = bisect_right(borders, first) - 1
            stop = min(doubt.stop, borders[n + 1])
            yield Suspicion(n, first - borders[n], stop - borders[n], doubt.reason)
            first = stop


def _doubts_within(segment: Segment, window: Span, speech: Sequence[Span]) -> Iterator[Doubt]:
    words = segment.words
    seconds = seconds_of_speech(window, speech)
    yield from _silent_runs(words, speech)
    if words and not any(key_of(word.text) for word in words):
        yield Doubt(0, len(words), "no words, only signs")
    if segment.avg_logprob < LOW_LOGPROB:
        is_speech = segment.no_speech_prob <= NO_SPEECH
        yield Doubt(0, 0 if is_speech else len(words), "hardly recognised")
    if (ratio := compression(words)) > MAX_COMPRESSION:
        is_honest = ratio <= SENSELESS_COMPRESSION
        yield Doubt(0, 0 if is_honest else len(words), "loop: it says the same again and again")
    if _is_too_fast(words, seconds):
        yield Doubt(0, len(words), "said too fast")
    if _is_too_slow(segment, seconds):
        yield Doubt(0, 0 if _is_clear(words) else len(words), "too few words for so much speech")
    yield from _crammed_runs(words)


def _is_too_fast(words: Sequence[Word], seconds: float) -> bool:
    letters = sum(len(word.text) for word in words)
    return len(words) >= FEWEST_FAST_WORDS and (
        len(words) > FASTEST_WORDS * seconds or letters > FASTEST_LETTERS * seconds
    )


def _is_too_slow(segment: Segment, seconds: float) -> bool:
    return (
        seconds >= SHORTEST_SLOW_SPEECH
        and len(segment.words) < SLOWEST_WORDS * seconds
        and (bool(segment.words) or segment.no_speech_prob <= NO_SPEECH)
    )


def _is_clear(words: Sequence[Word]) -> bool:
    confidence = fmean([word.probability for word in words] or [1.0])
    return confidence >= LOW_CONFIDENCE and not is_phantom_phrase(words)


def _echoes(words: Sequence[Word], hotwords: Sequence[str]) -> Iterator[Doubt]:
    """Yield a segment that only reads out the hotwords, as Whisper does where nobody speaks."""
    listed = text_of(" ".join(hotwords).split())
    said = text_of(word.text for word in words)
    if said and len(words) >= FEWEST_ECHOED_WORDS and f" {said} " in f" {listed} ":
        yield Doubt(0, len(words), "an echo of the hotwords")


def _silent_runs(words: Sequence[Word], speech: Sequence[Span]) -> Iterator[Doubt]:
    position = 0
    for is_silent, run in groupby(words, key=lambda word: is_over_silence(word, speech)):
        stop = position + sum(1 for _ in run)
        if is_silent and stop - position >= min(FEWEST_SILENT_WORDS, len(words)):
            yield Doubt(position, stop, "text over silence")
        position = stop


def _crammed_runs(words: Sequence[Word]) -> Iterator[Doubt]:
    ends = [
        (n, n + CRAMMED_WORDS)
        for n in range(len(words) - CRAMMED_WORDS + 1)
        if words[n + CRAMMED_WORDS - 1].end - words[n].start < CRAMMED_SECONDS
    ]
    if not ends:
        return
    first, stop = ends[0]
    for (_, before), (after, _) in pairwise(ends):
        if after > before:
            yield Doubt(first, before, "said too fast")
            first = after
        stop = after + CRAMMED_WORDS
    yield Doubt(first, stop, "said too fast")
