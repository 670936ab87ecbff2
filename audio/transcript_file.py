"""Read a publisher's transcript: WebVTT, SubRip, the podcast namespace's JSON, HTML or plain text.

What it is shows in its content, since types in feeds are often wrong. Its times are not read: they
are wrong as soon as a host has put an advertisement into the sound.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import groupby
from typing import Any

import pysubs2
import webvtt
from lxml import html

from podcast.errors import BadInputError
from podcast.passage import Passage

_SUBRIP = re.compile(r"^\d+:\d\d:\d\d[,.]\d+\s+-->", re.MULTILINE)
_VOICE = re.compile(r"<v[.\w-]*\s+([^>]*)>")
_TAG = re.compile(r"</?[A-Za-z][^>]*>|<[\d:.]+>")
_NOT_SPOKEN = re.compile(r"\[[^\]]*\]|[♪♫]|>>+|^\s*\(?\d+:\d\d(?::\d\d)?(?:[.,]\d+)?\)?")
_LABEL = re.compile(r"^\s*[-–]?\s*([^\W\d_][\w.'’ -]{0,40}):(?:\s+|$)")
_UNSHOWN = ("script", "style", "head", "nav")


def parse_transcript(data: bytes, shown: str) -> tuple[Passage, ...]:
    """Read who says what.

    Args:
        data: The file, in UTF-8 or UTF-16.
        shown: Its name in messages.

    Returns:
        In the order of the file, neighbours of one speaker as one passage. Sounds in brackets
        such as "[music]" are left out.

    Raises:
        BadInputError: It cannot be read, or nobody says anything in it.
    """
    text = _decoded(data, shown).strip()
    try:
        passages = list(_joined(_parsed(text)))
    except (ValueError, webvtt.errors.MalformedFileError, pysubs2.exceptions.Pysubs2Error) as error:
        raise BadInputError(f"The transcript {shown} cannot be read: {error}") from error
    if not passages:
        raise BadInputError(f"The transcript {shown} is empty.")
    return tuple(passages)


def _parsed(text: str) -> Iterator[Passage]:
    if text.startswith("WEBVTT"):
        return _labelled(_of_webvtt(text))
    if text.startswith("{"):
        return _of_json(json.loads(text))
    if _SUBRIP.search(text):
        return _labelled(_of_subrip(text))
    if text.startswith("<"):
        return _of_html(text)
    return _labelled(Passage(line) for line in text.splitlines())


def _of_webvtt(text: str) -> Iterator[Passage]:
    for cue in webvtt.from_string(text).captions:
        before, *voices = _VOICE.split(cue.raw_text)
        yield Passage(_plain(before))
        for name, said in zip(voices[::2], voices[1::2], strict=True):
            yield Passage(_plain(said), unescape(name))


def _of_subrip(text: str) -> Iterator[Passage]:
    for event in pysubs2.SSAFile.from_string(text.replace("\r", ""), format_="srt"):
        yield Passage(_plain(event.plaintext))


def _of_json(document: Any) -> Iterator[Passage]:
    segments = document.get("segments")
    if not isinstance(segments, list):
        raise ValueError("it has no list of segments")  # noqa: TRY004  of a file, not of a caller
    for segment in segments:
        if isinstance(segment, dict):
            yield Passage(str(segment.get("body") or ""), str(segment.get("speaker") or ""))


def _of_html(text: str) -> Iterator[Passage]:
    """Read `<cite>Name:</cite> <time>0:00</time> <p>text</p>`, or the text of any other page."""
    page = html.document_fromstring(text)
    for element in page.xpath("|".join(f"//{name}" for name in (*_UNSHOWN, "time"))):
        element.drop_tree()
    if not page.xpath("//cite"):
        paragraphs = page.xpath("//p") or [page]
        yield from _labelled(Passage(p.text_content()) for p in paragraphs)
        return
    speaker = ""
    for element in page.xpath("//cite|//p"):
        if element.tag == "cite":
            speaker = element.text_content().strip().rstrip(":")
        else:
            inner = element.xpath("string()")
            yield Passage(inner, speaker)


def _labelled(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Take "Ann:" for who speaks, if it stands more than once before what is said."""
    cleaned = [Passage(_spoken(p.text), p.speaker) for p in passages]
    found = [(passage, _LABEL.match(passage.text)) for passage in cleaned]
    counts = Counter(label[1] for passage, label in found if label and not passage.speaker)
    speaker = ""
    for passage, label in found:
        if passage.speaker:
            yield passage
        elif label and counts[label[1]] > 1:
            speaker = label[1]
            yield Passage(passage.text[label.end() :], speaker)
        else:
            yield Passage(passage.text, speaker)


def _joined(passages: Iterable[Passage]) -> Iterator[Passage]:
    cleaned = (Passage(_spoken(p.text), " ".join(p.speaker.split())) for p in passages)
    spoken = (passage for passage in cleaned if passage.text)
    for speaker, said in groupby(spoken, key=lambda passage: passage.speaker):
        yield Passage(" ".join(passage.text for passage in said), speaker)


def _spoken(text: str) -> str:
    return " ".join(_NOT_SPOKEN.sub(" ", text).split())


def _plain(text: str) -> str:
    return unescape(_TAG.sub("", text))


def _decoded(data: bytes, shown: str) -> str:
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInputError(f"The transcript {shown} is no text in UTF-8.") from error
