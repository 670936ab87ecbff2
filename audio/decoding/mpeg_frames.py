"""Walk over bare frames of MPEG audio: MP3, its elder layers, and AAC. Pure."""

import mmap
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

HEADER = 6
"""Bytes of a frame that tell how long it is."""
FEWEST = 4
"""Frames that follow each other; fewer may be chance."""

_MAX_MARKS = 1_000_000
"""Gigabytes of sound have no more by chance; a file full of them must not keep us busy."""
_MARK = re.compile(rb"\xff[\xe2-\xe7\xf0-\xff][^\xf0-\xff]")
_TAG_HEADER = 10
_TAG = re.compile(rb"ID3[\x02-\x04]..[\x00-\x7f]{4}", re.DOTALL)

_MPEG_1 = 0b11
_MONO = 0b11
_LAYER_1 = 0b11
_KILOHERTZ = {0b11: (44.1, 48, 32), 0b10: (22.05, 24, 16), 0b00: (11.025, 12, 8)}
"""By version: MPEG-1, MPEG-2 and "MPEG-2.5"."""
_KILOBITS = {
    (True, 0b11): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 0b10): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 0b01): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 0b11): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 0b10): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 0b01): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""By whether it is MPEG-1, and by layer: I, II and III are 3, 2 and 1."""
_BYTES = {(True, 0b11): 48, (False, 0b11): 48, (False, 0b01): 72}
"""By the same, how many bytes a frame has for each kilobit and kilohertz; else 144."""

_AAC_RATES = 13
_AAC_HEADER = 7


class Frame(NamedTuple):
    """What the header of a frame says.

    Attributes:
        length: Bytes, its header among them.
        kind: How a decoder is set up for it: codec, rate, channels.
    """

    length: int
    kind: tuple[int, ...]


class FrameRun(NamedTuple):
    """Frames of one kind that follow each other, and where they lie."""

    start: int
    stop: int
    kind: tuple[int, ...]


def find_runs(content: mmap.mmap | bytes, begin: int = 0) -> Iterator[FrameRun]:
    """Find the runs of frames in a file, in its order, with whatever lies between them left out."""
    run = _next_run(content, begin)
    while run:
        yield run
        run = _next_run(content, run.stop)


def after_tags(content: mmap.mmap | bytes, start: int) -> int:
    """Skip the ID3 tags that begin there."""
    while _TAG.fullmatch(header := content[start : start + _TAG_HEADER]):
        size = 0
        for byte in header[6:]:
            size = size << 7 | byte
        has_footer = header[5] & 0x10
        start += _TAG_HEADER + size + (_TAG_HEADER if has_footer else 0)
    return start


def frame_at(content: mmap.mmap | bytes, position: int) -> Frame | None:
    """Read the header of the frame that begins there, if one does."""
    return _read(content[position : position + HEADER])


def _next_run(content: mmap.mmap | bytes, begin: int) -> FrameRun | None:
    begin = after_tags(content, begin)
    for mark in islice(_MARK.finditer(content, begin), _MAX_MARKS):
        run = _run_from(content, mark.start())
        if run:
            return run
    return None


def _run_from(content: mmap.mmap | bytes, start: int) -> FrameRun | None:
    frame, position, n_frames = frame_at(content, start), start, 0
    if not frame:
        return None
    kind, size = frame.kind, len(content)
    while frame and frame.kind == kind and position + frame.length <= size:
        position += frame.length
        n_frames += 1
        frame = frame_at(content, position)
    return FrameRun(start, position, kind) if n_frames >= FEWEST else None


@lru_cache(maxsize=1 << 14)
def _read(header: bytes) -> Frame | None:
    if len(header) < HEADER or header[0] != 0xFF or header[1] >> 5 != 0b111:  # noqa: PLR2004  bits
        return None
    return _read_mpeg(header) if header[1] & 0b110 else _read_aac(header)


def _read_mpeg(header: bytes) -> Frame | None:
    version, layer = header[1] >> 3 & 0b11, header[1] >> 1 & 0b11
    n_bits, n_rate, is_padded = header[2] >> 4, header[2] >> 2 & 0b11, header[2] >> 1 & 1
    if version not in _KILOHERTZ or n_rate not in range(3) or n_bits not in range(1, 15):
        return None
    sort = version == _MPEG_1, layer
    n_bytes = int(
        _BYTES.get(sort, 144) * _KILOBITS[sort][n_bits - 1] // _KILOHERTZ[version][n_rate]
    )
    if layer == _LAYER_1:  # in units of four bytes
        n_bytes, is_padded = n_bytes // 4 * 4, is_padded * 4
    is_mono = header[3] >> 6 == _MONO
    return Frame(n_bytes + is_padded, (version, layer, n_rate, is_mono))


def _read_aac(header: bytes) -> Frame | None:
    rate, channels = header[2] >> 2 & 0b1111, int.from_bytes(header[2:4]) >> 6 & 0b111
    length = int.from_bytes(header[3:6]) >> 5 & 0x1FFF
    if header[1] >> 4 != 0b1111 or rate >= _AAC_RATES or length < _AAC_HEADER:  # noqa: PLR2004  bits
        return None
    return Frame(length, (rate, channels))
