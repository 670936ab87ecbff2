"""Samples in memory, in the one form that every model of ours takes."""

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from podcast.timeline import Span

SAMPLE_RATE = 16_000
"""Samples a second of every waveform."""

FULL_SCALE = 32_768

_BLOCK = 60 * SAMPLE_RATE
"""Samples that are read at once: a recording of hours is in memory once, not three times."""


@dataclass(frozen=True, slots=True, eq=False)
class Waveform:
    """Mono sound.

    Attributes:
        samples: `(n_samples,)` float32 at 16 kHz, -1 to 1.
    """

    samples: npt.NDArray[np.float32]

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.samples) / SAMPLE_RATE


def load_waveform(path: Path, span: Span | None = None) -> Waveform:
    """Load a decoded recording (mono, 16-bit, 16 kHz WAV) into memory.

    Args:
        path: The recording.
        span: The part to load; None loads all of it.
    """
    with wave.open(str(path), "rb") as file:
        first, end = 0, file.getnframes()
        if span is not None:
            first, end = round(span.start * SAMPLE_RATE), min(end, round(span.end * SAMPLE_RATE))
        file.setpos(first)
        samples = np.empty(end - first, np.float32)
        for start in range(0, len(samples), _BLOCK):
            block = samples[start : start + _BLOCK]
            block[:] = samples_of(file.readframes(len(block)))
    return Waveform(samples)


def samples_of(data: bytes) -> npt.NDArray[np.float32]:
    """Return 16-bit samples as they lie in a WAV file as float32, -1 to 1."""
    samples = np.frombuffer(data, "<i2").astype(np.float32)
    samples /= FULL_SCALE
    return samples
