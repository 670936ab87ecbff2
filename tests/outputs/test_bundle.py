"""Every file of a hostile episode, read by another program than the one that wrote it.

Whatever the format, each text comes out as it went in. The episode has a line of one word, lines
after three hours, markup, arrows, marks of right-to-left writing and emoji.
"""

import csv
import io
import json
import re
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import html5lib
import pysubs2
import pytest
import webvtt
from imschrm.doc_sequence import iter_isd
from imschrm.hrm import EventHandler, validate
from markdown_it import MarkdownIt
from ttconv.imsc import reader
from ttconv.model import P, Text

from audio.decoding.ffmpeg import find_ffmpeg
from outputs.bundle import render_bundle
from outputs.linepairs import parse_page
from outputs.record.episode_record import parse_record
from outputs.record.file_kinds import kind_of
from outputs.record.record_types import EpisodeRecord
from podcast.timeline import Word
from podcast.transcript import Translation

LATE = 11_045.5
"""Seconds: three hours and more."""

SAID = {
    "en": ("Yeah.", "AT&T <b> --> 5 > 3 {\\an8} 🙂 | [x]"),
    "ko": ("네.", "AT&T <b>는 --> \u200f5 > 3 🙂 {\\an8}"),
    "zh-Hans": ("嗯。", "AT&T <i>，--> 5 > 3🙂]]> |"),
    "ja": ("ええ。", "AT&T <u>、--> 5 > 3🙂</u>"),
}
CODES = {"ko": "ko", "zh": "zh-Hans", "ja": "ja"}
NAME = 'Ann "<A>" --> Lee'


@pytest.fixture
def hostile(record: EpisodeRecord) -> EpisodeRecord:
    starts = (4.0, LATE)
    lines = tuple(
        replace(
            record.lines[0],
            id=f"{n + 1:04}",
            start=start,
            end=start + 6,
            text=SAID["en"][n],
            speaker=record.speakers[n].id,
            speaker_confidence=0.3,
            words=_words(SAID["en"][n], start),
            translations={c: Translation(SAID[tag][n], "model") for c, tag in CODES.items()},
        )
        for n, start in enumerate(starts)
    )
    return replace(
        record,
        titles={code: Translation(f"{code} <title>", "model") for code in CODES},
        speakers=(record.speakers[0], replace(record.speakers[1], name=NAME)),
        recording=replace(record.recording, duration=LATE + 10),
        lines=lines,
        turns=(),
        overlaps=(),
    )


def _words(text: str, start: float) -> tuple[Word, ...]:
    step = 6 / len(text.split())
    return tuple(
        Word(start + n * step, start + (n + 1) * step, word, 0.9)
        for n, word in enumerate(text.split())
    )


def ffmpeg(content: bytes, ending: str) -> str:
    """Return what a player would draw, as ffmpeg decodes it."""
    command = [find_ffmpeg(), "-v", "error", "-f", ending, "-i", "-", "-f", "webvtt", "-"]
    run = subprocess.run(command, input=content, capture_output=True, check=True)
    assert run.stderr == b""
    return unescape(run.stdout.decode())


def captions(content: bytes) -> str:
    return unescape("".join(caption.text for caption in webvtt.from_string(content.decode())))


def cards(content: bytes) -> str:
    events = pysubs2.SSAFile.from_string(content.decode(), "srt")
    return "".join(event.plaintext for event in events)


def timed_text(content: bytes) -> str:
    document = reader.to_model(ET.ElementTree(ET.fromstring(content)))
    body = document.get_body()
    paragraphs = [element for element in body.dfs_iterator() if isinstance(element, P)]
    assert max(float(p.get_end()) for p in paragraphs) > LATE
    return "".join(text.get_text() for text in body.dfs_iterator() if isinstance(text, Text))


def html(content: bytes) -> str:
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content.decode())
    return "".join(page.find("body").itertext())


def markdown(content: bytes) -> str:
    rendered = MarkdownIt("commonmark").enable("table").render(content.decode())
    return "".join(html5lib.parse(rendered, namespaceHTMLElements=False).itertext())


def word(content: bytes) -> str:
    with ZipFile(io.BytesIO(content)) as document:
        return "".join(ET.fromstring(document.read("word/document.xml")).itertext())


