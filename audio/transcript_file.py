"""Read a publisher's transcript: WebVTT, SubRip, the podcast namespace's JSON, HTML or plain text.

What it is shows in its content, since types in feeds are often wrong. Its times are not read: they
are wrong as soon as a host has put an advertisement into the sound.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import groupby, islice
from typing import Any

from audio.clock_times import exact_times
from audio.transcript_cues import is_captions, lines_of_captions, without_tags
from audio.transcript_headings import without_headings
from audio.transcript_page import lines_of_page
from podcast.errors import BadInputError
from podcast.names import parse_name
from podcast.passage import Passage

_NOT_SPOKEN = re.compile(r"\[[^\[\]]{0,200}\]|[♪♫]|>>+")
_CREDIT = re.compile(
    r"(?:transcri(?:bed|ption|pt)|captions?|captioned|subtitles?|subtitled) (?:\w+ )?by\b.{1,60}",
    re.IGNORECASE,
)
_JSON = re.compile(r"\{|\[\s*\{")
_MARKUP = re.compile(r"</(?:p|div|li|cite|span|html)>|<br\s?/?>", re.IGNORECASE)
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_UNSEEN = re.compile(r"[\ufeff\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")

MAX_BYTES = 4 * 2**20
"""A day of captions has 3 MiB."""
_MOST_LINES = 100_000
"""A day of captions, or five hours of such as show word by word."""
_MANY_TIMES, _MANY_WORDS = 3, 100
"""So many times are none that somebody said, if there are so many among so many words."""


def parse_transcript(data: bytes, shown: str) -> tuple[Passage, ...]:
    """Read who says what.

    Args:
        data: The file, in UTF-8, UTF-16 or Windows-1252.
        shown: Its name in messages.

    Returns:
        In the order of the file, neighbours of one speaker as one passage. Sounds in brackets
        such as "[music]" are left out.

    Raises:
        BadInputError: It cannot be read, nobody says anything in it, or it is of a form that we do
            not know: times are left in the text.
    """
    if len(data) > MAX_BYTES:
        raise BadInputError(f"The transcript {shown} is larger than {MAX_BYTES:,} bytes. Check it.")
    text = _decoded(data, shown).strip()
    try:
        passages = tuple(_joined(without_headings(_some_lines(text))))
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"The transcript {shown} cannot be read: {error}.") from error
    if not passages:
        raise BadInputError(f"The transcript {shown} is empty.")
    _check_times(passages, shown)
    return passages


def _some_lines(text: str) -> list[Passage]:
    lines = list(islice(_lines(text), _MOST_LINES + 1))
    if len(lines) > _MOST_LINES:
        raise ValueError(f"it has more than {_MOST_LINES:,} lines")
    return lines


def _lines(text: str) -> Iterable[Passage]:
    if _JSON.match(text):
        return _lines_of_json(json.loads(text))
    if is_captions(text):
        return lines_of_captions(text)
    if text[:6].upper() == "WEBVTT":
        return ()
    if text.startswith("<") or _MARKUP.search(text):
        return lines_of_page(text)
    return (Passage(line) for line in text.split("\n"))


def _lines_of_json(document: Any) -> Iterator[Passage]:
    segments = document.get("segments") if isinstance(document, dict) else document
    if not isinstance(segments, list):
        raise ValueError("it has no list of segments")  # noqa: TRY004  of a file, not of a caller
    for segment in segments:
        if isinstance(segment, dict):
            said = without_tags(str(segment.get("body") or segment.get("text") or ""))
            yield Passage(" ".join(said.split()), unescape(str(segment.get("speaker") or "")))


def _joined(passages: Iterable[Passage]) -> Iterator[Passage]:
    cleaned = (Passage(_spoken(p.text), _name(p.speaker)) for p in passages)
    spoken = (passage for passage in cleaned if passage.text)
    for speaker, said in groupby(spoken, key=lambda passage: passage.speaker):
        yield Passage(" ".join(passage.text for passage in said), speaker)


def _spoken(text: str) -> str:
    line = " ".join(_NOT_SPOKEN.sub(" ", text).split())
    return "" if _CREDIT.fullmatch(line) else line


def _name(speaker: str) -> str:
    try:
        return parse_name(speaker)
    except BadInputError:  # it cannot stand above a line, or there is none
        return ""


def _check_times(passages: Iterable[Passage], shown: str) -> None:
    said = " ".join(passage.text for passage in passages)
    times = exact_times(said)
    if len(times) >= _MANY_TIMES and len(times) * _MANY_WORDS >= len(said.split()):
        raise BadInputError(
            f"The transcript {shown} is of a form that is not known: {len(times)} times such as "
            f"{times[0]} are left in its text. Give WebVTT, SRT, or text with lines such as "
            '"Ann Lee (0:03):" above what is said.'
        )


def _decoded(data: bytes, shown: str) -> str:
    is_wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ("utf-16",) if is_wide else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return _UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    raise BadInputError(
        f"The transcript {shown} is no text. Give WebVTT, SRT, JSON, HTML or plain text in UTF-8."
    )
