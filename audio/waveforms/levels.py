"""How loud speech is, and the same sound at another level. Pure."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from audio.waveforms.waveform import SAMPLE_RATE, Waveform
from podcast.recording import Lift
from podcast.timeline import Interval, Span

SPEECH_LEVEL = 0.1
"""Root mean square of loud speech in a well-levelled recording: -20 dB below full scale."""

FAINTEST = 10 ** (-70 / 20)
"""Below this nobody can be understood however loud it is played: 16 bits hardly hold it."""

FRAME = round(0.03 * SAMPLE_RATE)
LOUD_SHARE = 0.1
"""Share of frames that are loud in speech, of which a level is taken: vowels, not pauses."""

RAMP = round(0.02 * SAMPLE_RATE)
"""Samples over which a gain comes and goes, without a click."""

Samples = npt.NDArray[np.float32]


def level_of(samples: Samples) -> float:
    """Return the root mean square of the loudest tenth of some sound, 0 where there is none."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    if not len(frames):
        return 0.0
    loudness = np.sort(np.sqrt(np.square(frames).mean(axis=1)))
    return float(loudness[-max(1, round(LOUD_SHARE * len(frames))) :].mean())


def cut(samples: Samples, span: Interval) -> Samples:
    """Return a view of the samples of some seconds, as far as there are any."""
    first, stop = (max(0, round(time * SAMPLE_RATE)) for time in (span.start, span.end))
    return samples[first:stop]


def evened(samples: Samples) -> Samples:
    """Return sound as loud as speech is; what is too faint for that stays as it is."""
    level = level_of(samples)
    return samples if level < FAINTEST else amplified(samples, SPEECH_LEVEL / level)


def amplified(samples: Samples, gain: float | Samples) -> Samples:
    """Return louder sound, cut off at full scale."""
    louder: Samples = np.clip(samples * gain, -1.0, 1.0).astype(np.float32)
    return louder


def lifted(waveform: Waveform, lifts: Sequence[Lift], start: float = 0.0) -> Waveform:
    """Return sound whose quiet speech is louder.

    Args:
        waveform: Some part of a recording.
        lifts: Of the recording.
        start: Where the part begins in the recording, in seconds.
    """
    end = start + waveform.duration
    here = [lift for lift in lifts if lift.start < end and lift.end > start]
    if not here:
        return waveform
    samples = waveform.samples.copy()
    for lift in here:
        part = cut(samples, Span(lift.start - start, lift.end - start))
        part[:] = amplified(part, _gains(len(part), lift.gain))
    return Waveform(samples)


def _gains(n_samples: int, gain: float) -> Samples:
    """Return a gain for each sample, which rises from 1 and falls back to it."""
    position = np.arange(n_samples, dtype=np.float32)
    nearest_edge = np.minimum(position, position[::-1])
    gains: Samples = 1 + np.float32(gain - 1) * np.minimum(np.float32(1), nearest_edge / RAMP)
    return gains.astype(np.float32)
