"""Compute Whisper's input features, in two steps so that sounds can be mixed between them.

Power adds when sounds are mixed, logarithms do not: clips are kept as mel power, windows are
mixed from it, and only then compressed as Whisper wants it.
"""

from functools import cache

import numpy as np
import numpy.typing as npt
import torch
from faster_whisper.feature_extractor import FeatureExtractor

N_MELS = 80
FRAME_RATE = 100  # mel frames a second
POSITION_RATE = 50  # encoder positions a second: its second convolution halves the frames

_WINDOW_LENGTH = 400
_HOP_LENGTH = 160
_SMALLEST_POWER = 1e-10
_DYNAMIC_RANGE = 8.0

Array = npt.NDArray[np.float32]


def mel_power(samples: Array) -> Array:
    """Return the power in each mel band.

    Args:
        samples: (n_samples,) float32 at 16 kHz.

    Returns:
        (frames, 80) float32, 100 frames a second.
    """
    padded = torch.nn.functional.pad(torch.from_numpy(samples), (0, _HOP_LENGTH))
    spectrum = torch.stft(padded, _WINDOW_LENGTH, _HOP_LENGTH, window=_hann(), return_complex=True)
    power = _filters() @ spectrum[:, :-1].abs().square()
    return np.asarray(power.T.contiguous().numpy(), dtype=np.float32)


def log_mel(power: Array) -> Array:
    """Return mel power as Whisper's features, of the same shape."""
    logarithm = np.log10(np.maximum(power, _SMALLEST_POWER))
    clipped = np.maximum(logarithm, logarithm.max() - _DYNAMIC_RANGE)
    return np.asarray((clipped + 4) / 4, dtype=np.float32)


@cache
def band_widths() -> Array:
    """Return the power of white noise in each mel band, (80,), 1 in the widest."""
    widths = _filters().sum(1)
    return np.asarray((widths / widths.max()).numpy(), dtype=np.float32)


@cache
def _filters() -> torch.Tensor:
    # The very filters that the product's recogniser uses.
    return torch.from_numpy(np.asarray(FeatureExtractor().mel_filters, dtype=np.float32))


@cache
def _hann() -> torch.Tensor:
    return torch.hann_window(_WINDOW_LENGTH)
