"""Join words with speaker turns. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from podcast.errors import NoSpeechError
from podcast.timeline import Interval, Span, SpeakerTurn, SpokenWord, Word, overlap

AT_THE_EDGE = 0.5
"""Confidence of a word that only touches a turn; it is halved for every second of distance."""

POINT = 0.01
"""Seconds that a word without length is taken to reach to both sides."""


def assign_speakers(words: Sequence[Word], turns: Sequence[SpeakerTurn]) -> tuple[SpokenWord, ...]:
    """Give every word to the speaker whose turns overlap it longest, else to the nearest turn.

    The confidence is the winner's part of all turns in the word, times a factor between
    `AT_THE_EDGE` (hardly any of the word is in a turn) and 1 (all of it is). Thus 1 is a word
    inside one speaker's turns, 0.5 a word that two speakers share evenly or that lies just outside
    a turn. A word in no turn falls from there: 0.25 a second away, 0.125 two seconds away.

    Args:
        words: In any order.
        turns: Exclusive turns (one speaker at a time) in time order.

    Returns:
        The words in the order given; each has a speaker.

    Raises:
        NoSpeechError: There are words, but no turn at all.
    """
    if words and not turns:
        raise NoSpeechError(
            "Words were recognised, but the diarizer found no speaker. "
            "Listen to the recording: is there speech in it, or singing only?"
        )
    # Turns may end out of order; the latest end so far lets the search start at the right one.
    latest = list(accumulate(turns, _later_end))
    return tuple(_spoken(word, turns, latest) for word in words)


def _later_end(a: SpeakerTurn, b: SpeakerTurn) -> SpeakerTurn:
    return b if b.end > a.end else a


def _spoken(word: Word, turns: Sequence[SpeakerTurn], latest: Sequence[SpeakerTurn]) -> SpokenWord:
    span = word if word.end > word.start else Span(word.start - POINT, word.end + POINT)
    near = list(_neighbours(span, turns, latest))
    shared: dict[str, float] = {}
    for turn in near:
        seconds = overlap(span, turn)
        if seconds > 0:
            shared[turn.speaker] = shared.get(turn.speaker, 0.0) + seconds
    if not shared:
        # Edges count, not middles: a long turn beside the word is nearer than a short one far off.
        nearest = max(near, key=lambda turn: overlap(span, turn))
        distance = -overlap(span, nearest)
        return SpokenWord(word, nearest.speaker, AT_THE_EDGE * 0.5**distance)
    winner = max(shared, key=lambda speaker: shared[speaker])
    return SpokenWord(word, winner, _confidence(shared, winner, span))


def _neighbours(
    word: Interval, turns: Sequence[SpeakerTurn], latest: Sequence[SpeakerTurn]
) -> Iterator[SpeakerTurn]:
    """Yield the last turn before a word, those that touch it, and the first one after it."""
    first = bisect_left(latest, word.start, key=lambda turn: turn.end)
    if first > 0:
        yield latest[first - 1]
    for n in range(first, len(turns)):
        yield turns[n]
        if turns[n].start > word.end:
            break


def _confidence(shared: dict[str, float], winner: str, word: Interval) -> float:
    inside = sum(shared.values())
    covered = min(1.0, inside / (word.end - word.start))
    return shared[winner] / inside * (AT_THE_EDGE + (1.0 - AT_THE_EDGE) * covered)
