"""Join words with speaker turns. Pure."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from podcast.errors import NoSpeechError
from podcast.timeline import SpeakerTurn, SpokenWord, Word, overlap


def assign_speakers(words: Sequence[Word], turns: Sequence[SpeakerTurn]) -> tuple[SpokenWord, ...]:
    """Give every word to the speaker whose turns overlap it longest, else to the nearest turn.

    Args:
        words: In any order.
        turns: Exclusive turns (one speaker at a time) in time order.

    Raises:
        NoSpeechError: There are words, but no turn at all.
    """
    if words and not turns:
        raise NoSpeechError("Words were recognised, but the diarizer heard nobody speak.")
    # Turns may end out of order; the running maximum lets the search start at the right one.
    reach = list(accumulate((turn.end for turn in turns), max))
    return tuple(SpokenWord(word, _speaker(word, turns, reach)) for word in words)


def _speaker(word: Word, turns: Sequence[SpeakerTurn], reach: Sequence[float]) -> str:
    # From the last turn that ends before the word to the first that starts after it.
    first = max(0, bisect_left(reach, word.start) - 1)
    shared: dict[str, float] = {}
    nearest = turns[first]
    for turn in turns[first:]:
        seconds = overlap(word, turn)
        if seconds > 0:
            shared[turn.speaker] = shared.get(turn.speaker, 0.0) + seconds
        if seconds > overlap(word, nearest):
            nearest = turn
        if turn.start > word.end:
            break
    return max(shared, key=lambda speaker: shared[speaker]) if shared else nearest.speaker
