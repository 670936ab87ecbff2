"""The input of the embedding network, computed once for what overlapping chunks share.

A frame of mel features is made of 25 ms of sound and of nothing else. pyannote's chunks overlap by
nine tenths, and each frame is computed ten times; of a small network that is half of the work.
"""

from typing import Any

import torch

WINDOW = 3_000
"""Frames computed at once, half a minute: what lies in between is thirteen times as large."""

FULL_SCALE = 1 << 15
"""What the loudest sample is to the network."""


class SharedFbank:
    """The features of one sound, each frame computed once."""

    def __init__(self, network: Any, sound: torch.Tensor) -> None:
        """Compute them.

        Args:
            network: A WeSpeaker ResNet for which `can_share_fbank` is true.
            sound: (1, num_samples), where the network is.
        """
        options = network.hparams
        self._length, self._hop = _samples(options, options.frame_length), _hop(options)
        n_frames = self._count(sound.shape[-1])
        stretches = (
            sound[:, first * self._hop : (first + WINDOW - 1) * self._hop + self._length]
            for first in range(0, n_frames, WINDOW)
        )
        fbank = network._fbank  # noqa: SLF001  compute_fbank would centre the whole sound
        self._frames = torch.cat([fbank(stretch * FULL_SCALE) for stretch in stretches])

    def of(self, start: int, n_samples: int) -> torch.Tensor:
        """Return the features of a chunk, centred for the network: (num_frames, num_mels).

        Args:
            start: Its first sample.
            n_samples: Its length.
        """
        first = start // self._hop
        frames = self._frames[first : first + self._count(n_samples)]
        return frames - frames.mean(dim=0, keepdim=True)

    def _count(self, n_samples: int) -> int:
        return 1 + (n_samples - self._length) // self._hop


def can_share_fbank(network: Any, step: int) -> bool:
    """Return whether chunks that begin so many samples apart are made of the same frames."""
    options = network.hparams
    is_plain = options.snip_edges and not options.dither and options.fbank_centering_span is None
    return bool(is_plain and step % _hop(options) == 0)


def _hop(options: Any) -> int:
    return _samples(options, options.frame_shift)


def _samples(options: Any, milliseconds: float) -> int:
    return int(options.sample_rate * milliseconds * 0.001)
