"""Find where another recording begins within a file, where ffmpeg would lose it or its time."""

import heapq
import mmap
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from audio.decoding.mpeg_frames import after_tags, find_runs, frame_at

MAX_CUTS = 1000
"""A file of more is read as it is."""

_CHUNK = 1 << 20
_PAGE_HEADER = 27
_FIRST_PAGE = b"OggS\x00\x02"
_FLAC_HEADERS = (b"fLaC\x00\x00\x00\x22", b"fLaC\x80\x00\x00\x22")
_RIFF_HEADER = 8
_LENGTH_TAG = re.compile(rb"(?:Xing|Info|VBRI).{4}", re.DOTALL)
_NEAR = 48
"""Bytes of a first frame within which that and its flags stand; the number of frames follows."""
_N_FRAMES = 4
_MODE = 3


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
        for number, spans in enumerate(_spans(cuts, source.stat().st_size)):
            with tempfile.TemporaryFile(dir=folder) as part:
                for start, end in spans:
                    _copy(file, part, start, end)
                part.flush()
                _forget_length(part, is_first=number == 0)
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


def _forget_length(part: BinaryIO, *, is_first: bool) -> None:
    """Take from MP3 what its first frame says of its length: ffmpeg leaves out samples by it.

    At the beginning of a file that frame is no sound. In the middle it is silence to whoever plays
    it, so that it becomes a frame like the next one.
    """
    with mmap.mmap(part.fileno(), 0) as content:
        start = after_tags(content, 0)
        frame, tag = frame_at(content, start), _LENGTH_TAG.search(content, start, start + _NEAR)
        if frame and tag and is_first:
            content[tag.end() : tag.end() + _N_FRAMES] = bytes(_N_FRAMES)
        elif frame and tag:
            content[tag.start() : tag.end()] = bytes(len(tag[0]))
            content[start + _MODE] = content[start + frame.length + _MODE]


def _cuts(file: BinaryIO) -> list[_Cut]:
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = list(islice(_find(content), MAX_CUTS))
    return found if len(found) < MAX_CUTS else []


def _find(content: mmap.mmap) -> Iterator[_Cut]:
    """Find all beginnings but the first."""
    if content[:4] == b"RIFF":
        return (_Cut(start, start) for start in _riffs(content))
    if content[:4] == b"OggS":
        return (_Cut(start, start) for start in _links(content, 0, len(content)) if start)
    begin = after_tags(content, 0)
    if content[begin : begin + 4] == b"fLaC" or frame_at(content, begin):
        return _find_bare(content, begin)
    return iter(())


def _riffs(content: mmap.mmap) -> Iterator[int]:
    """Find WAV files behind each other."""
    position = 0
    while content[position : position + 4] == b"RIFF":
        if position:
            yield position
        length = int.from_bytes(content[position + 4 : position + _RIFF_HEADER], "little")
        position += _RIFF_HEADER + length + length % 2


def _find_bare(content: mmap.mmap, begin: int) -> Iterator[_Cut]:
    """Find frames of another kind, and FLAC and Ogg files behind frames."""
    end, kind = begin + 1, None
    for run in find_runs(content, begin):
        files = _files(content, end, run.start)
        yield from (_Cut(start, start) for start in files)
        if files:
            yield _Cut(run.start, run.start)
        elif kind and (run.kind != kind or run.start > end):
            yield _Cut(end, run.start, run.kind != kind)
        end, kind = run.stop, run.kind
    yield from (_Cut(start, start) for start in _files(content, end, len(content)))


def _files(content: mmap.mmap, begin: int, end: int) -> list[int]:
    """Find FLAC and Ogg files between frames."""
    starts = (_each(content, mark, begin, end) for mark in _FLAC_HEADERS)
    found = heapq.merge(_links(content, begin, end), *starts)
    return list(islice(found, MAX_CUTS))


def _links(content: mmap.mmap, begin: int, end: int) -> Iterator[int]:
    """Find the links of an Ogg chain: groups of first pages, one page for each of its tracks."""
    group_end = -1
    for position in _each(content, _FIRST_PAGE, begin, end):
        if position != group_end:
            yield position
        group_end = _page_end(content, position)


def _each(content: mmap.mmap, mark: bytes, begin: int, end: int) -> Iterator[int]:
    position = content.find(mark, begin, end)
    while position >= 0:
        yield position
        position = content.find(mark, position + 1, end)


def _page_end(content: mmap.mmap, start: int) -> int:
    header = content[start : start + _PAGE_HEADER]
    n_sizes = header[-1]  # a table of the lengths of what follows it
    sizes = content[start + _PAGE_HEADER : start + _PAGE_HEADER + n_sizes]
    return start + len(header) + n_sizes + sum(sizes)
