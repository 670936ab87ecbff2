"""Loudness is asked of the decoded file, in little memory."""

import math
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.decoding.decode import decode
from audio.decoding.loudness import is_silent, peak_dbfs


@pytest.fixture
def write_wav(tmp_path: Path) -> Callable[[np.ndarray], Path]:
    def write(samples: np.ndarray) -> Path:
        with wave.open(str(tmp_path / "a.wav"), "wb") as file:
            file.setparams((1, 2, 16_000, 0, "NONE", ""))
            file.writeframes(samples.astype("<i2").tobytes())
        return tmp_path / "a.wav"

    return write


def test_digital_silence_is_infinitely_quiet(write_wav: Callable[[np.ndarray], Path]) -> None:
    path = write_wav(np.zeros(16_000))

    assert peak_dbfs(path) == -math.inf
    assert is_silent(path)


def test_a_file_of_no_samples_is_silent(write_wav: Callable[[np.ndarray], Path]) -> None:
    assert is_silent(write_wav(np.zeros(0)))


def test_half_of_full_scale_is_six_decibels_down(
    write_wav: Callable[[np.ndarray], Path],
) -> None:
    assert peak_dbfs(write_wav(np.full(100, -16_384))) == pytest.approx(-6.02, abs=0.01)


def test_one_loud_moment_after_minutes_of_silence_counts(
    write_wav: Callable[[np.ndarray], Path],
) -> None:
    samples = np.zeros(16_000 * 150)
    samples[-10] = 20_000

    assert not is_silent(write_wav(samples))


def test_the_faint_noise_of_encoded_silence_is_silence(
    encode: Callable[..., None], tmp_path: Path
) -> None:
    encode("-f", "lavfi", "-i", "anullsrc=d=3", "-b:a", "32k", tmp_path / "a.mp3")
    decode(tmp_path / "a.mp3", tmp_path / "a.wav")

    assert is_silent(tmp_path / "a.wav")


def test_a_quiet_tone_is_no_silence(make_sound: Callable[..., Path], tmp_path: Path) -> None:
    decode(make_sound("a.flac", "-af", "volume=-30dB"), tmp_path / "a.wav")

    assert not is_silent(tmp_path / "a.wav")
