"""Publishers' transcripts are read in all formats of the podcast namespace, by their content."""

import json
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.transcripts.transcript_download import fetch_transcript
from audio.transcripts.transcript_file import parse_transcript
from audio.web.client import WebOptions
from podcast.errors import BadInputError, NetworkError
from podcast.publisher_transcript import Passage

ANN, BO = Passage("Hello & welcome.", "Ann Lee"), Passage("Thank you. Hi.", "Bo")

VTT = """WEBVTT - a show

NOTE nobody says this

1
00:00:01.000 --> 00:00:02.500 align:start
<v Ann Lee>Hello &amp; <i>welcome</i>.</v>

00:00.000 --> 00:00:00.100
<v.loud Bo>Thank
you.</v>

00:09.000 --> 00:10.000
<v Bo><00:09.100>Hi.
"""
SRT = """1
00:00:01,000 --> 00:00:02,500
Ann Lee: Hello & <i>welcome</i>.

2
00:00:03,000 --> 00:00:04,500
Bo: Thank
you.

3
00:00:05,000 --> 00:00:06,000
Bo: Hi. [laughs]

4
00:00:07,000 --> 00:00:08,000
Ann Lee: ♪
"""
JSON = json.dumps(
    {
        "version": "1.0.0",
        "segments": [
            {"speaker": "Ann Lee", "startTime": 1, "endTime": 2, "body": "Hello"},
            {"speaker": "Ann Lee", "startTime": 1, "endTime": 2, "body": "& welcome."},
            {"speaker": "Bo", "startTime": 0, "endTime": 0, "body": " Thank you. Hi."},
        ],
    }
)
HTML = """<!DOCTYPE html><html><head><title>No word</title></head><body>
<cite>Ann Lee:</cite> <time>0:01</time> <p>Hello &amp; <b>welcome</b>.</p>
<cite>Bo:</cite><time>0:03</time><p>Thank you.</p><p>Hi.</p><script>no()</script></body></html>"""
TEXT = """[music]
Ann Lee: Hello & welcome.
Bo: Thank you.
00:00:05 Hi.
Ann Lee: [laughs]
Bo: """


@pytest.mark.parametrize(
    "text", [VTT, SRT, JSON, HTML, TEXT], ids=["vtt", "srt", "json", "html", "text"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_format_tells_who_says_what(text: str, encoding: str, newline: str) -> None:
    passages = parse_transcript(text.replace("\n", newline).encode(encoding), "a")

    assert passages == (ANN, BO)


def test_a_word_before_a_colon_is_nobody_unless_it_comes_again() -> None:
    data = b"Remember this: it works.\nOne more thing: it is free."

    assert parse_transcript(data, "a") == (
        Passage("Remember this: it works. One more thing: it is free."),
    )


def test_a_page_without_names_is_read_by_paragraphs() -> None:
    data = b"<html><style>p {}</style><body><p>One.</p><p>Two <i>three</i>.</p></body></html>"

    assert parse_transcript(data, "a") == (Passage("One. Two three."),)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"WEBVTT\n", "is empty"),
        (b"[music]\n\n[music]", "cannot be read|is empty"),
        (b"{", "cannot be read"),
        (b"{}", "no list of segments"),
        (b"[{" * 5000, "cannot be read"),
        (b"a\n" * 80_002, "more than 80,000 lines"),
        (b"a" * (4 * 2**20 + 1), "larger than 4,194,304 bytes"),
    ],
)
def test_what_is_no_transcript_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(BadInputError, match=rf"transcript a\.vtt.*{reason}"):
        parse_transcript(data, "a.vtt")


STARTS = st.sampled_from(
    ["", "WEBVTT\n\n", "{", "[", "<html>", "1\n00:00:01,000 --> 00:00:02,000\n"]
)


@given(STARTS, st.one_of(st.text(), st.binary().map(lambda b: b.decode("latin-1"))))
def test_whatever_comes_is_a_transcript_or_a_clear_error(start: str, text: str) -> None:
    result = attempt((start + text).encode("utf-8", "replace"))

    if isinstance(result, BadInputError):
        assert "a.vtt" in str(result)
    else:
        assert all(passage.text.split() for passage in result)


def attempt(data: bytes) -> tuple[Passage, ...] | BadInputError:
    try:
        return parse_transcript(data, "a.vtt")
    except BadInputError as error:
        return error


def test_a_transcript_is_fetched_and_its_address_kept_secret(
    serve: Callable[[type[BaseHTTPRequestHandler]], str], handler: Any, web: WebOptions
) -> None:
    handler.body = b"WEBVTT"
    host = serve(handler)
    assert fetch_transcript(host + "/a.vtt", replace(web, contact="me@example.org")) == b"WEBVTT"
    assert handler.requests[0]["User-Agent"].endswith("(me@example.org)")

    handler.status = 404
    with pytest.raises(BadInputError, match="404") as caught:
        fetch_transcript(host + "/a.vtt?token=secret", web=web)
    assert "secret" not in str(caught.value)
    handler.status = 502
    with pytest.raises(NetworkError, match="502"):
        fetch_transcript(host + "/a.vtt", web=web)
