"""Put blocks of samples where the container's clock wants them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audio.decoding.matroska import Block
from audio.waveforms.waveform import SAMPLE_RATE
from podcast.errors import BadInputError

MAX_SILENCE = 600.0
"""Seconds. No podcast lacks more of its sound than this."""

_TOLERANCE = SAMPLE_RATE // 33
"""Samples, 30 ms: a gap that nobody hears, and that rounded times have."""
_PIECE = SAMPLE_RATE
"""Samples of silence in one piece."""
_SAMPLE_WIDTH = 2


@dataclass(frozen=True, slots=True)
class SampleClock:
    """What to make of the times that blocks have.

    Attributes:
        late: Seconds of silence before the origin.
        origin_ms: What the blocks' times count from; None for the first of them.
        is_kept: Fill gaps; else every block follows the one before.
        max_silence: Seconds of silence that may be put in, all together.
    """

    late: float = 0.0
    origin_ms: int | None = None
    is_kept: bool = True
    max_silence: float = MAX_SILENCE


def place(blocks: Iterable[Block], clock: SampleClock, label: str) -> Iterator[Block]:
    """Put silence in where sound is missing: a late start, lost packets.

    Nothing is ever taken out. Where times go back, as where two recordings were joined, the
    samples follow on each other.

    Args:
        blocks: With times that count from anywhere.
        clock: What to make of these.
        label: What messages call the file.

    Yields:
        The same blocks, and those of silence between them.

    Raises:
        BadInputError: More sound is missing than any podcast lacks.
    """
    position, n_silent, origin_ms = 0, 0, clock.origin_ms
    late = round(clock.late * SAMPLE_RATE)
    for block in blocks:
        origin_ms = block.time_ms if origin_ms is None else origin_ms
        due = late + (block.time_ms - origin_ms) * SAMPLE_RATE // 1000
        n_missing = due - position if clock.is_kept else 0
        if n_missing > _TOLERANCE:
            n_silent += n_missing
            _check(n_silent, position, clock, label)
            yield from _silence(n_missing, block)
            position = due
        yield block
        position += len(block.data) // (_SAMPLE_WIDTH * block.n_channels)


def _check(n_silent: int, position: int, clock: SampleClock, label: str) -> None:
    if n_silent > clock.max_silence * SAMPLE_RATE:
        raise BadInputError(
            f"{label} has a gap of {n_silent / SAMPLE_RATE:,.0f} s in its times after "
            f"{position / SAMPLE_RATE:,.0f} s of sound; at most {clock.max_silence:,.0f} s are "
            "filled with silence. Export it again, or allow more with INTERLINEAR_GAP_LIMIT."
        )


def _silence(n_samples: int, like: Block) -> Iterator[Block]:
    for start in range(0, n_samples, _PIECE):
        n_bytes = min(_PIECE, n_samples - start) * _SAMPLE_WIDTH * like.n_channels
        yield Block(like.time_ms, like.n_channels, bytes(n_bytes))
