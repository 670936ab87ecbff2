"""Whatever ffmpeg reads becomes mono, 16-bit, 16 kHz."""

import os
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.decoding.decode import Decoded, decode

ROOT = Path(__file__).resolve().parents[3]
MakeSound = Callable[..., Path]
Encode = Callable[..., None]

FORMATS = {
    "mp3": ("a.mp3",),
    "mp3 of variable bit rate": ("a.mp3", "-q:a", "6"),
    "mp3 without a length in its header": ("a.mp3", "-write_xing", "0"),
    "m4a": ("a.m4a",),
    "m4a with its index in front": ("a.m4a", "-movflags", "+faststart"),
    "m4a in fragments": ("a.m4a", "-movflags", "+frag_keyframe+empty_moov"),
    "raw aac": ("a.aac",),
    "opus": ("a.opus", "-c:a", "libopus"),
    "vorbis": ("a.ogg", "-c:a", "libvorbis"),
    "flac": ("a.flac",),
    "alac": ("a.m4a", "-c:a", "alac"),
    "wma": ("a.wma",),
    "aiff": ("a.aiff",),
    "webm": ("a.webm",),
    "ac3 surround": ("a.ac3", "-ac", "6"),
    "8-bit wav": ("a.wav", "-c:a", "pcm_u8"),
    "8-bit wav at 8 kHz": ("a.wav", "-c:a", "pcm_u8", "-ar", "8000"),
    "24-bit wav at 96 kHz": ("a.wav", "-c:a", "pcm_s24le", "-ar", "96000"),
    "float wav": ("a.wav", "-c:a", "pcm_f32le"),
    "double wav": ("a.wav", "-c:a", "pcm_f64le"),
    "telephone wav": ("a.wav", "-c:a", "pcm_alaw", "-ar", "8000"),
    "stereo wav": ("a.wav", "-ac", "2"),
    "7.1 wav": ("a.wav", "-af", "aformat=channel_layouts=7.1"),
    "7.1 flac": ("a.flac", "-af", "aformat=channel_layouts=7.1"),
    "mp3 named wav": ("a.wav", "-f", "mp3"),
    "no suffix": ("sound", "-f", "ogg"),
    "name with spaces, quotes and a colon": ('it\'s a: "b" %d.mp3',),
}


@pytest.mark.parametrize("options", FORMATS.values(), ids=FORMATS.keys())
def test_every_container_and_codec_becomes_the_same_kind_of_wav(
    make_sound: MakeSound, tmp_path: Path, options: tuple[str, ...]
) -> None:
    target = tmp_path / "out" / "sound.wav"

    decoded = decode(make_sound(*options), target)

    assert decoded == Decoded(pytest.approx(3, abs=0.1), is_partial=False)
    assert read_wav(target).size == round(decoded.duration * 16_000)
    assert pitch(target) == pytest.approx(440, abs=2)


def test_a_decoded_wav_loads_as_a_waveform_of_the_same_duration(
    make_sound: MakeSound, tmp_path: Path
) -> None:
    from audio.waveforms.waveform import load_waveform

    decoded = decode(make_sound("a.flac"), tmp_path / "out.wav")

    assert load_waveform(tmp_path / "out.wav").duration == decoded.duration


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv"])
def test_the_first_sound_track_of_a_video_is_used(
    encode: Encode, tmp_path: Path, name: str
) -> None:
    encode(
        *lavfi("testsrc=d=3:s=64x64:r=10"), *lavfi("sine=frequency=440:d=3"),
        *lavfi("sine=frequency=880:d=3"), "-map", "0", "-map", "1", "-map", "2",
        "-c:v", "mpeg4", "-c:a", "aac", tmp_path / name,
    )  # fmt: skip

    decoded = decode(tmp_path / name, tmp_path / "out.wav")

    assert decoded == Decoded(pytest.approx(3, abs=0.1), is_partial=False)
    assert pitch(tmp_path / "out.wav") == pytest.approx(440, abs=2)


def test_a_video_that_goes_on_after_its_sound_is_whole(encode: Encode, tmp_path: Path) -> None:
    encode(
        *lavfi("testsrc=d=9:s=64x64:r=10"), *lavfi("sine=d=3"),
        "-c:v", "mpeg4", "-c:a", "aac", tmp_path / "a.mp4",
    )  # fmt: skip

    decoded = decode(tmp_path / "a.mp4", tmp_path / "out.wav")

    assert decoded == Decoded(pytest.approx(3, abs=0.1), is_partial=False)


def test_cover_art_is_no_video(make_sound: MakeSound, encode: Encode, tmp_path: Path) -> None:
    encode(*lavfi("testsrc=d=1:s=64x64"), "-frames:v", "1", tmp_path / "cover.png")
    encode(
        "-i", make_sound("a.mp3"), "-i", tmp_path / "cover.png", "-map", "0", "-map", "1",
        "-c", "copy", "-disposition:v", "attached_pic", tmp_path / "b.mp3",
    )  # fmt: skip

    decoded = decode(tmp_path / "b.mp3", tmp_path / "out.wav")

    assert decoded == Decoded(pytest.approx(3, abs=0.1), is_partial=False)


