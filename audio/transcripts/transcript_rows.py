"""Take a line of a transcript apart: a time, a name, and what is said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from audio.transcripts.clock_times import GAP, LEADING, STAMP, is_exact
from audio.transcripts.speaker_names import NAME, may_be_name
from podcast.names import name_key
from podcast.publisher_transcript import Passage

_ROLE = r"(?:\s{0,3}\([^()\n\d]{1,30}\))?"
_WHO = rf"[\[(]?(?P<name>{NAME})\s{{0,9}}[\])]?{_ROLE}"
_TIMED = re.compile(rf"{_WHO}{GAP}{{0,9}}(?P<stamp>{STAMP})(?:{GAP}{{1,9}}|$)(?P<rest>.*)")
_NAMED = re.compile(
    rf"{_WHO}\s{{0,9}}(?:[:|](?=[\s\[(<\"“]|$)|：|\t|(?<=\s)[–—-](?=\s))\s{{0,9}}(?P<rest>.*)"
)
_VOICE = re.compile(
    r"\[(?P<name>(?:speaker|spk)[ _#-]{0,2}\w{1,3})\]\s{0,9}(?P<rest>.*)", re.IGNORECASE
)
_EMPHASIS = re.compile(
    r"(?<!\w)(\*{1,3}|__(?=[^\W\d_a-z]))(?=\S)((?:(?!\1).){1,100})(?<=\S)\1(?!\w)"
)
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{1,500}\)")
_MARKED = re.compile(r"#{1,6}\s.*|(\*\*|__).{1,80}\1:?")
_DASH = re.compile(r"\s[–—-]\s")
_NUMBER = re.compile(r"\d{1,9}")
_BULLET = re.compile(r"(?:#{1,6}\s|>{1,3}|[-•*]\s)\s*")
_READ_OUT = re.compile(
    r"(?:\d{1,3} hours?,? )?(?:\d{1,3} minutes?,? )?\d{1,3} seconds?", re.IGNORECASE
)

_OFTEN, _AT_LEAST = 3, 3
"""Where one of so many lines begins with a time, and so many do, times stand beside the text."""


class Head(Enum):
    """What stands before what is said."""

    NOTHING = "nothing"
    TIMED = "name and time"
    NAMED = "name and colon"


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """A line of a transcript.

    Attributes:
        line: Without the time that it begins with, if it does.
        source: As it is written; its speaker is told by other means than a heading.
        head: What it seems to begin with, time apart.
        name: In the head.
        key: What the spellings of the name have in common.
        said: What is behind the head.
        is_stamped: It begins with a time.
        is_sure: The time in the head is one that nobody says so.
        is_marked: It is bold, or a heading in Markdown.
        is_apart: An empty line is before it, or nothing.
    """

    line: str
    source: Passage
    head: Head = Head.NOTHING
    name: str = ""
    key: str = ""
    said: str = ""
    is_stamped: bool = False
    is_sure: bool = False
    is_marked: bool = False
    is_apart: bool = False

    @property
    def speaker(self) -> str:
        """Who says it, if it needs no heading."""
        return self.source.speaker

    @property
    def is_time(self) -> bool:
        """Whether there is nothing but a time."""
        return self.is_stamped and not self.line

    @property
    def is_text(self) -> bool:
        """Whether there is text, and nothing that looks like a head or a time."""
        return bool(self.line) and self.head is Head.NOTHING and not self.is_stamped


def read_rows(lines: Sequence[Passage]) -> tuple[TranscriptRow, ...]:
    """Take all lines apart; the empty ones are left out."""
    plain = [_plain(line.text) for line in lines]
    with_times = _has_times_beside(plain)
    rows: list[TranscriptRow] = []
    is_apart = True
    for line, text in zip(lines, plain, strict=True):
        is_read_out = bool(rows) and rows[-1].is_time and _READ_OUT.fullmatch(text)
        if text and not is_read_out:
            is_marked = _MARKED.fullmatch(line.text.strip()) is not None
            rows.append(_row(text, line, with_times, is_marked, is_apart))
        is_apart = not text
    return tuple(rows)


def _row(
    text: str, source: Passage, with_times: bool, is_marked: bool, is_apart: bool
) -> TranscriptRow:
    line, is_stamped = _without_lead(text, with_times)
    head, found = _head(line)
    if not found:
        return TranscriptRow(
            line, source, is_stamped=is_stamped, is_marked=is_marked, is_apart=is_apart
        )
    said, _ = _without_lead(found["rest"], with_times)
    is_sure = head is Head.TIMED and is_exact(found["stamp"])
    name = found["name"].strip(" ,-–—")
    return TranscriptRow(line, source, head, name, name_key(name), said, is_stamped, is_sure)


def _head(line: str) -> tuple[Head, re.Match[str] | None]:
    kinds = ((Head.TIMED, _TIMED), (Head.NAMED, _NAMED), (Head.NAMED, _VOICE))
    for head, pattern in kinds:
        found = pattern.match(line)
        # In "Ann — At 10:30 we left." it is the dash that parts.
        if (
            found
            and may_be_name(found["name"])
            and not (_DASH.search(found["name"]) and found["rest"])
        ):
            return head, found
    return Head.NOTHING, None


def _without_lead(text: str, with_times: bool) -> tuple[str, bool]:
    """Return the text without a time that it begins with, and whether it does."""
    lead = LEADING.match(text)
    if lead is None:
        return text, False
    is_beside = with_times or lead.end() == len(text) or lead["stamp"][0] in "[(<{"
    return (text[lead.end() :], True) if is_beside or is_exact(lead["stamp"]) else (text, False)


def _has_times_beside(texts: Sequence[str]) -> bool:
    """Whether so many lines begin with a time, behind a name or not, that nobody says them."""
    named = ((text, _NAMED.match(text)) for text in texts if text)
    bodies = [found["rest"] if found else text for text, found in named]
    leads = [(LEADING.match(body), len(body)) for body in bodies]
    beside = [lead["stamp"] for lead, length in leads if lead and lead.end() < length]
    said = sum(not lead or lead.end() < length for lead, length in leads)
    is_often = len(beside) >= _AT_LEAST and len(beside) * _OFTEN >= said
    return is_often and (any(map(is_exact, beside)) or _rise(beside))


def _rise(stamps: Sequence[str]) -> bool:
    times = [[int(number) for number in _NUMBER.findall(stamp)] for stamp in stamps]
    return all(before < after for before, after in pairwise(times))


def _plain(text: str) -> str:
    """Take the markup of Markdown away."""
    plain = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text.strip()))
    bullet = _BULLET.match(plain)
    return plain[bullet.end() :] if bullet else plain
