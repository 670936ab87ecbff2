"""Of a file with several sound tracks the right one is decoded."""

import logging
import wave
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from audio.decoding.decode import decode
from podcast.errors import BadInputError

Encode = Callable[..., None]
Describe = tuple[str, str]
"""A track's language and its disposition."""


@pytest.mark.parametrize("name", ["a.mkv", "a.mp4", "a.ts"])
def test_the_english_track_is_heard(encode: Encode, tmp_path: Path, name: str) -> None:
    sound = tracks(encode, tmp_path / name, [("deu", "default"), ("fra", "0"), ("eng", "0")])

    assert decode(sound, tmp_path / "out.wav").track == 3
    assert pitch(tmp_path / "out.wav") == 600


def test_the_default_track_is_heard_where_no_language_is_named(
    encode: Encode, tmp_path: Path
) -> None:
    sound = tracks(encode, tmp_path / "a.mkv", [("und", "0"), ("und", "default")])

    assert decode(sound, tmp_path / "out.wav").track == 2


@pytest.mark.parametrize("level", [0, 0.0003])
def test_a_silent_track_is_passed_over(encode: Encode, tmp_path: Path, level: float) -> None:
    sound = tracks(
        encode, tmp_path / "a.mkv", [("eng", "default"), ("eng", "0")], volumes=(level, 1)
    )

    assert decode(sound, tmp_path / "out.wav").track == 2
    assert pitch(tmp_path / "out.wav") == 400


def test_the_track_that_was_asked_for_is_heard(encode: Encode, tmp_path: Path) -> None:
    sound = tracks(encode, tmp_path / "a.mkv", [("eng", "default"), ("deu", "0")])

    assert decode(sound, tmp_path / "out.wav", track=2).track == 2
    assert pitch(tmp_path / "out.wav") == 400


def test_a_track_that_is_not_there_is_refused_with_those_that_are(
    encode: Encode, tmp_path: Path
) -> None:
    sound = tracks(encode, tmp_path / "a.mkv", [("eng", "default"), ("deu", "0")])

    with pytest.raises(BadInputError, match=r"no sound track 3.*1 \(eng, mono.*2 \(deu, mono"):
        decode(sound, tmp_path / "out.wav", track=3)

    assert not (tmp_path / "out.wav").exists()


def test_which_track_is_heard_of_which_is_said(
    encode: Encode, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sound = tracks(encode, tmp_path / "a.mkv", [("deu", "default"), ("eng", "0")])

    with caplog.at_level(logging.WARNING):
        decode(sound, tmp_path / "out.wav")

    assert "1 (deu, mono, default); 2 (eng, mono); number 2 is taken" in caplog.text


def test_a_track_that_is_shorter_than_another_is_whole(encode: Encode, tmp_path: Path) -> None:
    sound = tracks(encode, tmp_path / "a.mka", [("eng", "default"), ("deu", "0")], seconds=(3, 20))

    assert not decode(sound, tmp_path / "out.wav").is_partial


def tracks(
    encode: Encode,
    path: Path,
    described: Sequence[Describe],
    volumes: Sequence[float] = (1, 1, 1),
    seconds: Sequence[int] = (3, 3, 3),
) -> Path:
    """Encode tones of 200, 400 and 600 Hz as the tracks of one file."""
    inputs: list[str] = []
    options: list[str] = []
    for number, (language, disposition) in enumerate(described):
        tone = f"sine=frequency={200 * (number + 1)}:d={seconds[number]},volume={volumes[number]}"
        inputs += ["-f", "lavfi", "-i", tone]
        options += ["-map", f"{number}", f"-metadata:s:a:{number}", f"language={language}"]
        options += [f"-disposition:a:{number}", disposition]
    encode(*inputs, *options, "-c:a", "aac", path)
    return path


def pitch(path: Path) -> int:
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")[8_000:40_000]
    return round(float(np.abs(np.fft.rfft(samples)).argmax()) * 16_000 / samples.size / 100) * 100
