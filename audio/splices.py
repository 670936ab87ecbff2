"""Find where another recording begins within a file, where ffmpeg would lose it."""

import heapq
import mmap
import tempfile
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import BinaryIO

MAX_PARTS = 1000
"""A file of more is read as one."""

_CHUNK = 1 << 20
_MAX_MARKS = 5_000_000
"""Enough for a day of sound; a file that is full of them must not keep us busy."""
_PAGE_HEADER = 27
_FIRST_PAGE = b"OggS\x00\x02"
_FLAC_HEADERS = (b"fLaC\x00\x00\x00\x22", b"fLaC\x80\x00\x00\x22")
_AAC_MARKS = (b"\xff\xf1", b"\xff\xf9", b"\xff\xf0", b"\xff\xf8")
_RUN = 4
_RIFF_HEADER = 8
_TAG_HEADER = 10


def open_parts(source: Path, folder: Path) -> Iterator[BinaryIO]:
    """Open the recordings that a file holds one after the other, each when it is asked for.

    Args:
        source: The file.
        folder: Where a part is copied to while it is read, under no name.

    Yields:
        The file itself if it holds one recording, else a copy of each part.
    """
    with source.open("rb") as file:
        starts = _starts(file)
        if len(starts) == 1:
            yield file
            return
        for start, end in pairwise([*starts, source.stat().st_size]):
            with tempfile.TemporaryFile(dir=folder) as part:
                file.seek(start)
                _copy(file, part, end - start)
                yield part


def _copy(source: BinaryIO, target: BinaryIO, n_bytes: int) -> None:
    while chunk := source.read(min(n_bytes, _CHUNK)):
        target.write(chunk)
        n_bytes -= len(chunk)
    target.seek(0)


def _starts(file: BinaryIO) -> list[int]:
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = list(islice(_find(content), MAX_PARTS))
    return [0, *found] if len(found) < MAX_PARTS else [0]


def _find(content: mmap.mmap) -> Iterator[int]:
    """Find all beginnings but the first."""
    if content[:4] == b"RIFF":
        return _riffs(content)
    if content[:4] == b"OggS":
        return _chains(content, _page_end(content, 0))
    begin = _after_tags(content, 0)
    if content[begin : begin + 4] == b"fLaC" or _is_frame(content, begin):
        return heapq.merge(_streams(content, begin), _recoded(content, begin))
    return iter(())


def _riffs(content: mmap.mmap) -> Iterator[int]:
    """Find WAV files behind each other."""
    position = 0
    while content[position : position + 4] == b"RIFF":
        if position:
            yield position
        length = int.from_bytes(content[position + 4 : position + _RIFF_HEADER], "little")
        position += _RIFF_HEADER + length + length % 2


def _chains(content: mmap.mmap, group_end: int) -> Iterator[int]:
    """Find the links of an Ogg chain: groups of first pages, one page for each of its tracks."""
    position = content.find(_FIRST_PAGE, group_end)
    while position >= 0:
        if position != group_end:
            yield position
        group_end = _page_end(content, position)
        position = content.find(_FIRST_PAGE, group_end)


def _page_end(content: mmap.mmap, start: int) -> int:
    header = content[start : start + _PAGE_HEADER]
    n_sizes = header[-1]  # a table of the lengths of what follows it
    sizes = content[start + _PAGE_HEADER : start + _PAGE_HEADER + n_sizes]
    return start + len(header) + n_sizes + sum(sizes)


def _streams(content: mmap.mmap, begin: int) -> Iterator[int]:
    """Find FLAC and Ogg files behind bare frames."""
    yield from _chains(content, begin)
    for position, _ in _occurrences(content, begin + 1, _FLAC_HEADERS):
        yield position


def _recoded(content: mmap.mmap, begin: int) -> Iterator[int]:
    """Find where MP3 goes on as AAC, and tags after which AAC goes on as MP3."""
    is_aac = _is_aac(content, begin)
    marks = (b"ID3",) if is_aac else (b"ID3", *_AAC_MARKS)
    for position, mark in islice(_occurrences(content, begin, marks), _MAX_MARKS):
        frame = _after_tags(content, position)
        is_other = _is_frame(content, frame) and _is_aac(content, frame) != is_aac
        if is_other and (mark == b"ID3" or _is_aac_run(content, frame)):
            is_aac = not is_aac
            yield position


def _occurrences(
    content: mmap.mmap, begin: int, marks: tuple[bytes, ...]
) -> Iterator[tuple[int, bytes]]:
    """Find all marks in the order of the file."""
    return heapq.merge(*(_each(content, begin, mark) for mark in marks))


def _each(content: mmap.mmap, begin: int, mark: bytes) -> Iterator[tuple[int, bytes]]:
    position = content.find(mark, begin)
    while position >= 0:
        yield position, mark
        position = content.find(mark, position + 1)


def _is_aac_run(content: mmap.mmap, start: int) -> bool:
    """Say whether frames of AAC follow each other there; one may be chance."""
    for _ in range(_RUN):
        if not _is_aac(content, start):
            return False
        start += int.from_bytes(content[start + 3 : start + 6]) >> 5 & 0x1FFF
    return True


def _after_tags(content: mmap.mmap, start: int) -> int:
    """Skip the ID3 tags that begin there."""
    header = content[start : start + _TAG_HEADER]
    while header[:3] == b"ID3" and len(header) == _TAG_HEADER and max(header[6:]) < 1 << 7:
        size = 0
        for byte in header[6:]:
            size = size << 7 | byte
        start += _TAG_HEADER + size
        header = content[start : start + _TAG_HEADER]
    return start


def _is_frame(content: mmap.mmap, start: int) -> bool:
    sync = content[start : start + 2]
    return len(sync) == 2 and sync[0] == 0xFF and sync[1] >> 5 == 7  # noqa: PLR2004  # 11 bits


def _is_aac(content: mmap.mmap, start: int) -> bool:
    """Say whether the layer of a frame is that of AAC, which MPEG audio does not have."""
    return _is_frame(content, start) and content[start + 1] & 0b110 == 0
