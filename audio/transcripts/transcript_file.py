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

from audio.transcripts.clock_times import exact_times
from audio.transcripts.text_encoding import decode_text
from audio.transcripts.transcript_cues import is_captions, lines_of_captions, without_tags
from audio.transcripts.transcript_headings import without_headings
from audio.transcripts.transcript_page import lines_of_page
from audio.transcripts.transcript_speech import spoken
from podcast.errors import BadInputError
from podcast.publisher_transcript import Passage

_JSON = re.compile(r"\{|\[\s*\{")
_MARKUP = re.compile(r"</(?:p|div|li|cite|span|html)>|<br\s?/?>", re.IGNORECASE)

MAX_BYTES = 4 * 2**20
"""A day of captions has 3 MiB."""
_MOST_LINES = 80_000
"""A day of captions, or four hours of such as show word by word."""
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
    said = (passage for passage in map(spoken, passages) if passage.text)
    for speaker, turn in groupby(said, key=lambda passage: passage.speaker):
        yield Passage(" ".join(passage.text for passage in turn), speaker)


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
    try:
        return decode_text(data)
    except ValueError as error:
        raise BadInputError(
            f"The transcript {shown} is no text. Give WebVTT, SRT, JSON, HTML or plain text in "
            "UTF-8."
        ) from error
