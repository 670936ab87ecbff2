"""Recordings that were joined to one file: nothing is lost, and every time is right."""

import subprocess
import wave
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pytest

from audio.decoding.decode import Decoded, decode
from audio.decoding.ffmpeg import find_ffmpeg
from audio.decoding.splices import open_parts

pytestmark = pytest.mark.slow

Encode = Callable[..., None]
Part = tuple[str, ...]
RATE = 16_000
PITCHES = (500, 900, 1400)

MP3 = ("-write_xing", "0", "-id3v2_version", "0", "-f", "mp3")
TAGGED = ("-id3v2_version", "0", "-f", "mp3")
ADTS = ("-c:a", "aac", "-f", "adts")
OPUS = ("-c:a", "libopus", "-f", "ogg")
VORBIS = ("-c:a", "libvorbis", "-f", "ogg")
JOINED: dict[str, tuple[Part, ...]] = {
    "mp3, other rates and channels": (
        (*MP3, "-ar", "44100", "-ac", "2"),
        (*MP3, "-ar", "22050", "-ac", "1"),
        (*MP3, "-ar", "48000", "-ac", "2"),
    ),
    "mp3, mono first": (
        (*MP3, "-ar", "16000", "-ac", "1"),
        (*MP3, "-ar", "44100", "-ac", "2"),
        (*MP3, "-ar", "16000", "-ac", "1"),
    ),
    "aac, other rates and channels": (
        (*ADTS, "-ar", "22050", "-ac", "1"),
        (*ADTS, "-ar", "44100", "-ac", "2"),
        (*ADTS, "-ar", "48000", "-ac", "1"),
    ),
    "opus, other channels": ((*OPUS, "-ac", "1"), (*OPUS, "-ac", "2"), (*OPUS, "-ac", "1")),
    "vorbis, other rates": ((*VORBIS, "-ar", "44100"), (*VORBIS, "-ar", "22050")),
    "ogg of other codecs": (OPUS, VORBIS, ("-c:a", "flac", "-f", "ogg")),
    "flac, other rates": (("-f", "flac"), ("-f", "flac", "-ar", "22050", "-ac", "2")),
    "ac3": (("-f", "ac3", "-ar", "48000"), ("-f", "ac3", "-ar", "44100", "-ac", "2")),
    "wav": (("-f", "wav"), ("-f", "wav", "-ar", "8000", "-ac", "2")),
    "mp3, then aac": (MP3, ADTS),
    "aac, then mp3 with a tag": (ADTS, ("-f", "mp3", "-write_xing", "0")),
    "mp3, then flac": (MP3, ("-f", "flac")),
    "mp3, then opus": (MP3, OPUS),
    "ts": (("-f", "mpegts", "-c:a", "mp2"), ("-f", "mpegts", "-c:a", "mp2", "-ac", "2")),
    "mka": (("-f", "matroska", "-c:a", "libopus"), ("-f", "matroska", "-c:a", "libopus")),
}
SPOTS: dict[str, tuple[Part, Part]] = {
    "mpeg-1 and 2.5": ((*MP3, "-ar", "48000", "-ac", "2"), (*MP3, "-ar", "8000")),
    "mpeg-1 of two rates": ((*MP3, "-ar", "44100"), (*MP3, "-ar", "48000")),
    "stereo and mono": ((*MP3, "-ar", "44100", "-ac", "2"), (*MP3, "-ar", "44100")),
    "layer 2": (("-f", "mp2", "-ar", "44100", "-ac", "2"), ("-f", "mp2", "-ar", "24000")),
    "aac": ((*ADTS, "-ar", "44100", "-ac", "2"), (*ADTS, "-ar", "16000")),
    "opus": ((*OPUS, "-ac", "2"), (*OPUS, "-ac", "1")),
}


