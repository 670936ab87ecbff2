"""Say what to decode a second time, and decide between the two decodings. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from podcast.timeline import Segment, Span, Transcription, Word
from podcast.transcript import DroppedWord
from speech.plausibility.crowded_copies import crowded_copies
from speech.plausibility.hallucinations import Suspicion, suspicions
from speech.plausibility.speech_activity import window_of
from speech.transcription.word_times import TimedWord, repaired

ENOUGH = 0.8
"""A second decoding must have at least this share of the words that the first is trusted with."""


@dataclass(frozen=True, slots=True)
class ChosenSegments:
    """What was said, after all.

    The recognised words of a recording are the words of `segments` and those in `dropped`: every
    word of the first decoding, and every word of a second decoding that took its place.

    Attributes:
        segments: In time order, each with words unless it had none from the start.
        speech: Where somebody speaks, in time order.
        dropped: Words of the first decoding that are in no segment, in time order of the segments.
    """

    segments: tuple[Segment, ...]
    speech: tuple[Span, ...]
    dropped: tuple[DroppedWord, ...]


def windows_to_redecode(first: Transcription, hotwords: Sequence[str] = ()) -> dict[int, Span]:
    """Return the stretches to be decoded again, by the index of their segment.

    They should be decoded without the hotwords, which can be what a recogniser stumbles over.

    Args:
        first: The first decoding.
        hotwords: What the recogniser was told to expect.
    """
    found = suspicions(first.segments, first.speech, hotwords)
    doubted = sorted({suspicion.segment for suspicion in found})
    return {n: window_of(n, first.segments, first.speech) for n in doubted}


def choose_segments(
    first: Transcription,
    second: Mapping[int, tuple[Segment, ...]],
    hotwords: Sequence[str] = (),
) -> ChosenSegments:
    """Decide between two decodings.

    A second decoding takes the place of a segment when nothing about it is suspicious and it does
    not lose words that the first is trusted with. Else the first stays, without its doubted words.

    Args:
        first: The first decoding.
        second: What was recognised the second time, by index of the segment.
        hotwords: What the recogniser was told to expect the first time.
    """
    found = _by_segment(suspicions(first.segments, first.speech, hotwords))
    better = _better(first, found, second)
    segments: list[Segment] = []
    dropped: list[DroppedWord] = []
    for n, segment in enumerate(first.segments):
        if n in better:
            reason = f"replaced by a second decoding ({found[n][0].reason})"
            dropped += [DroppedWord(word, reason) for word in segment.words]
            segments += second[n]
        else:
            doubts = _reasons(found.get(n, []))
            dropped += [DroppedWord(segment.words[m], why) for m, why in sorted(doubts.items())]
            segments += remaining(segment, doubts.keys())
    return _without_crowded_copies(ChosenSegments(tuple(segments), first.speech, tuple(dropped)))


def with_likely_times(settled: ChosenSegments) -> ChosenSegments:
    """Return what was said with word times that can be true; see `speech.transcription.word_times`.

    This comes last: what the recogniser invented shows by its impossible times.
    """
    segments = tuple(_repaired(segment, settled.speech) for segment in settled.segments)
    return replace(settled, segments=segments)


def _without_crowded_copies(chosen: ChosenSegments) -> ChosenSegments:
    doubts = crowded_copies([w for s in chosen.segments for w in s.words], chosen.speech)
    segments: list[Segment] = []
    dropped = list(chosen.dropped)
    position = 0
    for segment in chosen.segments:
        gone = {
            n - position: doubt.reason
            for doubt in doubts
            for n in range(doubt.first, doubt.stop)
            if 0 <= n - position < len(segment.words)
        }
        dropped += [DroppedWord(segment.words[n], why) for n, why in gone.items()]
        segments += remaining(segment, gone.keys())
        position += len(segment.words)
    return replace(chosen, segments=tuple(segments), dropped=tuple(dropped))


def _repaired(segment: Segment, speech: Sequence[Span]) -> Segment:
    if not segment.words:
        return segment
    words = [TimedWord(w.start, w.end, w.text, w.probability) for w in segment.words]
    start = min(segment.start, *(word.start for word in segment.words))
    end = max(segment.end, *(word.end for word in segment.words))
    return replace(segment, words=repaired(words, Span(start, end), speech))


def _better(
    first: Transcription,
    found: Mapping[int, Sequence[Suspicion]],
    second: Mapping[int, tuple[Segment, ...]],
) -> set[int]:
    """Return for which segments the second decoding is the better one.

    All second decodings are judged in their place among the other segments, because a loop may run
    over many of them, and what is at the end is not what is in the middle.
    """
    candidates = {
        n for n in second if n in found and _has_enough(second[n], first.segments[n], found[n])
    }
    if not candidates:
        return set()
    mixed = [
        (n, part)
        for n, segment in enumerate(first.segments)
        for part in (second[n] if n in candidates else (segment,))
    ]
    again = suspicions([part for _, part in mixed], first.speech)
    return candidates - {mixed[s.segment][0] for s in again}


def _has_enough(again: Sequence[Segment], segment: Segment, suspected: Sequence[Suspicion]) -> bool:
    """Say whether a second decoding has words, and not fewer than the first is trusted with."""
    trusted = len(segment.words) - len(_reasons(suspected))
    words = sum(len(part.words) for part in again)
    return words > 0 and words >= ENOUGH * trusted


def _by_segment(found: Sequence[Suspicion]) -> dict[int, list[Suspicion]]:
    segments: dict[int, list[Suspicion]] = {}
    for suspicion in found:
        segments.setdefault(suspicion.segment, []).append(suspicion)
    return segments


def _reasons(suspected: Sequence[Suspicion]) -> dict[int, str]:
    """Return the first reason for each doubted word of one segment, by the word's index."""
    reasons: dict[int, str] = {}
    for suspicion in suspected:
        for n in range(suspicion.first, suspicion.stop):
            reasons.setdefault(n, suspicion.reason)
    return reasons


def remaining(segment: Segment, doubted: Collection[int]) -> tuple[Segment, ...]:
    """Return a segment without its doubted words; nothing where none is left."""
    if not doubted:
        return (segment,)
    words: tuple[Word, ...] = tuple(w for n, w in enumerate(segment.words) if n not in doubted)
    if not words:
        return ()
    text = " ".join(word.text for word in words)
    return (replace(segment, start=words[0].start, end=words[-1].end, text=text, words=words),)
