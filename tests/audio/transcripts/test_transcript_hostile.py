"""However a transcript is made up, it is read or refused in a time that grows with its size."""

import string
import time
from contextlib import suppress
from itertools import product

import pytest

from audio.transcripts.transcript_file import MAX_BYTES, parse_transcript
from podcast.errors import BadInputError

SIZE = MAX_BYTES // 16
LONGEST = 2.0
"""Seconds of a processor; it takes less than one."""

NAMES = [f"{''.join(n).title()} Lee" for n in product(string.ascii_lowercase, repeat=3)]


def grown(unit: str, head: str = "", tail: str = "") -> str:
    return (head + unit * (SIZE // len(unit)))[:SIZE] + tail


HOSTILE = {
    "stars": grown("*a "),
    "brackets": grown("["),
    "times": grown("0:03 "),
    "colons": grown("a:"),
    "digits": grown("1", "a"),
    "tags": grown("<v a", "0:01 --> 0:02\n"),
    "entities": grown("&#1", "0:01 --> 0:02\n"),
    "names before colons": "".join(f"{name}: a\n" * 2 for name in NAMES)[:SIZE],
    "names between times": "".join(f"0:03\n{name}\nX y.\n" for name in NAMES)[:SIZE],
    "cues of one word": grown("0:01 --> 0:01\na\n"),
    "comments of a page": grown("a<!---->", "<p>"),
    "scripts of a page": grown("a<script></script>", "<p>"),
    "attributes of a page": "<p " + " ".join(f"a{n}" for n in range(SIZE // 8)) + ">a</p>",
    "open elements of a page": grown("<i>a")[: SIZE // 2] + grown("</b>")[: SIZE // 2],
    "lists in lists": grown("["),
    "bodies": grown('{"body": "a"},', "[", '{"body": "a"}]'),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.slow
def test_no_transcript_takes_long(text: str) -> None:
    started = time.process_time()

    with suppress(BadInputError):
        parse_transcript(text.encode(), "a.txt")

    assert time.process_time() - started < LONGEST


def test_a_page_that_lies_deep_is_refused() -> None:
    with pytest.raises(BadInputError, match=r"a\.html cannot be read: more than 500 of its elem"):
        parse_transcript(b"<div>a" * 501, "a.html")


@pytest.mark.slow
def test_a_day_of_captions_is_read() -> None:
    cue = "1\n00:00:01,000 --> 00:00:05,000\nAnn: This is what we said of it, and it went on.\n\n"

    (said,) = parse_transcript((cue * 21_600).encode(), "a.srt")

    assert said.text.count("went on.") == 21_600
