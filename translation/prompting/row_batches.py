"""Cut a conversation into batches: where it pauses, and where the speaker changes. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translation.conversation import SourceRow

CHANGE = 0.5
"""Seconds of silence that a change of speaker is worth as a place to cut."""


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """How much is asked for at once.

    Attributes:
        rows: At most.
        letters: Of English, at most; a longer row is a batch of its own.
    """

    rows: int
    letters: int


def cut_batches(rows: Sequence[SourceRow], limits: BatchLimits) -> Iterator[range]:
    """Yield the batches as ranges of rows, in order.

    A batch ends at the best place of its second half: short batches cost more context, and where a
    conversation pauses its rows need each other least.
    """
    start = 0
    while start < len(rows):
        longest = _longest(rows, start, limits)
        end = _best_end(rows, start, longest)
        yield range(start, end)
        start = end


def _longest(rows: Sequence[SourceRow], start: int, limits: BatchLimits) -> int:
    """Return where the batch that begins at a row has to end."""
    end, letters = start + 1, len(rows[start].text)
    while end < min(len(rows), start + limits.rows):
        letters += len(rows[end].text)
        if letters > limits.letters:
            break
        end += 1
    return end


def _best_end(rows: Sequence[SourceRow], start: int, longest: int) -> int:
    if longest == len(rows):
        return longest
    earliest = start + (longest - start + 1) // 2
    return max(range(earliest, longest + 1), key=lambda end: (_gap(rows, end), end))


def _gap(rows: Sequence[SourceRow], index: int) -> float:
    """Return how little a row has to do with the one before it, as seconds of silence."""
    before, row = rows[index - 1], rows[index]
    return row.pause + (CHANGE if row.speaker != before.speaker else 0.0)
