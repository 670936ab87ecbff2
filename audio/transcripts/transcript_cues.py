"""Read a transcript from captions, WebVTT or SubRip, however carelessly they are written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

from podcast.publisher_transcript import Passage
from podcast.timeline import Span

_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,6})?"
_TIMING = re.compile(rf"^[ \t]*({_TIME})[ \t]*-->[ \t]*({_TIME}).*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,99})?[ \t]+([^<>]{1,200})>", re.IGNORECASE)
_TAG = re.compile(r"</?(?!v[. ])[A-Za-z][^<>]{0,400}>|</v>|<[\d:.]{1,20}>|\{\\[^{}]{1,99}\}")
_COMMENT = re.compile(r"\n[ \t]*\n(?:NOTE|STYLE|REGION)\b.*", re.DOTALL)
_A_TIME = "0:00"
"""Stands before the lines of each cue, so that what is on the first of them may be a name."""
_MOST_WORDS = 60
"""Of two cues that are compared; so many are not shown at once."""
_ROLLED = 3
"""Of so many cues one begins with what is still shown of the one before, if captions roll up."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """What is shown at once.

    Attributes:
        start: As it is written.
        end: When it ends, in the words of the file.
        shown: Without markup, apart from who speaks.
    """

    start: str
    end: str
    shown: str


def is_captions(text: str) -> bool:
    """Whether there is a line with the times of a cue."""
    return _TIMING.search(text) is not None


def without_tags(text: str) -> str:
    """Take away the markup of captions, apart from who speaks, and read what it writes in signs."""
    return unescape(_TAG.sub("", text))


def lines_of_captions(text: str) -> Iterator[Passage]:
    """Yield line by line what the cues show, before the lines of each a time."""
    for cue in _cues(text):
        before, *voices = _VOICE.split(cue.shown)
        span = Span(_seconds(cue.start), _seconds(cue.end))
        yield Passage(_A_TIME, span=span)
        yield from (Passage(line, span=span) for line in unescape(before).split("\n"))
        for name, said in zip(voices[::2], voices[1::2], strict=True):
            yield Passage(" ".join(unescape(said).split()), unescape(name), span)


def _cues(text: str) -> Iterator[_Cue]:
    _, *parts = _TIMING.split(text)
    starts, ends, rest = parts[::3], parts[1::3], parts[2::3]
    payloads = [*map(_without_id, rest[:-1]), *rest[-1:]]
    shown = _once([_TAG.sub("", _COMMENT.sub("", part)).strip() for part in payloads])
    return map(_Cue, starts, ends, shown)


def _seconds(time: str) -> float:
    clock, _, fraction = time.replace(",", ".").partition(".")
    whole = 0
    for part in clock.split(":"):
        whole = 60 * whole + int(part)
    return float(f"{whole}.{fraction or 0}")


def _without_id(part: str) -> str:
    """Take away the number or the name of the next cue, which stands before its time."""
    before, _, last = part.removesuffix("\n").rpartition("\n")
    is_id = last.strip().isdecimal() or (last.strip() and before.endswith("\n"))
    return before if is_id else part


def _once(payloads: Sequence[str]) -> list[str]:
    """Take away what a cue still shows of the one before, where captions roll up."""
    again = [0, *(_n_shown_before(*pair) for pair in pairwise(payloads))]
    with_more = [n for n, p in zip(again, payloads, strict=True) if 0 < n < len(p.split())]
    if sum(with_more) <= 1 or len(with_more) * _ROLLED < len(payloads) - 1:
        return list(payloads)
    return [
        "".join(payload.split(maxsplit=n)[n:]) for n, payload in zip(again, payloads, strict=True)
    ]


def _n_shown_before(before: str, after: str) -> int:
    """Return with how many words a cue begins that end the one before, whole lines of it."""
    shown, words = before.split()[-_MOST_WORDS:], after.split()[:_MOST_WORDS]
    last_line = len(before.rpartition("\n")[2].split())
    lengths = range(min(len(shown), len(words)), max(1, last_line) - 1, -1)
    return next((n for n in lengths if shown[-n:] == words[:n]), 0)
