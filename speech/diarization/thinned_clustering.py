"""Tell the speakers of a recording of hours apart in bounded memory."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from pyannote.audio.pipelines.clustering import VBxClustering

MOST_VOICES = 6_000
"""Voices that are compared with each other: their distances take 144 MB, twice that while they are
clustered. A recording of an hour and a half has as many, one of four hours 15,000 to 30,000."""


class ThinnedClustering(VBxClustering):  # type: ignore[misc]  # untyped base
    """pyannote's clustering, which compares all voices with each other: here, so many at most.

    Chunks overlap by nine tenths, so that every second or third voice of a long recording says what
    its neighbours say. Speakers are found among those; then all voices are given to them, as ever.
    """

    def filter_embeddings(
        self, embeddings: npt.NDArray[np.float32], *arguments: Any, **named: Any
    ) -> tuple[npt.NDArray[Any], ...]:
        """Return the voices that speakers are found among, evenly spread over the recording.

        Returns:
            (num_embeddings, dimension), and the chunk and the speaker of each.
        """
        chosen = super().filter_embeddings(embeddings, *arguments, **named)
        step = math.ceil(len(chosen[0]) / MOST_VOICES) or 1
        return tuple(values[::step] for values in chosen)