@pytest.mark.parametrize("name", ["a.flac", "a.mp3"])
def test_channels_that_cancel_each_other_out_are_not_mixed(
    make_sound: MakeSound, tmp_path: Path, name: str
) -> None:
    sound = make_sound(name, "-af", "pan=stereo|c0=c0|c1=-1*c0")

    decode(sound, tmp_path / "out.wav")

    assert np.abs(read_wav(tmp_path / "out.wav")).max() > 3000
    assert pitch(tmp_path / "out.wav") == pytest.approx(440, abs=2)


def test_a_quiet_speaker_on_the_second_channel_is_not_lost(
    make_sound: MakeSound, tmp_path: Path
) -> None:
    sound = make_sound("a.flac", "-af", "volume=-30dB,pan=stereo|c0=0*c0|c1=c0")

    decode(sound, tmp_path / "out.wav")

    assert np.abs(read_wav(tmp_path / "out.wav")).max() > 20


def test_sound_that_starts_late_keeps_its_place(
    make_sound: MakeSound, encode: Encode, tmp_path: Path
) -> None:
    sound = make_sound("a.flac")
    encode(
        *lavfi("testsrc=d=5:s=64x64:r=10"), "-itsoffset", "2", "-i", sound,
        "-c:v", "mpeg4", "-c:a", "flac", tmp_path / "late.mkv",
    )  # fmt: skip

    decoded = decode(tmp_path / "late.mkv", tmp_path / "out.wav")

    samples = read_wav(tmp_path / "out.wav")
    assert decoded.duration == pytest.approx(5, abs=0.1)
    assert not samples[: int(1.9 * 16_000)].any()
    assert samples[int(2.1 * 16_000) :].any()


def test_two_recordings_in_one_mp3_are_both_decoded(make_sound: MakeSound, tmp_path: Path) -> None:
    first, second = make_sound("a.mp3"), make_sound("b.mp3", seconds=20)
    joined = tmp_path / "joined.mp3"
    joined.write_bytes(first.read_bytes() + second.read_bytes())

    decoded = decode(joined, tmp_path / "out.wav")

    assert decoded == Decoded(pytest.approx(23, abs=0.2), is_partial=False)


def test_damage_in_the_middle_does_not_move_what_follows(
    make_sound: MakeSound, tmp_path: Path
) -> None:
    damaged = bytearray(make_sound("a.m4a", seconds=10).read_bytes())
    middle = len(damaged) // 2
    damaged[middle : middle + 3000] = bytes(3000)
    (tmp_path / "b.m4a").write_bytes(damaged)

    decoded = decode(tmp_path / "b.m4a", tmp_path / "out.wav")

    assert decoded == Decoded(pytest.approx(10, abs=0.05), is_partial=False)


def test_a_wav_that_was_written_to_a_pipe_is_whole(make_sound: MakeSound, tmp_path: Path) -> None:
    content = bytearray(make_sound("a.wav").read_bytes())
    place = content.index(b"data") + 4
    content[place : place + 4] = b"\xff\xff\xff\xff"
    (tmp_path / "b.wav").write_bytes(content)

    decoded = decode(tmp_path / "b.wav", tmp_path / "out.wav")

    assert decoded == Decoded(pytest.approx(3, abs=0.1), is_partial=False)


def test_a_wav_that_counts_its_header_as_sound_is_whole(
    make_sound: MakeSound, tmp_path: Path
) -> None:
    content = bytearray(make_sound("a.wav").read_bytes())
    place = content.index(b"data") + 4
    content[place : place + 4] = len(content).to_bytes(4, "little")
    (tmp_path / "b.wav").write_bytes(content)

    assert not decode(tmp_path / "b.wav", tmp_path / "out.wav").is_partial


@pytest.mark.slow
def test_memory_does_not_grow_with_the_recording(make_sound: MakeSound, tmp_path: Path) -> None:
    short = memory_mb(make_sound("short.wav", "-ac", "2"), tmp_path)
    long = memory_mb(make_sound("long.wav", "-ac", "2", seconds=600), tmp_path)

    assert long < short + 10  # the file has 106 MB


def test_decoding_replaces_an_older_result(make_sound: MakeSound, tmp_path: Path) -> None:
    target = tmp_path / "out.wav"
    target.write_text("old")

    decode(make_sound("a.mp3"), target)

    assert read_wav(target).size
    assert {path.name for path in tmp_path.iterdir()} == {"a.mp3", "out.wav"}


def test_a_source_may_be_its_own_target(make_sound: MakeSound) -> None:
    sound = make_sound("a.wav")

    decoded = decode(sound, sound)

    assert read_wav(sound).size == round(decoded.duration * 16_000)


def memory_mb(sound: Path, folder: Path) -> float:
    """Return the most memory that a process which decodes a file had, ffmpeg's included."""
    program = (
        "import resource, sys; from pathlib import Path; from audio.decoding.decode import decode;"
        "decode(Path(sys.argv[1]), Path(sys.argv[2]));"
        "print(sum(resource.getrusage(who).ru_maxrss for who in"
        "          (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
    )
    command = [sys.executable, "-c", program, str(sound), str(folder / "out.wav")]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return int(subprocess.check_output(command, env=environment, timeout=120)) / 1024


def lavfi(graph: str) -> tuple[str, ...]:
    return ("-f", "lavfi", "-i", graph)


def read_wav(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        assert file.getparams()[:3] == (1, 2, 16_000)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


def pitch(path: Path) -> float:
    samples = read_wav(path)[8_000:40_000].astype(float)
    return float(np.abs(np.fft.rfft(samples)).argmax()) * 16_000 / samples.size
