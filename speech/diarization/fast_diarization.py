"""Run pyannote's diarization with one pass of the embedding network for each chunk.

pyannote's own pipeline runs the network once for each local speaker of each chunk, silent speakers
included, on the same sound. The network is a frame-wise part, which is nearly all of the work, and
a pooling over the frames of one speaker; so the frames are computed once and pooled for everybody.
"""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from pyannote.audio.models.embedding.wespeaker import BaseWeSpeakerResNet
from pyannote.audio.pipelines import SpeakerDiarization
from pyannote.audio.pipelines.clustering import VBxClustering
from pyannote.core import Segment, SlidingWindowFeature

from audio.waveforms.waveform import SAMPLE_RATE
from speech.diarization.batch_norm import fold_batch_norm
from speech.diarization.chunk_outputs import Stretches
from speech.diarization.piecewise_diarization import Hook, PiecewiseDiarization, reported
from speech.diarization.shared_fbank import SharedFbank, can_share_fbank
from speech.diarization.shared_filters import share_filters
from speech.diarization.thinned_clustering import ThinnedClustering
from speech.thread_map import side_by_side

Masks = npt.NDArray[np.float32]

SHORTEST, LONGEST = 0.3, 1.5
"""Seconds of a stretch: below, an embedding says little; above, two people may be in it."""

CPU_BATCH = 2
"""Chunks in one pass on a CPU: more fall out of its caches. A GPU takes what the folder says."""


