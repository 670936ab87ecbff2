"""The stream that ffmpeg writes for us is read block by block."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from audio.decoding.matroska import Block, read_blocks

Encode = Callable[..., None]


@pytest.fixture
def stream(encode: Encode, tmp_path: Path) -> bytes:
    """Seven seconds of five channels, as a pipe has them."""
    encode(
        *("-f", "lavfi", "-i", "sine=d=7", "-af", "pan=5.0|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0"),
        *("-ar", "16000", "-c:a", "pcm_s16le", "-f", "matroska", "-live", "1", tmp_path / "a"),
    )
    return (tmp_path / "a").read_bytes()


def test_every_sample_is_read_with_its_time_and_channels(stream: bytes) -> None:
    blocks = list(read_blocks(BytesIO(stream)))

    assert {block.n_channels for block in blocks} == {5}
    assert sum(len(block.data) for block in blocks) == 7 * 16_000 * 5 * 2
    position = 0
    for block in blocks:
        assert block.time_ms == pytest.approx(position / 16, abs=1)
        position += len(block.data) // 10


@pytest.mark.parametrize("share", [0.001, 0.01, 0.3, 0.99999])
def test_a_stream_that_breaks_off_gives_whole_blocks(stream: bytes, share: float) -> None:
    whole = list(read_blocks(BytesIO(stream)))

    blocks = list(read_blocks(BytesIO(stream[: int(len(stream) * share)])))

    assert blocks == whole[: len(blocks)]
    assert len(blocks) < len(whole)


def test_nothing_gives_nothing() -> None:
    assert list(read_blocks(BytesIO())) == []


def test_blocks_before_their_cluster_and_in_groups_are_read() -> None:
    group = b"\x1f\x43\xb6\x75\xff\xe7\x81\x0a\xa0\x88\xa1\x86\x81\xff\xfe\x00ab"

    assert list(read_blocks(BytesIO(group))) == [Block(8, 1, b"ab")]
