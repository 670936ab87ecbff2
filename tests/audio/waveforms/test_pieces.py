"""Long recordings are cut where they are quiet."""

import wave
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from audio.waveforms import pieces
from audio.waveforms.pieces import cut_at_silence
from audio.waveforms.waveform import SAMPLE_RATE, load_waveform
from podcast.timeline import Span

Write = Callable[[np.ndarray], Path]


@pytest.fixture(autouse=True)
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "LONGEST", 10)
    monkeypatch.setattr(pieces, "SEARCHED", 4)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(samples: np.ndarray) -> Path:
        path = tmp_path / "a.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
            file.writeframes(samples.astype("<i2").tobytes())
        return path

    return write


def noise(seconds: float) -> np.ndarray:
    random = np.random.default_rng(0)
    return random.integers(-9000, 9000, round(seconds * SAMPLE_RATE))


@pytest.mark.parametrize("seconds", [0.5, 10])
def test_a_short_recording_is_one_piece(write: Write, seconds: float) -> None:
    assert cut_at_silence(write(noise(seconds))) == (Span(0, seconds),)


def test_a_long_one_is_cut_in_its_pauses(write: Write) -> None:
    sound = noise(25)
    for start, end in ((8.0, 8.6), (15.0, 15.4), (3.0, 4.0)):
        sound[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)] //= 100

    found = cut_at_silence(write(sound))

    assert 8.0 < found[0].end < 8.6
    assert 15.0 < found[1].end < 15.4


@pytest.mark.parametrize("seconds", [10.01, 31.7, 100])
def test_the_pieces_are_the_whole_and_none_is_too_long(write: Write, seconds: float) -> None:
    path = write(noise(seconds))

    found = cut_at_silence(path)

    assert found[0].start == 0
    assert found[-1].end == pytest.approx(seconds)
    assert all(before.end == after.start for before, after in pairwise(found))
    assert all(0 < piece.end - piece.start <= 10 for piece in found)
    parts = [load_waveform(path, piece).samples for piece in found]
    np.testing.assert_array_equal(np.concatenate(parts), load_waveform(path).samples)


def test_samples_are_those_of_the_file_over_full_scale(write: Write) -> None:
    sound = noise(130)  # longer than what is read at once

    found = load_waveform(write(sound)).samples

    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, sound.astype(np.float32) / 32_768)
