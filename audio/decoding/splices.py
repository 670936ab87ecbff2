"""Find where another recording begins within a file, where ffmpeg would lose it."""

import heapq
import mmap
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

MAX_CUTS = 1000
"""A file of more is read as it is."""

_CHUNK = 1 << 20
_MAX_MARKS = 5_000_000
"""Enough for a day of sound; a file that is full of them must not keep us busy."""
_PAGE_HEADER = 27
_FIRST_PAGE = b"OggS\x00\x02"
_FLAC_HEADERS = (b"fLaC\x00\x00\x00\x22", b"fLaC\x80\x00\x00\x22")
_AAC_MARKS = (b"\xff\xf1", b"\xff\xf9", b"\xff\xf0", b"\xff\xf8")
_AAC_HEADER = 7
_RUN = 4
_RIFF_HEADER = 8
_TAG_HEADER = 10
_TAG = re.compile(rb"ID3[\x02-\x04]..[\x00-\x7f]{4}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place where a file is cut.

    Attributes:
        start: What lies between it and `end` is no sound, and left out.
        end: Where sound goes on.
        is_new: Another recording begins there; else the same one goes on.
    """

    start: int
    end: int
    is_new: bool = True


def open_parts(source: Path, folder: Path) -> Iterator[BinaryIO]:
    """Open the recordings that a file holds one after the other, each when it is asked for.

    Args:
        source: The file.
        folder: Where a part is copied to while it is read, under no name.

    Yields:
        The file itself if it holds one recording, else a copy of each part.
    """
    with source.open("rb") as file:
        cuts = _cuts(file)
        if not cuts:
            yield file
            return
        for spans in _spans(cuts, source.stat().st_size):
            with tempfile.TemporaryFile(dir=folder) as part:
                for start, end in spans:
                    _copy(file, part, start, end)
                part.seek(0)
                yield part


def _spans(cuts: Iterable[_Cut], size: int) -> list[list[tuple[int, int]]]:
    """Return the stretches of the file that make up each part."""
    parts: list[list[tuple[int, int]]] = [[]]
    begin = 0
    for cut in cuts:
        parts[-1].append((begin, cut.start))
        begin = cut.end
        if cut.is_new:
            parts.append([])
    parts[-1].append((begin, size))
    return parts


def _copy(source: BinaryIO, target: BinaryIO, start: int, end: int) -> None:
    source.seek(start)
    while chunk := source.read(min(end - source.tell(), _CHUNK)):
        target.write(chunk)


def _cuts(file: BinaryIO) -> list[_Cut]:
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = list(islice(_find(content), MAX_CUTS))
    return found if len(found) < MAX_CUTS else []


def _find(content: mmap.mmap) -> Iterator[_Cut]:
    """Find all beginnings but the first."""
    if content[:4] == b"RIFF":
        return (_Cut(start, start) for start in _riffs(content))
    if content[:4] == b"OggS":
        return (_Cut(start, start) for start in _chains(content, _page_end(content, 0)))
    begin = _after_tags(content, 0)
    if content[begin : begin + 4] == b"fLaC" or _is_frame(content, begin):
        others = (_Cut(start, start) for start in _streams(content, begin))
        return heapq.merge(others, _tags(content, begin), key=lambda cut: cut.start)
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


def _tags(content: mmap.mmap, begin: int) -> Iterator[_Cut]:
    """Find tags between frames, and where MP3 goes on as AAC, or AAC behind a tag as MP3."""
    is_aac = _is_aac(content, begin)
    marks = (b"ID3",) if is_aac else (b"ID3", *_AAC_MARKS)
    for position, mark in islice(_occurrences(content, begin, marks), _MAX_MARKS):
        frame = _after_tags(content, position)
        is_other = _is_aac(content, frame) != is_aac
        is_tag = mark == b"ID3" and frame > position and _is_frame(content, frame)
        if is_tag or (is_other and _is_aac_run(content, frame)):
            is_aac ^= is_other
            yield _Cut(position, frame, is_other)


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
        length = int.from_bytes(content[start + 3 : start + 6]) >> 5 & 0x1FFF
        if not _is_aac(content, start) or length < _AAC_HEADER:
            return False
        start += length
    return True


def _after_tags(content: mmap.mmap, start: int) -> int:
    """Skip the ID3 tags that begin there."""
    while _TAG.fullmatch(header := content[start : start + _TAG_HEADER]):
        size = 0
        for byte in header[6:]:
            size = size << 7 | byte
        has_footer = header[5] & 0x10
        start += _TAG_HEADER + size + (_TAG_HEADER if has_footer else 0)
    return start


def _is_frame(content: mmap.mmap, start: int) -> bool:
    sync = content[start : start + 2]
    return len(sync) == 2 and sync[0] == 0xFF and sync[1] >> 5 == 7  # noqa: PLR2004  # 11 bits


def _is_aac(content: mmap.mmap, start: int) -> bool:
    """Say whether the layer of a frame is that of AAC, which MPEG audio does not have."""
    return _is_frame(content, start) and content[start + 1] & 0b110 == 0