def table(content: bytes) -> str:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return "".join(cell for row in rows for cell in row)


def plain_text(content: bytes) -> str:
    return content.decode()


READERS: dict[str, Callable[[bytes], str]] = {
    "vtt": captions,
    "srt": cards,
    "ass": lambda content: ffmpeg(content, "ass"),
    # ffmpeg escapes a brace on the way to WebVTT and forgets to take that away.
    "lrc": lambda content: ffmpeg(content, "lrc").replace("\\{{}", "{"),
    "ttml": timed_text,
    "html": html,
    "podcast.html": html,
    "podcast.json": lambda content: "".join(s["body"] for s in json.loads(content)["segments"]),
    "md": markdown,
    "docx": word,
    "csv": table,
    "txt": plain_text,
    "annotated.txt": plain_text,
    "plain.txt": plain_text,
}
"""By the ending of the file; what stands apart has tests of its own below."""

ALONE = ("episode.json", "report.md", "timeline.svg", "podcast-transcripts.xml")


class Complaints(EventHandler):  # type: ignore[misc]  imschrm has no types
    def __init__(self) -> None:
        self.found: list[str] = []

    def error(self, msg: str, *_details: object) -> None:
        self.found.append(msg)


def bare(text: str) -> str:
    """Return what a reader sees, without spaces and invisible signs, wide forms as plain ones."""
    shown = unicodedata.normalize("NFKC", text)
    return "".join(c for c in shown if not c.isspace() and unicodedata.category(c) != "Cf")


def test_every_text_comes_out_of_every_file_as_it_went_in(hostile: EpisodeRecord) -> None:
    files = {n: c for n, c in render_bundle(hostile).items() if n not in ALONE}

    assert len(files) == 4 * 6 + 3 * (8 + 1 + 2)
    for name, content in files.items():
        shown = bare(READERS[name.partition(".")[2]](content))
        for tag in kind_of(name).languages:
            for text in SAID[tag]:
                assert bare(text) in shown, f"{name}: {text}"


def test_ffmpeg_reads_the_captions_that_it_knows(hostile: EpisodeRecord) -> None:
    files = render_bundle(hostile)

    for name in ("en.vtt", "ko.srt", "zh.vtt", "en-ja.vtt", "en-ko.srt", "en-zh.ass"):
        shown = ffmpeg(files[name], {"vtt": "webvtt"}.get(name[-3:], name[-3:]))
        assert "03:04:05.500 -->" in shown, name


def test_timed_text_is_not_too_much_for_a_player(hostile: EpisodeRecord) -> None:
    """Check the hypothetical render model of IMSC with the validator of one of its editors."""
    files = render_bundle(hostile)
    complaints = Complaints()

    for name, content in files.items():
        if name.endswith(".ttml"):
            validate(iter_isd([(0, None, content.decode())]), complaints)

    assert complaints.found == []


def test_links_lead_to_files_of_the_episode_or_to_the_pages_above(hostile: EpisodeRecord) -> None:
    files = render_bundle(hostile)

    pages = "".join(files[f"{code}.html"].decode() for code in CODES)
    linked = {*re.findall(r'href="([^"#]+)', pages)}
    linked |= {*re.findall(r"\]\(([^)#]+)#", files["report.md"].decode())}
    assert linked - files.keys() == {"../index.html", "../../index.html"}
    assert {"zh.html", "ko.txt", "en-ja.docx"} <= linked


def test_the_other_files_are_what_they_say(hostile: EpisodeRecord, tmp_path: Path) -> None:
    files = render_bundle(hostile)

    assert parse_record(files["episode.json"]).lines == hostile.lines
    assert bare(SAID["en"][1]) in bare(markdown(files["report.md"]))
    assert NAME in "".join(ET.fromstring(files["timeline.svg"]).itertext())
    namespace = 'xmlns:podcast="https://podcastindex.org/namespace/1.0"'
    item = f"<item {namespace}>{files['podcast-transcripts.xml'].decode()}</item>"
    assert {tag.attrib["language"] for tag in ET.fromstring(item)} == {"en", *CODES.values()}
    assert parse_page(files["ko.txt"].decode()).pairs[1][0] == SAID["en"][1]
