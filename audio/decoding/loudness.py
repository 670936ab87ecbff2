"""How loud a decoded recording is, asked of pydub one minute at a time."""

import math
import wave
from collections.abc import Iterator
from pathlib import Path

from audio.decoding.sound import AudioSegment

SILENCE_DBFS = -60.0
"""A recording whose loudest sample is below this holds nothing that could be understood."""

_BLOCK = 60
"""Seconds in memory at once."""


def peak_dbfs(path: Path) -> float:
    """Return the loudest sample of a decoded recording in dB below full scale.

    Digital silence is minus infinity, full scale is 0.
    """
    return max((float(block.max_dBFS) for block in _blocks(path)), default=-math.inf)


def is_silent(path: Path) -> bool:
    """Say whether a decoded recording holds no sound worth recognising."""
    return peak_dbfs(path) < SILENCE_DBFS


def _blocks(path: Path) -> Iterator[AudioSegment]:
    with wave.open(str(path), "rb") as file:
        rate, width, channels = file.getframerate(), file.getsampwidth(), file.getnchannels()
        while data := file.readframes(_BLOCK * rate):
            yield AudioSegment(data=data, sample_width=width, frame_rate=rate, channels=channels)
