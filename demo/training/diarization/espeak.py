"""Speak text with many voices of espeak-ng, the strangers of the training material.

espeak-ng is a Debian package (``apt-get install espeak-ng``). Its variants differ in formants and
breath; accent, pitch, speed and a resampling on top of them make speakers that are told apart.
"""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from demo.training.voices import SAMPLE_RATE

# Whispers, robots and effects are left out, and so are variants that hardly differ from another.
VARIANTS = (
    "Alicia",
    "Andrea",
    "Andy",
    "Annie",
    "Denis",
    "Diogo",
    "Gene",
    "Gene2",
    "Henrique",
    "Hugo",
    "Jacky",
    "Lee",
    "Marco",
    "Mario",
    "Michael",
    "Mike",
    "Nguyen",
    "steph",
    "steph2",
    "steph3",
    "adam",
    "anika",
    "antonio",
    "belinda",
    "benjamin",
    "boris",
    "caleb",
    "david",
    "ed",
    "edward",
    "edward2",
    "f1",
    "f2",
    "f3",
    "f4",
    "f5",
    "gustave",
    "john",
    "kaukovalta",
    "linda",
    "m1",
    "m2",
    "m3",
    "m4",
    "m5",
    "m6",
    "m7",
    "m8",
    "marcelo",
    "max",
    "michel",
    "miguel",
    "norbert",
    "pablo",
    "paul",
    "pedro",
    "quincy",
    "rob",
    "robert",
    "sandro",
    "victor",
)
ACCENTS = ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-029", "en-us-nyc")

_ESPEAK_RATE = 22050
_WAV_HEADER_BYTES = 44


@dataclass(frozen=True, slots=True)
class EspeakVoice:
    """How espeak-ng speaks.

    Attributes:
        variant: One of ``VARIANTS``.
        accent: One of ``ACCENTS``.
        pitch: 0 to 99.
        speed: Words a minute.
        shift: Factor on every frequency, as of a smaller (above 1) or larger throat.
    """

    variant: str
    accent: str
    pitch: int
    speed: int
    shift: float

    @classmethod
    def draw(cls, rng: np.random.Generator, variant: str) -> "EspeakVoice":
        """Draw the traits of a new voice on the given variant."""
        return cls(
            variant,
            accent=str(rng.choice(ACCENTS)),
            pitch=int(rng.integers(15, 90)),
            speed=int(rng.integers(140, 190)),
            shift=float(rng.uniform(0.86, 1.16)),
        )

    @property
    def name(self) -> str:
        """Name that tells this voice from all others."""
        return f"{self.accent}+{self.variant}-p{self.pitch}-s{self.speed}-x{self.shift:.2f}"


def speak(text: str, voice: EspeakVoice) -> npt.NDArray[np.int16]:
    """Speak a text.

    Returns:
        (n_samples,) int16 at 16 kHz.
    """
    command = [_program(), "-v", f"{voice.accent}+{voice.variant}", "-p", str(voice.pitch)]
    command += ["-s", str(voice.speed), "--stdout", text]
    wav = subprocess.run(command, capture_output=True, check=True).stdout
    # The header of a streamed WAV does not know its own length.
    spoken = np.frombuffer(wav[_WAV_HEADER_BYTES:], dtype="<i2").astype(np.float32)
    return resample(spoken, SAMPLE_RATE / (_ESPEAK_RATE * voice.shift))


def resample(samples: npt.NDArray[np.float32], factor: float) -> npt.NDArray[np.int16]:
    """Stretch a waveform in time by a factor, without its rate: frequencies fall as it grows."""
    stretched = resample_poly(samples, round(320 * factor), 320)
    return np.asarray(np.clip(stretched, -32767, 32767), dtype=np.int16)


@cache
def _program() -> str:
    program = shutil.which("espeak-ng")
    if program is None:
        message = "espeak-ng was not found; install Debian's espeak-ng"
        raise RuntimeError(message)
    return program
