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
from pyannote.core import SlidingWindowFeature
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

Hook = Callable[..., None]
Masks = npt.NDArray[np.float32]

CPU_BATCH = 2
"""Chunks in one pass on a CPU: more fall out of its caches. A GPU takes what the folder says."""


class FastSpeakerDiarization(SpeakerDiarization):  # type: ignore[misc]  # untyped base
    """pyannote's pipeline; `get_embeddings` gives the same values with less work."""

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
        masks = self._masks(binary_segmentations, exclude_overlap)
        n_chunks, n_speakers, n_frames = masks.shape
        embeddings = np.empty((n_chunks, n_speakers, self._embedding.dimension), np.float32)
        silence = np.zeros((n_chunks, 1, n_frames), np.float32)
        weights = np.concatenate([masks, silence], axis=1)
        # One chunk is heard in any case: it says what silence is.
        heard = np.flatnonzero(masks.any(axis=(1, 2))) if masks.any() else np.zeros(1, np.int64)
        for batch in self._reported(heard, hook):
            chunks = [binary_segmentations.sliding_window[int(index)] for index in batch]
            pooled = self._embed(file, chunks, weights[batch])
            embeddings[batch] = pooled[:, :-1]
        embeddings[~masks.any(axis=2)] = pooled[0, -1]
        return embeddings

    def _masks(self, segmentations: SlidingWindowFeature, exclude_overlap: bool) -> Masks:
        """Choose the frames as pyannote does: (num_chunks, num_speakers, num_frames)."""
        active = np.nan_to_num(segmentations.data, nan=0.0).astype(np.float32)
        if exclude_overlap:
            alone = np.sum(segmentations.data, axis=2, keepdims=True) < 2  # noqa: PLR2004  two talk
            clean = np.where(alone, active, np.float32(0.0))
            is_enough = clean.sum(axis=1, keepdims=True) > self._min_frames(segmentations)
            active = np.where(is_enough, clean, active)
        return np.ascontiguousarray(active.transpose(0, 2, 1))

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

    def _embed(self, file: Any, chunks: list[Any], weights: Masks) -> npt.NDArray[np.float32]:
        """Embed (chunk, speaker), as (batch, speakers, dimension), in one pass."""
        network, device = self._embedding.model_, self._embedding.device
        waveforms = [self._audio.crop(file, chunk, mode="pad")[0] for chunk in chunks]
        with torch.inference_mode():
            frames = network.forward_frames(torch.stack(waveforms).to(device))
            pooled = network.forward_embedding(frames, torch.from_numpy(weights).to(device))
        values: npt.NDArray[np.float32] = pooled.cpu().numpy()
        return values


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
