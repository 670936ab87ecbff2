"""Frames of the embedding network for a whole recording, where overlapping chunks share them.

pyannote's chunks of ten seconds begin one second apart, so each second of sound goes through the
network ten times. Here it goes through once, in windows that are longer than a chunk. The frames
are not quite the same: the network takes the mean of its window off the sound's features, and near
the ends of a window it sees less; and a device that computes in bfloat16 does so. Off unless
`DiarizationOptions.shares_frames` asks for it.
"""

from collections.abc import Callable
from typing import Any

import torch
from pyannote.core import Segment

WINDOW = 20.0
"""Seconds. Longer ones fall out of a CPU's caches."""
MARGIN = 1.0
"""Seconds heard on either side of a window, whose frames are not used."""
FBANK_HOP = 0.01
"""Seconds between two frames of the network's input."""


Forward = Callable[[torch.Tensor], torch.Tensor]
"""Takes (1, 1, samples) to (1, ..., frames)."""


class SharedFrames:
    """The frames of one recording, as its chunks ask for them from first to last."""

    def __init__(
        self, forward: Forward, crop: Callable[[Segment], torch.Tensor], chunk: float
    ) -> None:
        """Begin a recording.

        Args:
            forward: The network's; see `forward_in`.
            crop: Returns a stretch of the sound where the network is, (1, samples), with silence
                beyond the ends of the sound.
            chunk: Seconds of a chunk.
        """
        self._forward = forward
        self._crop = crop
        self._n_frames = self._heard(Segment(0.0, chunk)).shape[-1]
        per_frame = WINDOW / self._heard(Segment(0.0, WINDOW)).shape[-1]
        self._hop = FBANK_HOP * round(per_frame / FBANK_HOP)
        self._first = 0
        self._frames: torch.Tensor | None = None

    def of(self, chunk: Segment) -> torch.Tensor:
        """Return the frames of a chunk, (..., frames); no later chunk may begin before it."""
        first = round(chunk.start / self._hop)
        last = first + self._n_frames
        if self._frames is not None and first < self._first + self._frames.shape[-1]:
            self._frames = self._frames[..., first - self._first :]
        else:
            self._frames = self._window(first)
        self._first = first
        while (end := first + self._frames.shape[-1]) < last:
            self._frames = torch.cat([self._frames, self._window(end)], dim=-1)
        return self._frames[..., : self._n_frames]

    def _window(self, first: int) -> torch.Tensor:
        margin = round(MARGIN / self._hop)
        n_frames = round(WINDOW / self._hop)
        start, end = first - margin, first + n_frames + margin
        heard = self._heard(Segment(start * self._hop, end * self._hop))
        return heard[..., margin : margin + n_frames]

    def _heard(self, stretch: Segment) -> torch.Tensor:
        with torch.inference_mode():
            return self._forward(self._crop(stretch)[None])[0]


def forward_in(network: Any, dtype: torch.dtype) -> Forward:
    """Return what takes sound through a WeSpeaker ResNet to its frames, which are float32.

    Args:
        network: Its features of the sound are computed in float32 in any case: they are logarithms
            of energies.
        dtype: Of the convolutions.
    """
    if dtype == torch.float32:
        exact: Forward = network.forward_frames
        return exact

    def forward(sound: torch.Tensor) -> torch.Tensor:
        features = network.compute_fbank(sound)
        with torch.autocast(features.device.type, dtype):
            frames: torch.Tensor = network.resnet.forward_frames(features)
        return frames.float()

    return forward


def fastest_dtype(device: torch.device) -> torch.dtype:
    """Return bfloat16 for a device that computes in it; where it is emulated, it is slower."""
    if device.type == "cuda":
        is_native = torch.cuda.is_bf16_supported(including_emulation=False)
    else:
        has_it = torch.cpu._is_avx512_bf16_supported  # noqa: SLF001  it has no other name
        is_native = device.type == "cpu" and has_it()
    return torch.bfloat16 if is_native else torch.float32
