"""Mix all channels of a recording into one, so that everybody is heard. Pure."""

import re
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from audio.decoding.matroska import Block
from audio.waveforms.waveform import SAMPLE_RATE

Samples = NDArray[np.int16]
Mono = NDArray[np.float32]
Channels = NDArray[np.float32]
"""(channel, time), float32, as large as 16-bit samples are."""

_BATCH = 10 * SAMPLE_RATE
"""Samples that are mixed at once."""
_STEP = SAMPLE_RATE // 10
"""Samples over which channels are compared."""
_CANCELLED = 0.4
"""Of the louder channel's energy: less than this is left of a sum only if the channels cancel."""
_NEIGHBOURS = np.ones(5)
"""Steps around one in which channels cancel are taken to do so, too: voices begin in between."""

_SURROUND = re.compile(r"[567]\.1\b")
_FRONT, _REAR, _DEEP = 0.7, 0.5, 3
_BASS_SLOPE = 0.07
"""How much samples differ from the next, by how large they are: as in a tone of 180 Hz."""
_FAINT = 3.0
"""Root mean square of the samples of a channel that nothing is connected to."""


def mix(blocks: Iterable[Block], layout: str) -> Iterator[Samples]:
    """Mix 16-bit samples down to one channel.

    Args:
        blocks: All with the same number of channels.
        layout: ffmpeg's name of the channels; it is not believed where the sound says otherwise.

    Yields:
        Samples (time,), ten seconds at a time.
    """
    mixer = _Mixer(is_surround=bool(_SURROUND.match(layout)))
    held, n_held = [], 0
    for block in blocks:
        held.append(block.data)
        n_held += len(block.data) // (2 * block.n_channels)
        if n_held >= _BATCH:
            yield mixer.mix(held, block.n_channels)
            held, n_held = [], 0
    if held:
        yield mixer.mix(held, block.n_channels)


class _Mixer:
    """Mixes batch after batch, and remembers what it found out about the channels."""

    def __init__(self, *, is_surround: bool) -> None:
        self._is_surround = is_surround
        self._louder: int | None = None
        self._is_used: NDArray[np.bool_] | np.bool_ = np.False_

    def mix(self, data: list[bytes], n_channels: int) -> Samples:
        interleaved: Samples = np.frombuffer(b"".join(data), "<i2")
        if n_channels == 1:
            return interleaved
        channels = np.ascontiguousarray(interleaved.reshape(-1, n_channels).T, np.float32)
        is_stereo = n_channels == 2  # noqa: PLR2004  that is what stereo is
        mixed = self._mix_stereo(channels) if is_stereo else self._weights(channels) @ channels
        samples: Samples = np.rint(mixed).clip(-32768, 32767).astype(np.int16)
        return samples

    def _mix_stereo(self, channels: Channels) -> Mono:
        """Take the mean, but one channel alone where one is the other upside down."""
        mean: Mono = channels.mean(axis=0)
        energies = np.stack([_energies(channel) for channel in channels])
        is_lost = 4 * _energies(mean) < _CANCELLED * energies.max(axis=0)
        if not is_lost.any():
            return mean
        if self._louder is None:
            self._louder = int(energies[:, is_lost].sum(axis=1).argmax())
        is_near = np.convolve(is_lost, _NEIGHBOURS, "same") > 0
        is_alone = np.repeat(is_near, _STEP)[: mean.size]
        mixed: Mono = np.where(is_alone, channels[self._louder], mean)
        return mixed

    def _weights(self, channels: Channels) -> Mono:
        """Weigh all alike, as the microphones of a recorder; in surround sound as players do.

        A recorder's file of six channels looks like surround sound, but for its fourth: speech
        there shows that it is no loudspeaker for the bass.
        """
        levels = np.sqrt(np.square(channels).mean(axis=1))
        self._is_used |= levels > _FAINT
        self._is_surround = self._is_surround and _is_bass(channels[_DEEP], levels[_DEEP])
        weights = np.full(len(channels), _REAR if self._is_surround else 1.0, np.float32)
        if self._is_surround:
            weights[:4] = _FRONT, _FRONT, 1.0, 0.0
        weights /= float(weights[self._is_used].sum()) or 1.0
        return weights


def _is_bass(channel: Mono, level: float) -> bool:
    slope = np.sqrt(np.square(np.diff(channel)).mean())
    return bool(level < _FAINT or slope < _BASS_SLOPE * level)


def _energies(channel: Mono) -> Mono:
    """Return the energy of each step."""
    energies: Mono = np.add.reduceat(np.square(channel), np.arange(0, channel.size, _STEP))
    return energies
