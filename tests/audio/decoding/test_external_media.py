"""A film may say that its sound lies in another file. That file is never opened."""

import struct
import subprocess
from pathlib import Path

import pytest

from audio.decoding.decode import decode
from audio.decoding.ffmpeg import find_ffmpeg
from audio.waveforms.waveform import load_waveform
from podcast.errors import BadInputError

ABSOLUTE_PATH = 2
"""Kind of a field in a Macintosh alias, as QuickTime files hold them."""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Write a film whose own sound is silence, and which names another one that is not."""
    private = tmp_path / "private.mov"
    subprocess.run(
        [find_ffmpeg(), "-v", "error", "-f", "lavfi", "-i", "sine=duration=2:sample_rate=16000",
         "-c:a", "pcm_s16le", private],
        check=True,
    )  # fmt: skip
    content = private.read_bytes()
    start, size = _media_data(content)
    film = tmp_path / "film.mov"
    film.write_bytes(_with_alias(content[:start] + bytes(size) + content[start + size :], private))
    return film


def _media_data(content: bytes) -> tuple[int, int]:
    """Return where the sound begins in a file, and how many bytes it has."""
    at = content.index(b"mdat")
    return at + 4, struct.unpack_from(">I", content, at - 4)[0] - 8


def _with_alias(content: bytes, target: Path) -> bytes:
    """Put an alias of a file in the place of "in this file"."""
    at = content.index(b"dref") - 4
    size = struct.unpack_from(">I", content, at)[0]
    path = str(target).encode()
    field = struct.pack(">HH", ABSOLUTE_PATH, len(path)) + path + bytes(len(path) % 2)
    alias = b"alis" + bytes(4 + 150) + field + struct.pack(">HH", 0xFFFF, 0)
    entry = struct.pack(">I", len(alias) + 4) + alias
    box = b"dref" + bytes(4) + struct.pack(">I", 1) + entry
    box = struct.pack(">I", len(box) + 4) + box
    made = bytearray(content[:at] + box + content[at + size :])
    for name in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
        place = made.index(name) - 4
        (length,) = struct.unpack_from(">I", made, place)
        struct.pack_into(">I", made, place, length + len(box) - size)
    return bytes(made)


def loudest(film: Path, target: Path) -> float:
    """Return the loudest sample that is heard of a film; some programs give nothing at all."""
    try:
        decode(film, target)
    except BadInputError:
        return 0.0
    return float(abs(load_waveform(target).samples).max())


def test_the_sound_of_another_file_is_not_read(film: Path, tmp_path: Path) -> None:
    assert loudest(film.with_name("private.mov"), tmp_path / "private.wav") > 0.1
    assert loudest(film, tmp_path / "film.wav") == 0


def test_ffmpeg_would_read_it_if_it_was_told_to(film: Path) -> None:
    options = ["-enable_drefs", "1", "-use_absolute_path", "1"]

    run = subprocess.run(
        [find_ffmpeg(), "-v", "error", *options, "-i", film, "-f", "s16le", "-"],
        check=True, capture_output=True,
    )  # fmt: skip

    assert any(run.stdout)
