"""A file that cannot be used is refused with one clear message, and leaves nothing behind."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audio.decoding.decode import Decoded, decode
from podcast.errors import BadInputError, TruncatedAudioError

pytestmark = pytest.mark.slow

MakeSound = Callable[..., Path]
Encode = Callable[..., None]
SECONDS = 20

CUTTABLE = {
    "mp3": ("a.mp3",),
    "mp3 of variable bit rate": ("a.mp3", "-q:a", "6"),
    "m4a with its index in front": ("a.m4a", "-movflags", "+faststart"),
    "m4a in fragments": ("a.m4a", "-movflags", "+frag_keyframe+empty_moov"),
    "flac": ("a.flac",),
    "wav": ("a.wav",),
    "vorbis": ("a.ogg", "-c:a", "libvorbis"),
    "opus": ("a.opus", "-c:a", "libopus"),
    "raw aac": ("a.aac",),
    "mka": ("a.mka", "-c:a", "libopus"),
}
DOCUMENTS = {
    "a text file": b"These are the notes of the episode.\n",
    "an HTML page": b"\n<!DOCTYPE html><html><body>404</body></html>",
    "a JSON document": b'{"error": "not found"}',
    "an XML document": b'<?xml version="1.0"?><rss></rss>',
    "a playlist": b"#EXTM3U\nhttp://127.0.0.1/a.mp3\n",
    "a PDF document": b"%PDF-1.7\x00",
    "a ZIP archive": b"PK\x03\x04\x00\x00",
    "a picture": b"\x89PNG\r\n\x1a\n\x00",
}


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    """Where to decode to; afterwards nothing may lie there, or exactly the target."""
    folder = tmp_path / "out"
    yield folder / "sound.wav"
    assert not folder.exists() or {path.name for path in folder.iterdir()} <= {"sound.wav"}


@pytest.mark.parametrize("options", CUTTABLE.values(), ids=CUTTABLE.keys())
def test_a_file_that_ends_early_is_refused_with_what_is_there_and_the_way_out(
    make_sound: MakeSound, target: Path, options: tuple[str, ...]
) -> None:
    sound = cut(make_sound(*options, seconds=SECONDS))

    with pytest.raises(TruncatedAudioError, match=r"1[12]\.\d s.* could be.*--allow-partial") as it:
        decode(sound, target)

    assert str(it.value).startswith(sound.name)
    assert not target.exists()


@pytest.mark.parametrize("options", CUTTABLE.values(), ids=CUTTABLE.keys())
def test_a_file_that_ends_early_is_used_as_far_as_it_goes_when_asked(
    make_sound: MakeSound, target: Path, options: tuple[str, ...]
) -> None:
    sound = cut(make_sound(*options, seconds=SECONDS))

    decoded = decode(sound, target, allow_partial=True)

    assert decoded == Decoded(pytest.approx(12, abs=1), is_partial=True)
    assert target.exists()


def test_the_message_tells_how_long_the_recording_should_be(
    make_sound: MakeSound, target: Path
) -> None:
    sound = cut(make_sound("a.mp3", seconds=70))

    with pytest.raises(TruncatedAudioError, match=r"of 1 min 10 s"):
        decode(sound, target)


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv"])
def test_a_video_that_ends_early_is_refused(
    encode: Encode, tmp_path: Path, target: Path, name: str
) -> None:
    encode(
        "-f", "lavfi", "-i", "testsrc=d=20:s=64x64:r=10", "-f", "lavfi", "-i", "sine=d=20",
        "-c:v", "mpeg4", "-c:a", "aac", "-movflags", "+faststart", tmp_path / name,
    )  # fmt: skip

    with pytest.raises(TruncatedAudioError):
        decode(cut(tmp_path / name), target)


@pytest.mark.parametrize("allow_partial", [False, True])
def test_an_mp4_without_its_index_cannot_be_used_even_in_part(
    make_sound: MakeSound, target: Path, *, allow_partial: bool
) -> None:
    sound = cut(make_sound("a.m4a", seconds=SECONDS))

    with pytest.raises(TruncatedAudioError, match=r"moov atom.*does not help"):
        decode(sound, target, allow_partial=allow_partial)


def test_less_than_a_second_of_a_longer_file_is_too_little(
    make_sound: MakeSound, target: Path
) -> None:
    sound = cut(make_sound("a.mp3", seconds=SECONDS), 0.03)

    with pytest.raises(TruncatedAudioError, match="too little"):
        decode(sound, target, allow_partial=True)


@pytest.mark.parametrize(("kind", "content"), DOCUMENTS.items(), ids=DOCUMENTS.keys())
def test_a_document_named_like_a_sound_is_called_what_it_is(
    tmp_path: Path, target: Path, kind: str, content: bytes
) -> None:
    fake = tmp_path / "episode.mp3"
    fake.write_bytes(content)

    with pytest.raises(BadInputError, match=f"episode.mp3 is not a sound file: it is {kind}"):
        decode(fake, target)


def test_random_bytes_are_not_sound(tmp_path: Path, target: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(bytes(range(256)) * 400)

    with pytest.raises(BadInputError, match=r"a\.mp3 cannot be decoded.*ffmpeg: "):
        decode(tmp_path / "a.mp3", target)


def test_a_missing_file_is_named(tmp_path: Path, target: Path) -> None:
    with pytest.raises(BadInputError, match=r"^none\.mp3 does not exist"):
        decode(tmp_path / "none.mp3", target)


def test_an_impossible_name_is_refused(tmp_path: Path, target: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be read: File name too long"):
        decode(tmp_path / ("n" * 300), target)


def test_a_folder_is_refused(tmp_path: Path, target: Path) -> None:
    (tmp_path / "episodes").mkdir()

    with pytest.raises(BadInputError, match="episodes is a folder"):
        decode(tmp_path / "episodes", target)


def test_an_empty_file_is_refused(tmp_path: Path, target: Path) -> None:
    (tmp_path / "a.mp3").touch()

    with pytest.raises(BadInputError, match=r"a\.mp3 is empty"):
        decode(tmp_path / "a.mp3", target)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path, target: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(BadInputError, match="not a regular file"):
        decode(tmp_path / "pipe", target)


def test_a_file_that_may_not_be_read_is_refused(make_sound: MakeSound, target: Path) -> None:
    folder = Path(tempfile.mkdtemp())
    sound = shutil.copy(make_sound("a.mp3"), folder)
    Path(sound).chmod(0)
    folder.chmod(0o755)
    is_root = os.geteuid() == 0
    try:
        if is_root:  # who may read everything
            os.seteuid(65534)
        with pytest.raises(BadInputError, match=r"a\.mp3 cannot be read: permission denied"):
            decode(Path(sound), target)
    finally:
        if is_root:
            os.seteuid(0)
        shutil.rmtree(folder)


def test_a_video_without_sound_is_refused(encode: Encode, tmp_path: Path, target: Path) -> None:
    encode("-f", "lavfi", "-i", "testsrc=d=3:s=64x64:r=10", "-c:v", "mpeg4", tmp_path / "a.mkv")

    with pytest.raises(BadInputError, match=r"a\.mkv is a video without a sound track"):
        decode(tmp_path / "a.mkv", target)


@pytest.mark.parametrize("seconds", [0.2, 0.9])
def test_less_than_a_second_is_too_short(
    make_sound: MakeSound, target: Path, seconds: float
) -> None:
    with pytest.raises(BadInputError, match=rf"a\.wav lasts {seconds} s; at least 1\.0 s"):
        decode(make_sound("a.wav", seconds=seconds), target)


def test_a_second_is_long_enough(make_sound: MakeSound, target: Path) -> None:
    assert decode(make_sound("a.wav", seconds=1), target).duration == 1.0


def test_a_header_without_sound_is_refused(
    make_sound: MakeSound, tmp_path: Path, target: Path
) -> None:
    header = make_sound("a.wav").read_bytes()
    (tmp_path / "b.wav").write_bytes(header[: header.index(b"data") + 4] + bytes(4))

    with pytest.raises(BadInputError, match=r"b\.wav (cannot be decoded|lasts 0\.0 s)"):
        decode(tmp_path / "b.wav", target)


def test_a_protected_file_is_called_protected(make_sound: MakeSound, target: Path) -> None:
    key = "0123456789abcdef" * 2
    sound = make_sound(
        "a.mp4", "-c:a", "aac", "-encryption_scheme", "cenc-aes-ctr",
        "-encryption_key", key, "-encryption_kid", key,
    )  # fmt: skip

    with pytest.raises(BadInputError, match=r"a\.mp4 is protected \(DRM\).*ffmpeg: "):
        decode(sound, target, allow_partial=True)


def test_endless_sound_is_stopped(
    make_sound: MakeSound, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audio.decoding.decode.MAX_DURATION", 7200 / 3600)

    with pytest.raises(BadInputError, match="longer than"):
        decode(make_sound("a.flac", seconds=5), target)


def test_messages_use_the_given_name(tmp_path: Path, target: Path) -> None:
    with pytest.raises(BadInputError, match=r"^the episode does not exist"):
        decode(tmp_path / "none.mp3", target, name="the episode")


def test_a_file_cannot_make_ffmpeg_open_another(
    make_sound: MakeSound, tmp_path: Path, target: Path
) -> None:
    make_sound("a.mp3")
    (tmp_path / "list.mp3").write_text("ffconcat version 1.0\nfile a.mp3\n")

    with pytest.raises(BadInputError, match="playlist"):
        decode(tmp_path / "list.mp3", target)


def test_a_failure_leaves_an_older_result_as_it_was(make_sound: MakeSound, tmp_path: Path) -> None:
    result = tmp_path / "result.wav"
    result.write_text("older")

    with pytest.raises(TruncatedAudioError):
        decode(cut(make_sound("a.mp3", seconds=SECONDS)), result)

    assert result.read_text() == "older"
    assert {path.name for path in tmp_path.iterdir()} == {"a.mp3", "result.wav"}


def cut(sound: Path, share: float = 0.6) -> Path:
    content = sound.read_bytes()
    sound.write_bytes(content[: int(len(content) * share)])
    return sound
