"""Read the Matroska stream that ffmpeg writes for us: samples, each block with its time."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_SEGMENT, _TRACKS, _ENTRY, _AUDIO, _CLUSTER, _GROUP = (
    0x18538067, 0x1654AE6B, 0xAE, 0xE1, 0x1F43B675, 0xA0,
)  # fmt: skip
_PARENTS = frozenset({_SEGMENT, _TRACKS, _ENTRY, _AUDIO, _CLUSTER, _GROUP})
_CHANNELS, _TIME, _SIMPLE_BLOCK, _BLOCK = 0x9F, 0xE7, 0xA3, 0xA1
_BLOCK_HEADER = 4
"""Bytes: the track, a time of two, the flags."""


class Block(NamedTuple):
    """Samples that belong together; a tuple, for there are many.

    Attributes:
        time_ms: Of the first of them.
        n_channels: How many channels they have.
        data: The samples, 16-bit, little-endian, channels interleaved.
    """

    time_ms: int
    n_channels: int
    data: bytes


def read_blocks(stream: BinaryIO) -> Iterator[Block]:
    """Read a stream with one track of 16-bit samples until it ends, also in the middle.

    Yields:
        The blocks in the order of the stream.
    """
    n_channels, cluster_ms = 1, 0
    while first := stream.read(1):
        element = _number(first, stream, keep_marker=True)
        size = _number(stream.read(1), stream, keep_marker=False)
        if element in _PARENTS:  # what it holds follows
            continue
        body = stream.read(size)
        if len(body) < size:
            return
        if element == _CHANNELS:
            n_channels = int.from_bytes(body)
        elif element == _TIME:
            cluster_ms = int.from_bytes(body)
        elif element in {_SIMPLE_BLOCK, _BLOCK}:
            time_ms = cluster_ms + int.from_bytes(body[1:3], signed=True)
            yield Block(time_ms, n_channels, body[_BLOCK_HEADER:])


def _number(first: bytes, stream: BinaryIO, *, keep_marker: bool) -> int:
    """Read an EBML number, whose first byte begins with as many zeros as bytes follow."""
    if not first or not first[0]:  # cut off, or none of ours
        return 0
    n_more = 8 - first[0].bit_length()
    value = int.from_bytes(first + stream.read(n_more))
    return value if keep_marker else value & ~(1 << 7 * (n_more + 1))
