"""Tell from a file's own structure that its end is missing, where ffmpeg keeps silent about it."""

from pathlib import Path
from typing import BinaryIO

_OPEN_ENDED = 0x7FFF_F000
"""A WAV that was written to a pipe declares about this size or more, whatever it holds."""
_WAV_SLACK = 8192
"""Bytes, at most a second of sound; some programs count their headers wrongly."""

_RIFF_HEADER = 8
_OGG_HEADER = 27
_OGG_PAGE = 65_307
"""Bytes of the largest page."""


def ends_early(path: Path) -> bool:
    """Say whether a WAV lacks samples that its header declares, or an Ogg ends within a page."""
    with path.open("rb") as file:
        head = file.read(12)
        size = path.stat().st_size
        if head[:4] == b"RIFF" and head[8:] == b"WAVE":
            return _is_wav_cut(file, size)
        return head[:4] == b"OggS" and _is_ogg_cut(file, size)


def _is_wav_cut(file: BinaryIO, size: int) -> bool:
    while len(header := file.read(_RIFF_HEADER)) == _RIFF_HEADER:
        length = int.from_bytes(header[4:], "little")
        if header[:4] == b"data":
            n_missing = file.tell() + length - size
            return length < _OPEN_ENDED and n_missing > max(_WAV_SLACK, length // 1000)
        file.seek(length + length % 2, 1)
    return False


def _is_ogg_cut(file: BinaryIO, size: int) -> bool:
    file.seek(max(0, size - _OGG_PAGE))
    tail = file.read()
    page = tail[max(0, tail.rfind(b"OggS")) :]
    if len(page) < _OGG_HEADER:
        return True
    n_parts = page[_OGG_HEADER - 1]  # a table of the lengths of what follows it
    body = sum(page[_OGG_HEADER : _OGG_HEADER + n_parts])
    return len(page) < _OGG_HEADER + n_parts + body
