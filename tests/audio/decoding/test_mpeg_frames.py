"""Frames are counted as long as they are, whatever made them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audio.decoding.mpeg_frames import FEWEST, after_tags, find_runs, frame_at

Encode = Callable[..., None]
RATES = {
    "mp3": (44_100, 48_000, 32_000, 22_050, 24_000, 16_000, 11_025, 12_000, 8_000),
    "mp2": (44_100, 24_000),
    "adts": (96_000, 44_100, 8_000),
}


@pytest.mark.parametrize(
    ("container", "rate"), [(name, rate) for name, rates in RATES.items() for rate in rates]
)
def test_a_recording_is_one_run_of_frames(
    encode: Encode, tmp_path: Path, container: str, rate: int
) -> None:
    options = ("-ar", str(rate), "-id3v2_version", "0", "-f", container)
    encode("-f", "lavfi", "-i", "sine=d=1.2", *options, tmp_path / "a")
    content = (tmp_path / "a").read_bytes()

    assert [(run.start, run.stop) for run in find_runs(content)] == [(0, len(content))]


def test_a_frame_of_layer_1_has_its_length_in_fours() -> None:
    """At 44.1 kHz and 384 kbit/s, padded, as ISO 11172-3 counts it."""
    frame = frame_at(b"\xff\xff\xc2\x00\x00\x00", 0)

    assert frame is not None
    assert frame.length == 4 * (12 * 384_000 // 44_100 + 1)


@pytest.mark.parametrize(
    "header",
    [
        b"\xff\xfb\xf0\x00\x00\x00",  # a bit rate that does not exist
        b"\xff\xfb\x00\x00\x00\x00",  # any bit rate: the length is not told
        b"\xff\xfb\x9c\x00\x00\x00",  # a rate that does not exist
        b"\xff\xeb\x90\x00\x00\x00",  # a version that does not exist
        b"\xff\xf1\x7c\x80\x20\x00",  # AAC at no rate
        b"\xff\xf1\x50\x80\x00\x1f",  # AAC shorter than its header
        b"\xff\xfb\x90",
        b"",
    ],
)
def test_what_cannot_be_a_frame_is_none(header: bytes) -> None:
    assert frame_at(header, 0) is None


def test_frames_by_chance_are_no_run() -> None:
    frame = b"\xff\xfb\x90\x00" + bytes(413)

    assert list(find_runs(frame * (FEWEST - 1))) == []
    assert [(r.start, r.stop) for r in find_runs(b"\xff\xfbjunk" + frame * FEWEST + b"\xff")] == [
        (6, 6 + FEWEST * len(frame))
    ]


def test_a_frame_that_is_cut_off_is_not_in_the_run() -> None:
    frame = b"\xff\xfb\x90\x00" + bytes(413)

    (run,) = find_runs(frame * 10 + frame[:200])

    assert run.stop == 10 * len(frame)


def test_tags_are_skipped_with_their_footers() -> None:
    tag = b"ID3\x04\x00\x10\x00\x00\x00\x05" + bytes(5) + b"3DI\x04\x00\x10\x00\x00\x00\x05"

    assert after_tags(tag + tag + b"rest", 0) == 2 * len(tag)
