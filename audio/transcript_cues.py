"""Read a transcript from captions, WebVTT or SubRip, however carelessly they are written."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise

from podcast.passage import Passage

_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,6})?"
_TIMING = re.compile(rf"^[ \t]*({_TIME})[ \t]*-->[ \t]*{_TIME}.*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,99})?[ \t]+([^<>]{1,200})>", re.IGNORECASE)
_TAG = re.compile(r"</?(?!v[. ])[A-Za-z][^<>]{0,400}>|</v>|<[\d:.]{1,20}>|\{\\[^{}]{1,99}\}")
_COMMENT = re.compile(r"\n[ \t]*\n(?:NOTE|STYLE|REGION)\b.*", re.DOTALL)
_MOST_WORDS = 60
"""Of two cues that are compared; so many are not shown at once."""
_ROLLED = 3
"""Of so many cues one begins with what is still shown of the one before, if captions roll up."""


def is_captions(text: str) -> bool:
    """Whether there is a line with the times of a cue."""
    return _TIMING.search(text) is not None


def without_tags(text: str) -> str:
    """Take away the markup of captions, apart from who speaks, and read what it writes in signs."""
    return unescape(_TAG.sub("", text))


def lines_of_captions(text: str) -> Iterator[Passage]:
    """Yield line by line what the cues show, before the lines of each its time."""
    starts, payloads = _cues(text)
    for start, shown in zip(starts, _once(payloads), strict=True):
        before, *voices = _VOICE.split(shown)
        yield Passage(start)
        yield from (Passage(line) for line in unescape(before).split("\n"))
        for name, said in zip(voices[::2], voices[1::2], strict=True):
            yield Passage(" ".join(unescape(said).split()), unescape(name))


def _cues(text: str) -> tuple[list[str], list[str]]:
    """Return the start of each cue, and what it shows."""
    _, *parts = _TIMING.split(text)
    starts, rest = parts[::2], parts[1::2]
    payloads = [*map(_without_id, rest[:-1]), *rest[-1:]]
    return starts, [_TAG.sub("", _COMMENT.sub("", part)).strip() for part in payloads]


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
