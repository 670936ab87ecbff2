"""The filters of the segmentation network, applied once to what overlapping chunks share.

The network begins with 80 filters of 251 samples each, which cost more than all that follows.
pyannote's chunks overlap by nine tenths, and each sample goes through the filters ten times. A
filter is linear, so the norm that the network takes of each chunk before can be applied behind it.
"""

from typing import Any

import torch
from torch import nn
from torch.nn import functional


class SharedFilters(nn.Module):
    """The beginning of a SincNet in one: norm, filters, absolute value and pooling."""

    def __init__(self, norm: Any, encoder: Any, pool: Any) -> None:
        """Take the layers.

        Args:
            norm: An `InstanceNorm1d` of each chunk, with one weight and one bias.
            encoder: An `asteroid_filterbanks.Encoder`.
            pool: A `MaxPool1d`.
        """
        super().__init__()
        self.norm: Any = norm
        self.encoder: Any = encoder
        self.pool: Any = pool

    def forward(self, chunks: torch.Tensor) -> torch.Tensor:
        """Return what is left of each chunk after pooling.

        Args:
            chunks: (num_chunks, 1, num_samples); where they are a view of one sound in a CPU's
                memory, as pyannote cuts them, the sound is filtered in one pass.

        Returns:
            (num_chunks, num_filters, num_frames)
        """
        step = chunks.stride(0)
        is_view = chunks.stride(-1) == 1 and 0 < step < chunks.shape[-1]
        if chunks.device.type == "cpu" and is_view and not step % self.encoder.stride:
            return self._filter_once(chunks, step)
        pooled: torch.Tensor = self.pool(self.encoder(self.norm(chunks)).abs())
        return pooled

    def _filter_once(self, chunks: torch.Tensor, step: int) -> torch.Tensor:
        """Filter a sound whose chunks begin so many samples apart, and norm each chunk after."""
        filters, stride = self.encoder.get_filters(), self.encoder.stride
        n_chunks, _, n_samples = chunks.shape
        sound = chunks.as_strided((1, (n_chunks - 1) * step + n_samples), (1, 1))
        filtered = functional.conv1d(sound, filters, stride=stride)
        n_frames = (n_samples - filters.shape[-1]) // stride + 1
        shared = filtered.unfold(-1, n_frames, step // stride).movedim(1, 0)
        variance, mean = torch.var_mean(chunks, dim=-1, correction=0, keepdim=True)
        scale = self.norm.weight / torch.sqrt(variance + self.norm.eps)
        level = ((self.norm.bias - scale * mean) * filters.sum(dim=-1).T).movedim(1, -1)
        # Chunk by chunk: all of them before they are pooled are more than the caches hold.
        each = zip(level, scale, shared, strict=True)
        return torch.stack([self.pool(torch.addcmul(*parts).abs_()) for parts in each])


def share_filters(network: nn.Module) -> None:
    """Let the SincNet of a segmentation network, if it has one, filter overlapping chunks once."""
    sincnet: Any = getattr(network, "sincnet", None)
    if sincnet is not None and not isinstance(sincnet.conv1d[0], SharedFilters):
        layers = sincnet.wav_norm1d, sincnet.conv1d[0], sincnet.pool1d[0]
        sincnet.conv1d[0] = SharedFilters(*layers)
        sincnet.wav_norm1d, sincnet.pool1d[0] = nn.Identity(), nn.Identity()
