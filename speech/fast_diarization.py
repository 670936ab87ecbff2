"""Run pyannote's diarization with one pass of the embedding network for each chunk.

pyannote's own pipeline runs the network once for each local speaker of each chunk, silent speakers
included, on the same sound. The network is a frame-wise part, which is nearly all of the work, and
a pooling over the frames of one speaker; so the frames are computed once and pooled for everybody.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from pyannote.audio.models.embedding.wespeaker import BaseWeSpeakerResNet
from pyannote.audio.pipelines import SpeakerDiarization
from pyannote.audio.pipelines.clustering import VBxClustering
from pyannote.core import Segment, SlidingWindowFeature
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from speech.shared_frames import SharedFrames

Hook = Callable[..., None]
Masks = npt.NDArray[np.float32]

CPU_BATCH = 2
"""Chunks in one pass on a CPU: more fall out of its caches. A GPU takes what the folder says."""

MOST_VOICES = 6_000
"""Voices that are compared with each other: their distances take 144 MB, twice that while they are
clustered. A recording of an hour and a half has as many, one of four hours 15,000 to 30,000."""


class FastSpeakerDiarization(SpeakerDiarization):  # type: ignore[misc]  # untyped base
    """pyannote's pipeline; the same values with less work and in less memory.

    Attributes:
        shares_frames: Give nearly the same values with much less work; see `SharedFrames`.
    """

    shares_frames = False

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
            exclude_overlap: Listen to the frames of one speaker alone where they are enough.
            hook: Called with `completed` and `total` after each pass.

        Returns:
            (num_chunks, num_speakers, dimension); who is silent in a chunk has the embedding that
            the network gives to no frames at all.
        """
        segmentations = binary_segmentations.data
        n_chunks, _, n_speakers = segmentations.shape
        embeddings = np.empty((n_chunks, n_speakers, self._embedding.dimension), np.float32)
        is_heard = (segmentations > 0).any(axis=1)
        # One chunk is heard in any case: it says what silence is.
        heard = np.flatnonzero(is_heard.any(axis=1)) if is_heard.any() else np.zeros(1, np.int64)
        min_frames = self._min_frames(binary_segmentations) if exclude_overlap else None
        frames_of = self._frames_of(file, binary_segmentations.sliding_window.duration)
        for batch in self._reported(heard, hook):
            chunks = [binary_segmentations.sliding_window[int(index)] for index in batch]
            pooled = self._pool(frames_of(chunks), _masks(segmentations[batch], min_frames))
            embeddings[batch] = pooled[:, :-1]
        embeddings[~is_heard] = pooled[0, -1]
        return embeddings

    def reconstruct(
        self,
        segmentations: SlidingWindowFeature,
        hard_clusters: npt.NDArray[np.int8],
        count: SlidingWindowFeature,
    ) -> SlidingWindowFeature:
        """Return who speaks when, as pyannote does, in a quarter of the memory.

        Args:
            segmentations: (num_chunks, num_frames, num_speakers), who speaks when in each chunk.
            hard_clusters: (num_chunks, num_speakers), who that is; -2 for a silent one.
            count: (total_num_frames, 1), how many speak.
        """
        n_chunks, n_frames, _ = segmentations.data.shape
        n_clusters = int(hard_clusters.max()) + 1
        spoken = np.full((n_chunks, n_frames, n_clusters), np.nan, np.float32)
        for chunk, clusters in enumerate(hard_clusters):
            for cluster in set(clusters[clusters >= 0].tolist()):
                active = segmentations.data[chunk][:, clusters == cluster]
                spoken[chunk, :, cluster] = active.max(axis=1)
        window = segmentations.sliding_window
        return self.to_diarization(SlidingWindowFeature(spoken, window), count)

    def _min_frames(self, segmentations: SlidingWindowFeature) -> int:
        n_samples = segmentations.sliding_window.duration * self._embedding.sample_rate
        n_frames = segmentations.data.shape[1]
        needed: float = n_frames * self._embedding.min_num_samples / n_samples
        return math.ceil(needed)

    def _reported(
        self, heard: npt.NDArray[np.int64], hook: Hook | None
    ) -> Iterator[npt.NDArray[np.int64]]:
        """Cut indices of chunks into batches, and say how many are done."""
        size = CPU_BATCH if self._embedding.device.type == "cpu" else self.embedding_batch_size
        total = math.ceil(len(heard) / size)
        for done in range(total):
            if hook is not None:
                hook("embeddings", None, total=total, completed=done)
            yield heard[done * size : (done + 1) * size]
        if hook is not None:
            hook("embeddings", None, total=total, completed=total)

    def _frames_of(self, file: Any, duration: float) -> Callable[[list[Segment]], torch.Tensor]:
        """Return what computes the frames of some chunks, (batch, ..., frames)."""
        network, device = self._embedding.model_, self._embedding.device

        def crop(stretch: Segment) -> torch.Tensor:
            sound: torch.Tensor = self._audio.crop(file, stretch, mode="pad")[0].to(device)
            return sound

        def alone(chunks: list[Segment]) -> torch.Tensor:
            frames: torch.Tensor = network.forward_frames(torch.stack([crop(c) for c in chunks]))
            return frames

        if not self.shares_frames:
            return torch.inference_mode()(alone)
        shared = SharedFrames(network, crop, duration)
        return lambda chunks: torch.stack([shared.of(chunk) for chunk in chunks])

    def _pool(self, frames: torch.Tensor, weights: Masks) -> npt.NDArray[np.float32]:
        """Pool frames for each speaker: (batch, speakers, dimension)."""
        network, device = self._embedding.model_, self._embedding.device
        with torch.inference_mode():
            pooled = network.forward_embedding(frames, torch.from_numpy(weights).to(device))
        values: npt.NDArray[np.float32] = pooled.cpu().numpy()
        return values


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


def accelerate(pipeline: Any) -> Any:
    """Return the pipeline with the faster `get_embeddings` where its network has the two parts.

    Another pipeline, or one whose embedding network is no WeSpeaker ResNet, stays as it is.
    """
    network = getattr(getattr(pipeline, "_embedding", None), "model_", None)
    if type(pipeline) is SpeakerDiarization and isinstance(network, BaseWeSpeakerResNet):
        fold_batch_norm(network)
        if network.device.type == "cpu":
            network.to(memory_format=torch.channels_last)
        # from_pretrained builds the class that the folder names; this one adds no state to it.
        pipeline.__class__ = FastSpeakerDiarization
        if type(pipeline.clustering) is VBxClustering:
            pipeline.clustering.__class__ = ThinnedClustering
    return pipeline


def fold_batch_norm(network: nn.Module) -> None:
    """Fold each batch norm into the weights of the convolution before it: the same function."""
    for parent in list(network.modules()):
        names = [name for name, _ in parent.named_children()]
        for convolution, norm in _neighbours(parent, names):
            first, second = getattr(parent, convolution), getattr(parent, norm, None)
            if isinstance(first, nn.Conv2d) and isinstance(second, nn.BatchNorm2d):
                setattr(parent, convolution, fuse_conv_bn_eval(first, second))
                setattr(parent, norm, nn.Identity())


def _neighbours(parent: nn.Module, names: list[str]) -> Iterable[tuple[str, str]]:
    """Name what may be a convolution and its norm: neighbours in a sequence, `conv1` and `bn1`."""
    if isinstance(parent, nn.Sequential):
        return pairwise(names)
    return [(name, name.replace("conv", "bn")) for name in names if name.startswith("conv")]
