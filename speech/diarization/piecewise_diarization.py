"""Run pyannote's networks on a recording piece by piece, and cluster its speakers at the end.

Both networks take each chunk on its own; only the clustering wants to know all of them. So there
is no need to hold the sound of hours, and what the networks made of a piece can be kept.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import torch
from pyannote.audio.pipelines import SpeakerDiarization
from pyannote.audio.utils.signal import binarize
from pyannote.core import SlidingWindow, SlidingWindowFeature

from audio.waveforms.waveform import SAMPLE_RATE
from speech.diarization.chunk_outputs import ChunkGrid, ChunkOutputs, Stretches
from speech.thread_map import side_by_side

Item = TypeVar("Item")
Hook = Callable[..., None]

CHUNKS = "chunk_outputs"
"""Key of a file, as pyannote calls what it is given, whose chunks are known already."""


class PiecewiseDiarization(SpeakerDiarization):  # type: ignore[misc]  # untyped base
    """pyannote's pipeline in two steps; in one, it is what it was.

    Attributes:
        threads: Passes of a network at the same time.
    """

    threads = 1

    @property
    def grid(self) -> ChunkGrid:
        """Return where chunks lie."""
        network = self._segmentation
        length = network.model.audio.get_num_samples(network.duration)
        return ChunkGrid(length, round(network.step * SAMPLE_RATE))

    def segment_and_embed(self, sound: torch.Tensor, hook: Hook | None = None) -> ChunkOutputs:
        """Segment and embed all chunks of a sound, the last of which may reach beyond its end.

        Args:
            sound: (1, num_samples) at 16 kHz.
            hook: Called with `completed` and `total` after each pass of a network.
        """
        file = _as_file(sound)
        scores = self._segment(sound, hook)
        is_powerset = self._segmentation.model.specifications.powerset
        spoken = scores if is_powerset else binarize(scores, onset=self.segmentation.threshold)
        voices, stretches = self.embed(file, spoken, hook)
        activity = scores.data.astype(np.uint8) if is_powerset else scores.data
        return ChunkOutputs(activity, voices, stretches)

    def embed(
        self, file: Mapping[str, Any], spoken: SlidingWindowFeature, hook: Hook | None
    ) -> tuple[npt.NDArray[np.float32], Stretches | None]:
        """Return the voice of each speaker of each chunk, and of what they say without a break.

        Args:
            file: The sound.
            spoken: (num_chunks, num_frames, num_speakers), who speaks when.
            hook: Called with `completed` and `total` after each pass of the network.
        """
        return self.get_embeddings(file, spoken, self.embedding_exclude_overlap, hook), None

    def _segment(self, sound: torch.Tensor, hook: Hook | None) -> SlidingWindowFeature:
        """Return who speaks in each chunk: (num_chunks, num_frames, num_speakers)."""
        grid, size = self.grid, self.segmentation_batch_size
        n_chunks = grid.count(sound.shape[-1])
        firsts = range(0, n_chunks, size)

        def segment(first: int) -> npt.NDArray[Any]:
            last = min(first + size, n_chunks) - 1
            stretch = sound[:, first * grid.step : last * grid.step + grid.length]
            scores: npt.NDArray[Any] = self.get_segmentations(_as_file(stretch)).data
            return scores

        batches = side_by_side(segment, reported(firsts, "segmentation", hook), self.threads)
        return SlidingWindowFeature(np.concatenate([b for _, b in batches]), self._chunks)

    @property
    def _chunks(self) -> SlidingWindow:
        network = self._segmentation
        return SlidingWindow(start=0.0, duration=network.duration, step=network.step)

    def cluster(self, chunks: ChunkOutputs, **counts: int | None) -> Any:
        """Return pyannote's output for a recording whose chunks are known.

        Args:
            chunks: All of them.
            counts: `num_speakers`, `min_speakers`, `max_speakers`, where they are known.
        """
        return self(_as_file(torch.zeros(1, 1)) | {CHUNKS: chunks}, **counts)

    def get_segmentations(
        self, file: Mapping[str, Any], hook: Hook | None = None
    ) -> SlidingWindowFeature:
        """Return who of its own speakers speaks in each chunk, as is known already or found now.

        Returns:
            (num_chunks, num_frames, num_speakers)
        """
        if CHUNKS not in file:
            return super().get_segmentations(file, hook=hook)
        return SlidingWindowFeature(file[CHUNKS].activity, self._chunks)

    def get_embeddings(
        self,
        file: Mapping[str, Any],
        binary_segmentations: SlidingWindowFeature,
        exclude_overlap: bool = False,
        hook: Hook | None = None,
    ) -> Any:
        """Return the voices that are known already, or what the network makes of them now."""
        if CHUNKS in file:
            return file[CHUNKS].embeddings
        return super().get_embeddings(file, binary_segmentations, exclude_overlap, hook)

    def reconstruct(
        self,
        segmentations: SlidingWindowFeature,
        hard_clusters: npt.NDArray[np.int8],
        count: SlidingWindowFeature,
    ) -> SlidingWindowFeature:
        """Return who speaks when, as pyannote does, without all chunks of all speakers at once.

        Args:
            segmentations: (num_chunks, num_frames, num_speakers), who speaks when in each chunk.
            hard_clusters: (num_chunks, num_speakers), who that is; -2 for a silent one.
            count: (total_num_frames, 1), how many speak.

        Returns:
            (total_num_frames, num_clusters), 0 and 1.
        """
        frames = count.sliding_window
        most = max(int(hard_clusters.max()) + 1, int(count.data.max()))
        votes = np.zeros((len(count.data), most), np.float32)
        for (chunk, activity), clusters in zip(segmentations, hard_clusters, strict=True):
            start = frames.closest_frame(chunk.start + 0.5 * frames.duration)
            for cluster in set(clusters[clusters >= 0].tolist()):
                spoken = activity[:, clusters == cluster].max(axis=1)
                votes[start : start + len(spoken), cluster] += spoken
        return SlidingWindowFeature(_loudest(votes, count.data), frames)


def _as_file(sound: torch.Tensor) -> dict[str, Any]:
    return {"waveform": sound, "sample_rate": SAMPLE_RATE, "uri": "recording"}


def reported(passes: Sequence[Item], step: str, hook: Hook | None) -> Iterator[Item]:
    """Give out what the passes of a step are about, and say before each how many are done.

    Args:
        passes: What each pass is about.
        step: pyannote's name for what they do.
        hook: Called with `completed` and `total`.
    """
    for completed, item in enumerate(passes):
        if hook is not None:
            hook(step, None, total=len(passes), completed=completed)
        yield item
    if hook is not None:
        hook(step, None, total=len(passes), completed=len(passes))


def _loudest(
    votes: npt.NDArray[np.float32], count: npt.NDArray[np.integer]
) -> npt.NDArray[np.float32]:
    """Let as many speakers speak in each frame as there are, those with the most votes.

    Args:
        votes: (num_frames, num_clusters)
        count: (num_frames, 1)
    """
    chosen = np.zeros_like(votes)
    order = np.argsort(-votes, axis=-1)  # of equals, the one that pyannote takes
    np.put_along_axis(chosen, order, np.arange(votes.shape[1]) < count, axis=-1)
    return chosen
