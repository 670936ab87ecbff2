"""Sounds as users have them, where these lie beside the checkout."""

import wave
from pathlib import Path

import numpy as np
import pytest

from audio.decoding.decode import decode

CASES = Path(__file__).resolve().parents[4] / "shared" / "audio" / "cases"
RATE = 16_000
DURATIONS = {
    "dai_12.mp3": 46.30,
    "dai_small.mp3": 19.46,
    "chained_ms.opus": 22.0,
    "late.ts": 15.06,
    "webm_late.webm": 41.0,
    "tracks.mkv": 11.06,
    "poly6_ch4.flac": 11.0,
    "poly6_host1_guest4.flac": 19.4,
    "cover_bad.mp3": 35.23,
}

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the sounds are not here")


@pytest.mark.parametrize(("name", "seconds"), DURATIONS.items())
def test_the_whole_sound_is_there(tmp_path: Path, name: str, seconds: float) -> None:
    decoded = decode(CASES / name, tmp_path / "out.wav")

    assert decoded.duration == pytest.approx(seconds, abs=0.05)
    assert not decoded.is_partial


@pytest.mark.parametrize(("name", "late"), [("late.ts", 4.06), ("webm_late.webm", 30.0)])
def test_a_late_start_is_silent(tmp_path: Path, name: str, late: float) -> None:
    samples = heard(CASES / name, tmp_path)

    assert not samples[: round((late - 0.05) * RATE)].any()
    assert samples[round(late * RATE) : round((late + 1) * RATE)].any()


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [("poly6_ch4.flac", 0, 11), ("poly6_host1_guest4.flac", 9, 19), ("part_inverted.flac", 30, 46)],
)
def test_everybody_is_loud_enough(tmp_path: Path, name: str, start: int, end: int) -> None:
    samples = heard(CASES / name, tmp_path)[start * RATE : end * RATE].astype(float)

    assert np.sqrt((samples**2).mean()) > 32768 * 10 ** (-45 / 20)


def heard(path: Path, folder: Path) -> np.ndarray:
    decode(path, folder / "out.wav")
    with wave.open(str(folder / "out.wav")) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")