@pytest.mark.parametrize("options", JOINED.values(), ids=JOINED.keys())
def test_every_part_is_heard_in_its_place(
    encode: Encode, tmp_path: Path, options: Sequence[Part]
) -> None:
    parts = [
        part(encode, tmp_path / f"{number}", pitch, options_of_it)
        for number, (pitch, options_of_it) in enumerate(zip(PITCHES, options, strict=False))
    ]
    ends = list(accumulate(seconds_of(path) for path in parts))

    decoded = decode(join(tmp_path, parts), tmp_path / "out.wav")

    assert decoded == Decoded(pytest.approx(ends[-1], abs=0.05), is_partial=False)
    samples = read(tmp_path / "out.wav")
    for end, (before, after) in zip(ends, pairwise(PITCHES), strict=False):
        assert pitch_of(samples, end - 0.2, end - 0.05) == pytest.approx(before, abs=15)
        if end != ends[-1]:
            assert pitch_of(samples, end + 0.05, end + 0.2) == pytest.approx(after, abs=15)


@pytest.mark.parametrize("size", [100, 5_000, 400_000])
def test_tags_in_the_middle_take_no_time(encode: Encode, tmp_path: Path, size: int) -> None:
    sound = part(encode, tmp_path / "a", 500, MP3)
    length = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    picture = np.random.default_rng(5).bytes(size)
    (tmp_path / "tag").write_bytes(b"ID3\x03\0\0" + length + picture)

    decoded = decode(join(tmp_path, [sound, tmp_path / "tag", sound]), tmp_path / "out.wav")

    assert decoded.duration == pytest.approx(2 * seconds_of(sound), abs=0.05)


@pytest.mark.parametrize("options", SPOTS.values(), ids=SPOTS.keys())
@pytest.mark.slow
def test_ten_splices_move_nothing(
    encode: Encode, tmp_path: Path, options: tuple[Part, Part]
) -> None:
    talk, spot = (
        part(encode, tmp_path / f"{pitch}", pitch, options_of_it)
        for pitch, options_of_it in zip(PITCHES, options, strict=False)
    )
    parts = [talk, spot] * 5 + [talk]
    *ends, duration = accumulate(seconds_of(path) for path in parts)

    decoded = decode(join(tmp_path, parts), tmp_path / "out.wav")

    assert decoded == Decoded(pytest.approx(duration, abs=0.01), is_partial=False)
    samples = read(tmp_path / "out.wav")
    for end, (before, after) in zip(ends, pairwise(PITCHES[:2] * 6), strict=False):
        assert pitch_of(samples, end - 0.15, end - 0.05) == pytest.approx(before, abs=15)
        assert pitch_of(samples, end + 0.05, end + 0.15) == pytest.approx(after, abs=15)


def test_an_advertisement_within_a_talk_is_heard_between_its_frames(
    encode: Encode, tmp_path: Path
) -> None:
    """A server cuts anywhere, also where frames need what lies in those before them."""
    talk = part(encode, tmp_path / "talk.mp3", 500, (*MP3, "-q:a", "2", "-ac", "2"))
    spot = part(encode, tmp_path / "spot", 900, (*MP3, "-ar", "16000"))
    pieces = ("-f", "segment", "-segment_time", "0.6", "-segment_format_options", "write_xing=0")
    encode("-i", talk, "-c", "copy", *pieces, tmp_path / "%d.mp3")
    first, *others = sorted(tmp_path.glob("[0-9].mp3"))

    decoded = decode(
        join(tmp_path, [first, *(p for other in others for p in (spot, other))]),
        tmp_path / "out.wav",
    )

    assert len(others) == 3
    assert decoded.duration == pytest.approx(seconds_of(talk) + 3 * seconds_of(spot), abs=0.01)


