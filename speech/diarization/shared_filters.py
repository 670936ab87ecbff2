"""The first layer of the segmentation network, applied once to what overlapping chunks share.

The network begins with 80 filters of 251 samples each, which cost more than all that follows.
pyannote's chunks overlap by nine tenths, and each sample goes through the filters ten times. A
filter is linear, so the norm that the network takes of each chunk before can be applied behind it,
and even behind the pooling: the greatest of some absolute values is that of their greatest or of
their least.
"""

from functools import reduce
from typing import Any, NamedTuple

import torch
from pyannote.audio.models.blocks.sincnet import SincNet
from torch import nn
from torch.nn import functional


class Extremes(NamedTuple):
    """The greatest and the least of each pool of frames.

    Attributes:
        greatest: (num_filters, num_pools)
        least: (num_filters, num_pools)
    """

    greatest: torch.Tensor
    least: torch.Tensor


class SharedSincNet(SincNet):  # type: ignore[misc]  # untyped base
    """pyannote's SincNet; the same values where chunks overlap, with less work."""

    def forward(self, waveforms: torch.Tensor) -> torch.Tensor:
        """Return the features of each chunk.

        Args:
            waveforms: (num_chunks, 1, num_samples); where they are a view of one sound in a CPU's
                memory, as pyannote cuts them, the sound is filtered in one pass.

        Returns:
            (num_chunks, num_features, num_frames)
        """
        step = waveforms.stride(0)
        is_view = waveforms.stride(-1) == 1 and 0 < step < waveforms.shape[-1]
        if waveforms.device.type != "cpu" or not is_view or step % self.conv1d[0].stride:
            features: torch.Tensor = super().forward(waveforms)
            return features
        return self._later(self._first(waveforms))

    def _first(self, chunks: torch.Tensor) -> torch.Tensor:
        """Return what is left after the first pooling, (num_chunks, num_filters, num_pools)."""
        filters, stride = self.conv1d[0].get_filters(), self.conv1d[0].stride
        step, n_samples = chunks.stride(0), chunks.shape[-1]
        sound = chunks.as_strided((1, 1, (len(chunks) - 1) * step + n_samples), (1, 1, 1))
        pool = self.pool1d[0].kernel_size
        pooled = _pooled(functional.conv1d(sound, filters, stride=stride)[0], pool)
        n_pools = ((n_samples - filters.shape[-1]) // stride + 1) // pool
        factors, levels = self._norms(sound[0, 0], n_samples, step)
        levels = levels[:, None, None] * filters.sum(dim=-1)
        left = sound.new_empty((len(chunks), len(filters), n_pools))
        for number, (level, factor) in enumerate(zip(levels, factors.tolist(), strict=True)):
            first, phase = divmod(number * step // stride, pool)
            greatest, least = (side[:, first : first + n_pools] for side in pooled[phase])
            above = torch.add(level, greatest, alpha=factor)
            below = torch.sub(-level, least, alpha=factor)
            torch.maximum(above, below, out=left[number])
        return left

    def _norms(
        self, sound: torch.Tensor, n_samples: int, step: int
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return what the norm multiplies each chunk with and what it adds, (num_chunks,) each.

        What follows takes absolute values, so that both may change their sign: no factor is
        negative.
        """
        exact = sound.double()
        sums = functional.pad(torch.stack([exact, exact.square()]).cumsum(-1), (1, 0))
        mean, square = (sums[:, n_samples::step] - sums[:, :-n_samples:step]) / n_samples
        variance = (square - mean.square()).clamp_min(0)
        factors = self.wav_norm1d.weight / torch.sqrt(variance + self.wav_norm1d.eps)
        levels = self.wav_norm1d.bias - factors * mean
        return factors.abs().float(), torch.where(factors < 0, -levels, levels).float()

    def _later(self, features: torch.Tensor) -> torch.Tensor:
        """Take what is left after the first pooling through the other layers."""
        features = functional.leaky_relu_(_normed(features, self.norm1d[0]))
        for conv, pool, norm in zip(self.conv1d[1:], self.pool1d[1:], self.norm1d[1:], strict=True):
            features = functional.leaky_relu_(_normed(pool(conv(features)), norm))
        return features


def _pooled(frames: torch.Tensor, pool: int) -> list[Extremes]:
    """Pool frames from the first on, from the second on and so on: chunks begin at any of them.

    Args:
        frames: (num_filters, num_frames)
        pool: Frames that are pooled into one.
    """
    neighbours = frames.unfold(-1, frames.shape[-1] - pool + 1, 1).unbind(1)
    greatest, least = reduce(torch.maximum, neighbours), reduce(torch.minimum, neighbours)
    return [
        Extremes(greatest[:, phase::pool].contiguous(), least[:, phase::pool].contiguous())
        for phase in range(pool)
    ]


def _normed(features: torch.Tensor, norm: nn.InstanceNorm1d) -> torch.Tensor:
    """Norm each instance as a group for each of its channels: the same, in a fifth of the time."""
    return functional.group_norm(features, norm.num_features, norm.weight, norm.bias, norm.eps)


def share_filters(network: nn.Module) -> None:
    """Let the SincNet of a segmentation network, if it has one, filter overlapping chunks once."""
    sincnet: Any = getattr(network, "sincnet", None)
    if type(sincnet) is SincNet:
        sincnet.__class__ = SharedSincNet
