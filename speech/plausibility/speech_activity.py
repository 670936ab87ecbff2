"""Measure words and segments against the stretches in which somebody speaks. Pure."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from podcast.timeline import Interval, Segment, Span, overlap

SILENT_SHARE = 0.5
"""A word is over silence when less than this share of it lies in speech."""

SHORTEST = 0.02
"""Seconds; a word without duration is looked at as if it lasted one step of Whisper's clock."""


def seconds_of_speech(interval: Interval, speech: Sequence[Span]) -> float:
    """Return for how many seconds of an interval somebody speaks.

    Args:
        interval: Any stretch of the recording.
        speech: Where somebody speaks, in time order, without overlaps.
    """
    return sum(overlap(interval, span) for span in spoken_in(interval, speech))


def spoken_in(interval: Interval, speech: Sequence[Span]) -> Iterator[Span]:
    """Yield the stretches of speech that lie in an interval, or partly."""
    for n in range(bisect_right(speech, interval.start, key=lambda s: s.end), len(speech)):
        if speech[n].start >= interval.end:
            break
        yield speech[n]


def is_over_silence(interval: Interval, speech: Sequence[Span]) -> bool:
    """Say whether an interval lies mostly outside speech."""
    span = Span(interval.start, max(interval.end, interval.start + SHORTEST))
    return seconds_of_speech(span, speech) < SILENT_SHARE * (span.end - span.start)


def window_of(n: int, segments: Sequence[Segment], speech: Sequence[Span]) -> Span:
    """Return the stretch of the recording that one segment stands for.

    The times of a segment are those of its first and last word, and a segment that is stuck may
    leave out most of what was said. So it stands for all speech from where it starts up to the
    speech in which the next segment starts.

    Args:
        n: Index of the segment.
        segments: In time order.
        speech: Where somebody speaks, in time order, without overlaps.
    """
    segment = segments[n]
    start = _speech_start(segment.start, speech)
    if n:
        start = min(segment.start, max(start, segments[n - 1].end))
    limit = _speech_start(segments[n + 1].start, speech) if n + 1 < len(segments) else float("inf")
    ends = (span.end for span in speech if start < span.end and span.start < limit)
    end = max(min(max(ends, default=0.0), limit), segment.end)
    return Span(start, end)


def _speech_start(time: float, speech: Sequence[Span]) -> float:
    """Return where the speech around a moment starts; the moment itself where there is none."""
    n = bisect_right(speech, time, key=lambda span: span.start) - 1
    return speech[n].start if n >= 0 and time <= speech[n].end else time