class EmbedOnceDiarization(SpeakerDiarization):  # type: ignore[misc]  # untyped base
    """pyannote's pipeline; the same embeddings with less work.

    Attributes:
        threads: Passes of the network at the same time.
    """

    threads = 1

    def get_embeddings(
        self,
        file: Any,
        binary_segmentations: SlidingWindowFeature,
        exclude_overlap: bool = False,
        hook: Hook | None = None,
    ) -> npt.NDArray[np.float32]:
        """Return an embedding for each speaker of each chunk.

        Args:
            file: The sound.
            binary_segmentations: (num_chunks, num_frames, num_speakers), who speaks when.
            exclude_overlap: Pool the frames of one speaker alone where they are enough.
            hook: Called with `completed` and `total` after each pass.

        Returns:
            (num_chunks, num_speakers, dimension); who is silent in a chunk has the embedding that
            the network gives to no frames at all.
        """
        return self.embed_voices(file, binary_segmentations, exclude_overlap, hook)[0]

    def embed_voices(
        self, file: Any, spoken: SlidingWindowFeature, exclude_overlap: bool, hook: Hook | None
    ) -> tuple[npt.NDArray[np.float32], Stretches]:
        """Return the embeddings of `get_embeddings`, and those of stretches."""
        segmentations = spoken.data
        n_chunks, _, n_speakers = segmentations.shape
        embeddings = np.empty((n_chunks, n_speakers, self._embedding.dimension), np.float32)
        is_active = (segmentations > 0).any(axis=1)
        # One chunk is embedded in any case: it says what silence is.
        chunks = np.flatnonzero(is_active.any(axis=1)) if is_active.any() else np.zeros(1, np.int64)
        min_frames = self._min_frames(spoken) if exclude_overlap else None
        rate = segmentations.shape[1] / spoken.sliding_window.duration
        frames_of = self._frames_of(file, spoken)

        def embed(batch: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.float32], list[Stretches]]:
            frames = frames_of(batch)
            voices = self._pool(frames, _masks(segmentations[batch], min_frames))
            return voices, [
                self._stretches(chunk, frames[n : n + 1], segmentations[chunk], rate)
                for n, chunk in enumerate(batch.tolist())
            ]

        batches = reported(self._batches(chunks), "embeddings", hook)
        found: list[Stretches] = []
        for batch, (pooled, stretches) in side_by_side(embed, batches, self.threads):
            embeddings[batch] = pooled[:, :-1]
            found += stretches
        embeddings[~is_active] = pooled[0, -1]
        return embeddings, Stretches(
            np.concatenate([one.frames for one in found]),
            np.concatenate([one.embeddings for one in found]),
        )

    def _stretches(
        self, chunk: int, frames: torch.Tensor, active: npt.NDArray[Any], rate: float
    ) -> Stretches:
        """Return where the speakers of a chunk speak without a break, and how each sounds.

        Args:
            chunk: Its index.
            frames: (1, ..., frames) of the embedding network.
            active: (num_frames, num_speakers), who speaks when.
            rate: How many of those frames a second has.
        """
        spans = _unbroken(active, math.ceil(SHORTEST * rate), math.ceil(LONGEST * rate))
        masks = np.zeros((1, len(spans) + 1, len(active)), np.float32)  # the last one is of nobody
        for mask, (first, stop) in zip(masks[0], spans, strict=False):
            mask[first:stop] = 1.0
        places = np.array([(chunk, *span) for span in spans], np.int32).reshape(-1, 3)
        return Stretches(places, self._pool(frames, masks)[0, :-1])

    def _min_frames(self, segmentations: SlidingWindowFeature) -> int:
        n_samples = segmentations.sliding_window.duration * self._embedding.sample_rate
        n_frames = segmentations.data.shape[1]
        needed: float = n_frames * self._embedding.min_num_samples / n_samples
        return math.ceil(needed)

    def _batches(self, chunks: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
        """Cut indices of chunks into batches."""
        size = CPU_BATCH if self._embedding.device.type == "cpu" else self.embedding_batch_size
        return [chunks[first : first + size] for first in range(0, len(chunks), size)]

    @torch.inference_mode()
    def _frames_of(
        self, file: Any, chunks: SlidingWindowFeature
    ) -> Callable[[npt.NDArray[np.int64]], torch.Tensor]:
        """Return what computes the frames of some chunks, (batch, ..., frames)."""
        network, grid = self._embedding.model_, chunks.sliding_window
        step, n_samples = (round(s * SAMPLE_RATE) for s in (grid.step, grid.duration))

        def crop(stretch: Segment) -> torch.Tensor:
            sound: torch.Tensor = self._audio.crop(file, stretch, mode="pad")[0]
            return sound.to(self._embedding.device)

        if can_share_fbank(network, step):
            fbank = SharedFbank(network, crop(Segment(0.0, grid[len(chunks) - 1].end)))
            forward = network.resnet.forward_frames
            return _batched(forward, lambda chunk: fbank.of(chunk * step, n_samples))
        return _batched(network.forward_frames, lambda chunk: crop(grid[chunk]))

    def _pool(self, frames: torch.Tensor, weights: Masks) -> npt.NDArray[np.float32]:
        """Pool frames for each speaker: (batch, speakers, dimension)."""
        network, device = self._embedding.model_, self._embedding.device
        with torch.inference_mode():
            pooled = network.forward_embedding(frames, torch.from_numpy(weights).to(device))
        values: npt.NDArray[np.float32] = pooled.cpu().numpy()
        return values


class FastDiarization(PiecewiseDiarization, EmbedOnceDiarization):
    """Both: piece by piece, and each chunk embedded once."""

    def embed(
        self, file: Any, spoken: SlidingWindowFeature, hook: Hook | None
    ) -> tuple[npt.NDArray[np.float32], Stretches | None]:
        """See `PiecewiseDiarization.embed`."""
        return self.embed_voices(file, spoken, self.embedding_exclude_overlap, hook)


def _batched(
    forward: Callable[[torch.Tensor], torch.Tensor], of_chunk: Callable[[int], torch.Tensor]
) -> Callable[[npt.NDArray[np.int64]], torch.Tensor]:
    """Return what stacks something of each chunk and takes it forward."""

    @torch.inference_mode()
    def of_batch(chunks: npt.NDArray[np.int64]) -> torch.Tensor:
        return forward(torch.stack([of_chunk(int(chunk)) for chunk in chunks]))

    return of_batch


def _masks(active: npt.NDArray[np.float32], min_frames: int | None) -> Masks:
    """Choose the frames of each speaker as pyannote does, and last those of nobody.

    Args:
        active: (batch, num_frames, num_speakers), who speaks when.
        min_frames: Frames of one speaker alone that are enough; None takes all frames.

    Returns:
        (batch, num_speakers + 1, num_frames)
    """
    chosen = np.nan_to_num(active, nan=0.0).astype(np.float32)
    if min_frames is not None:
        alone = np.sum(active, axis=2, keepdims=True) < 2  # noqa: PLR2004  two talk
        clean = np.where(alone, chosen, np.float32(0.0))
        chosen = np.where(clean.sum(axis=1, keepdims=True) > min_frames, clean, chosen)
    nobody = np.zeros((*chosen.shape[:2], 1), np.float32)
    return np.concatenate([chosen, nobody], axis=2).transpose(0, 2, 1).copy()


def _unbroken(active: npt.NDArray[Any], shortest: int, longest: int) -> list[tuple[int, int]]:
    """Return where one speaker speaks alone without a break, cut into pieces.

    Args:
        active: (num_frames, num_speakers), who speaks when.
        shortest: Frames below which a piece is left out.
        longest: Frames that a piece has at most.

    Returns:
        First frame and frame after the last of each.
    """
    spoken = active > 0
    alone = spoken & (spoken.sum(axis=1, keepdims=True) == 1)
    edges = np.diff(np.pad(alone, ((1, 1), (0, 0))).astype(np.int8), axis=0).T
    starts, stops = (np.argwhere(edges == edge)[:, 1].tolist() for edge in (1, -1))
    cuts = (
        np.linspace(start, stop, 1 + math.ceil((stop - start) / longest)).astype(int).tolist()
        for start, stop in zip(starts, stops, strict=True)
        if stop - start >= shortest
    )
    return [piece for cut in cuts for piece in pairwise(cut)]


def accelerate(pipeline: SpeakerDiarization, threads: int = 1) -> PiecewiseDiarization:
    """Return the pipeline as one that works in pieces, and faster where its network has two parts.

    Of pyannote's, that is any but the oldest, whose embedding network is no WeSpeaker ResNet.

    Args:
        pipeline: It changes.
        threads: Of a CPU; a pass of a network takes one.
    """
    segmentation = pipeline._segmentation.model  # noqa: SLF001  its subclass's own
    share_filters(segmentation)
    if segmentation.device.type == "cpu":
        torch.set_num_threads(1)
        pipeline.threads = threads
    # from_pretrained builds the class that the folder names; these add no state to it.
    network = getattr(pipeline._embedding, "model_", None)  # noqa: SLF001  its subclass's own
    if isinstance(network, BaseWeSpeakerResNet):
        fold_batch_norm(network)
        if network.device.type == "cpu":
            network.to(memory_format=torch.channels_last)
        pipeline.__class__ = FastDiarization
    else:
        pipeline.__class__ = PiecewiseDiarization
    if type(pipeline.clustering) is VBxClustering:
        pipeline.clustering.__class__ = ThinnedClustering
    faster: PiecewiseDiarization = pipeline
    return faster
