"""Who speaks in the overlapping chunks of a recording, before anybody knows who is who.

Each chunk is segmented and embedded on its own, so a long recording goes through in pieces, on any
machine and in any order, and is clustered at the end: the turns are those of the recording in one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from audio.waveforms.waveform import SAMPLE_RATE
from podcast.timeline import Span


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Where one speaker of a chunk speaks without a break, nobody else speaking.

    Attributes:
        frames: (num_stretches, 3) int32, the chunk, its first frame and the one after the last.
        embeddings: (num_stretches, dimension) float32, the voice of this stretch alone.
    """

    frames: npt.NDArray[np.int32]
    embeddings: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class ChunkOutputs:
    """Who speaks in some chunks that follow each other, and their voices.

    Attributes:
        activity: (num_chunks, num_frames, num_speakers), who of a chunk's own speakers speaks: 0
            and 1 as uint8, or scores as float32 from a network that gives scores.
        embeddings: (num_chunks, num_speakers, dimension) float32, their voices.
        stretches: Where each of them speaks without a break; None from a network that cannot tell.
    """

    activity: npt.NDArray[Any]
    embeddings: npt.NDArray[np.float32]
    stretches: Stretches | None = None


@dataclass(frozen=True, slots=True)
class ChunkGrid:
    """Where chunks lie.

    Attributes:
        length: Samples of a chunk.
        step: Samples from the start of one chunk to that of the next.
    """

    length: int
    step: int

    def count(self, n_samples: int) -> int:
        """Return how many chunks a recording has; the last may reach beyond its end."""
        return 1 + max(0, -(-(n_samples - self.length) // self.step))

    def padded_span(self, piece: Span, duration: float) -> Span:
        """Return the sound of all chunks that begin in a piece.

        Args:
            piece: A part of a recording, in seconds.
            duration: Seconds of the recording.
        """
        n_samples = round(duration * SAMPLE_RATE)
        n_chunks = self.count(n_samples)
        first, last = (
            min(n_chunks, -(-round(time * SAMPLE_RATE) // self.step))
            for time in (piece.start, piece.end)
        )
        end = min(n_samples, (last - 1) * self.step + self.length)
        return Span(first * self.step / SAMPLE_RATE, end / SAMPLE_RATE)


def joined(pieces: Sequence[ChunkOutputs]) -> ChunkOutputs:
    """Return the chunks of consecutive pieces as if they were of one."""
    return ChunkOutputs(
        np.concatenate([piece.activity for piece in pieces]),
        np.concatenate([piece.embeddings for piece in pieces]),
        _joined_stretches(pieces),
    )


def _joined_stretches(pieces: Sequence[ChunkOutputs]) -> Stretches | None:
    """Return the stretches of all pieces, their chunks counted from the first piece on."""
    before = accumulate((len(piece.activity) for piece in pieces), initial=0)
    known = [(n, piece.stretches) for n, piece in zip(before, pieces, strict=False)]
    found = [(n, stretches) for n, stretches in known if stretches is not None]
    if len(found) < len(pieces):
        return None
    return Stretches(
        np.concatenate(
            [stretches.frames + np.array([n, 0, 0], np.int32) for n, stretches in found]
        ),
        np.concatenate([stretches.embeddings for _, stretches in found]),
    )
