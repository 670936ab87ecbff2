"""Find who speaks in a record without a line: turn by turn, and in all. Pure."""

from collections.abc import Iterator
from itertools import chain

from outputs.record.record_types import EpisodeRecord
from podcast.intervals import merge_spans, total
from podcast.timeline import Span, SpeakerTurn

LONG_TURN = 2.0
"""Seconds of a turn that ought to have a line; shorter ones are breaths, laughter, and "mm"."""


def unheard_share(record: EpisodeRecord) -> float | None:
    """Return which part of what is spoken has no words, 0 to 1; None if nobody has looked."""
    seconds = unheard_seconds(record)
    if record.coverage is None or seconds is None:
        return None
    return min(1.0, seconds / record.coverage.speech) if record.coverage.speech else 0.0


def unheard_seconds(record: EpisodeRecord) -> float | None:
    """Return how long somebody speaks without words in the record; None if nobody has looked."""
    return total(merge_spans(record.coverage.unheard)) if record.coverage else None


def turns_without_line(record: EpisodeRecord) -> Iterator[SpeakerTurn]:
    """Yield the longer turns in which no word of a line is, in time order."""
    words = merge_spans(
        Span(middle, middle)
        for word in chain.from_iterable(line.words for line in record.lines)
        for middle in [(word.start + word.end) / 2]
    )
    for turn in record.turns:
        if turn.end - turn.start > LONG_TURN and not any(
            turn.start <= word.start <= turn.end for word in words
        ):
            yield turn


def speakers_without_line(record: EpisodeRecord) -> tuple[str, ...]:
    """Return who has turns and no line, in the order in which they first speak."""
    with_turns = dict.fromkeys(turn.speaker for turn in record.turns)
    speaking = {line.speaker for line in record.lines}
    return tuple(speaker for speaker in with_turns if speaker not in speaking)