def test_what_a_part_says_of_its_length_is_a_silent_frame_but_in_the_first(
    encode: Encode, tmp_path: Path
) -> None:
    wide = part(encode, tmp_path / "wide", 500, (*TAGGED, "-ar", "44100"))
    narrow = part(encode, tmp_path / "narrow", 900, (*TAGGED, "-ar", "22050"))
    frame, delay = 1152 / 44_100, 1105 / 44_100

    decoded = decode(join(tmp_path, [wide, narrow] * 3), tmp_path / "out.wav")

    heard = 3 * (seconds_of(wide) + seconds_of(narrow)) + 5 * frame - delay
    assert decoded.duration == pytest.approx(heard, abs=0.01)


def test_sound_after_something_else_is_heard_again(encode: Encode, tmp_path: Path) -> None:
    sound = part(encode, tmp_path / "a", 500, MP3)
    other = part(encode, tmp_path / "b", 900, ("-f", "flac"))

    decoded = decode(join(tmp_path, [sound, other, sound]), tmp_path / "out.wav")

    assert decoded.duration == pytest.approx(2 * seconds_of(sound) + seconds_of(other), abs=0.01)


@pytest.mark.parametrize(
    "options",
    [MP3, ("-f", "mp3"), ADTS, OPUS, ("-f", "flac"), ("-f", "wav"), ("-f", "mp4"), ("-f", "ogg")],
)
def test_a_file_with_one_recording_is_not_copied(
    encode: Encode, tmp_path: Path, options: Part
) -> None:
    sound = part(encode, tmp_path / "a", 500, options)

    assert [opened.name for opened in open_parts(sound, tmp_path)] == [str(sound)]


def test_copies_of_parts_are_gone_afterwards(encode: Encode, tmp_path: Path) -> None:
    sound = part(encode, tmp_path / "a", 500, ("-f", "flac"))
    joined = join(tmp_path, [sound, sound])

    contents = [opened.read() for opened in open_parts(joined, tmp_path)]

    assert contents == [sound.read_bytes()] * 2
    assert {path.name for path in tmp_path.iterdir()} == {"a", "joined.mp3"}


def test_an_ogg_with_several_tracks_is_one_recording(encode: Encode, tmp_path: Path) -> None:
    encode(
        *("-f", "lavfi", "-i", "sine=d=2", "-f", "lavfi", "-i", "sine=d=2"),
        *("-map", "0", "-map", "1", "-c:a", "libopus", tmp_path / "a.ogg"),
    )

    assert len(list(open_parts(tmp_path / "a.ogg", tmp_path))) == 1


def test_marks_without_end_do_not_keep_us_busy(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"\xff\xfb\x90\0" + b"fLaC\0\0\0\x22" * 100_000)

    assert len(list(open_parts(tmp_path / "a.mp3", tmp_path))) == 1


def part(encode: Encode, path: Path, pitch: int, options: Part) -> Path:
    encode("-f", "lavfi", "-i", f"sine=frequency={pitch}:sample_rate=48000:d=2", *options, path)
    return path


def join(folder: Path, parts: Sequence[Path]) -> Path:
    joined = folder / "joined.mp3"
    joined.write_bytes(b"".join(path.read_bytes() for path in parts))
    return joined


def seconds_of(path: Path) -> float:
    """Count the samples of all frames, as ffmpeg decodes them where nothing is joined."""
    command = [find_ffmpeg(), "-v", "error", "-flags2", "+skip_manual", "-i", path]
    is_bare = path.read_bytes()[0] == 0xFF
    command = command if is_bare else [find_ffmpeg(), "-v", "error", "-i", path]
    output = (*("-ar", "16000", "-ac", "1", "-f", "s16le"), "-")
    return len(subprocess.check_output([*command, *output])) / 2 / RATE


def read(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


def pitch_of(samples: np.ndarray, start: float, end: float) -> float:
    piece = samples[round(start * RATE) : round(end * RATE)].astype(float)
    spectrum = np.abs(np.fft.rfft(piece * np.hanning(piece.size), 1 << 15))
    return float(spectrum.argmax()) * RATE / (1 << 15)
