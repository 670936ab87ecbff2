"""A second of the WAV is the second that a player shows."""

import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.decoding.decode import Decoded, decode
from podcast.errors import BadInputError

pytestmark = pytest.mark.slow

Encode = Callable[..., None]
RATE = 16_000
TONE = ("-f", "lavfi", "-i", "sine=frequency=500:sample_rate=48000:d=3")
PICTURES = ("-f", "lavfi", "-i", "testsrc=d=7:s=64x64:r=5")

ALONE = {
    "mka": ("late.mka", "-c:a", "libopus"),
    "webm": ("late.webm", "-c:a", "libvorbis"),
    "m4a with an edit list": ("late.m4a",),
    "mov": ("late.mov", "-c:a", "pcm_s16le"),
    "mp4 in fragments": ("late.mp4", "-movflags", "+frag_keyframe+empty_moov+delay_moov"),
    "opus": ("late.opus", "-c:a", "libopus"),
    "vorbis": ("late.ogg", "-c:a", "libvorbis"),
    "flv": ("late.flv", "-c:a", "aac"),
    "wma": ("late.wma",),
    "nut": ("late.nut",),
}
BESIDE_PICTURES = {
    "mkv": ("late.mkv", "-c:v", "mpeg4", "-c:a", "aac"),
    "mp4": ("late.mp4", "-c:v", "mpeg4", "-c:a", "aac"),
    "ts": ("late.ts", "-c:v", "mpeg2video", "-c:a", "mp2"),
    "ts with aac": ("late.ts", "-c:v", "mpeg2video", "-c:a", "aac"),
    "mpeg": ("late.mpg", "-c:v", "mpeg2video", "-c:a", "mp2"),
}


@pytest.mark.parametrize("options", ALONE.values(), ids=ALONE.keys())
def test_sound_that_starts_late_comes_after_silence(
    encode: Encode, tmp_path: Path, options: tuple[str, ...]
) -> None:
    encode(*TONE, tmp_path / "a.flac")
    name, *codec = options
    encode("-itsoffset", "4", "-i", tmp_path / "a.flac", *codec, tmp_path / name)

    decoded = decode(tmp_path / name, tmp_path / "out.wav")

    assert decoded == Decoded(pytest.approx(7, abs=0.1), is_partial=False)
    assert first_sound(tmp_path / "out.wav") == pytest.approx(4, abs=0.05)


@pytest.mark.parametrize("options", BESIDE_PICTURES.values(), ids=BESIDE_PICTURES.keys())
def test_sound_that_starts_later_than_the_pictures_comes_after_silence(
    encode: Encode, tmp_path: Path, options: tuple[str, ...]
) -> None:
    encode(*TONE, tmp_path / "a.flac")
    name, *codecs = options
    encode(*PICTURES, "-itsoffset", "4", "-i", tmp_path / "a.flac", *codecs, tmp_path / name)

    decoded = decode(tmp_path / name, tmp_path / "out.wav")

    assert decoded == Decoded(pytest.approx(7, abs=0.1), is_partial=False)
    assert first_sound(tmp_path / "out.wav") == pytest.approx(4, abs=0.06)


@pytest.mark.parametrize("name", ["a.mp3", "a.aac", "a.ts", "a.m4a", "a.opus"])
def test_the_delay_of_a_codec_is_no_late_start(encode: Encode, tmp_path: Path, name: str) -> None:
    codec = ("-c:a", "libopus") if name == "a.opus" else ()
    encode(*TONE, *codec, tmp_path / name)

    decode(tmp_path / name, tmp_path / "out.wav")

    assert first_sound(tmp_path / "out.wav") < 0.06


@pytest.mark.parametrize("name", ["gap.mka", "gap.mp4", "gap.nut"])
def test_a_gap_in_the_middle_keeps_the_times_behind_it(
    encode: Encode, tmp_path: Path, name: str
) -> None:
    encode(*TONE, "-af", r"asetpts=PTS+gt(T\,1)*4/TB", "-c:a", "aac", tmp_path / name)

    decoded = decode(tmp_path / name, tmp_path / "out.wav")

    assert decoded.duration == pytest.approx(7, abs=0.1)
    loud = np.abs(read(tmp_path / "out.wav")) > 1000
    assert not loud[round(1.2 * RATE) : round(4.9 * RATE)].any()
    assert loud[round(5.1 * RATE) : round(6.9 * RATE)].any()


@pytest.mark.parametrize("begin", [-1, 1])
def test_a_gap_that_no_podcast_has_is_refused(encode: Encode, tmp_path: Path, begin: int) -> None:
    gap = rf"asetpts=PTS+gt(T\,{begin})*40000/TB"
    encode(*TONE, "-af", gap, "-c:a", "libopus", tmp_path / "a.mka")

    with pytest.raises(BadInputError, match=r"a\.mka has a gap of 40,\d{3} s"):
        decode(tmp_path / "a.mka", tmp_path / "out.wav")

    assert {path.name for path in tmp_path.iterdir()} == {"a.mka"}


def test_longer_gaps_can_be_allowed(encode: Encode, tmp_path: Path) -> None:
    encode(*TONE, "-af", r"asetpts=PTS+gt(T\,1)*700/TB", "-c:a", "libopus", tmp_path / "a.mka")

    decoded = decode(tmp_path / "a.mka", tmp_path / "out.wav", max_silence=1000)

    assert decoded.duration == pytest.approx(703, abs=0.1)


def test_a_broadcast_that_was_joined_midway_begins_with_its_first_sound(
    encode: Encode, tmp_path: Path
) -> None:
    encode(*TONE, tmp_path / "a.flac")
    encode("-itsoffset", "7200", "-i", tmp_path / "a.flac", "-c:a", "libopus", tmp_path / "a.opus")

    decoded = decode(tmp_path / "a.opus", tmp_path / "out.wav")

    assert decoded == Decoded(pytest.approx(3, abs=0.1), is_partial=False)


def read(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(int)


def first_sound(path: Path) -> float:
    """Seconds before the tone."""
    return int((np.abs(read(path)) > 1000).argmax()) / RATE
