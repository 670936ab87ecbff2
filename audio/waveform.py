"""Samples in memory, in the one form that every model of ours takes."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from audio.sound import AudioSegment

SAMPLE_RATE = 16_000
"""Samples a second of every waveform."""

FULL_SCALE = 32_768


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


def load_waveform(path: Path) -> Waveform:
    """Load a decoded recording (mono, 16-bit, 16 kHz WAV) into memory."""
    with path.open("rb") as file:  # pydub leaves a file open that it opened itself
        sound = AudioSegment.from_wav(file)
    samples = np.frombuffer(sound.raw_data, dtype="<i2").astype(np.float32)
    samples /= FULL_SCALE
    return Waveform(samples)
