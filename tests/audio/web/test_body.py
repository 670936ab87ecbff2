"""A body is decoded in small steps, and only as it was asked for."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from audio.feeds.feed_download import fetch_feed
from audio.transcripts.transcript_download import fetch_transcript
from audio.web.client import WebOptions
from podcast.errors import BadInputError, NetworkError

Handler = type[Any]
Serve = Callable[[Handler], str]
Refuse = Callable[..., None]

FEED = b"<rss>" + b"0123456789" * 50_000 + b"</rss>"
LARGE = gzip.compress(bytes(400 * 2**20), 1)
"""400 MiB of zeros."""


@pytest.mark.parametrize("name", ["gzip", "GZIP", " x-gzip", "utf-8, gzip", "gzip, identity"])
def test_a_feed_comes_zipped_as_it_was_asked_for(
    serve: Serve, handler: Handler, web: WebOptions, name: str
) -> None:
    handler.body, handler.headers_out = gzip.compress(FEED), {"Content-Encoding": name}

    assert fetch_feed(serve(handler), web=web).content == FEED
    assert handler.requests[0]["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize("name", ["", "identity", "utf-8", "none", "binary"])
def test_words_that_name_no_encoding_are_passed_over(
    serve: Serve, handler: Handler, web: WebOptions, name: str
) -> None:
    handler.body, handler.headers_out = FEED, {"Content-Encoding": name}

    assert fetch_feed(serve(handler), web=web).content == FEED


@pytest.mark.parametrize(
    "name", ["gzip, gzip", "gzip, deflate", "br", "deflate", "zstd", "x-gzip,gzip"]
)
@pytest.mark.parametrize("fetch", [fetch_feed, fetch_transcript])
def test_what_was_not_asked_for_is_refused(
    serve: Serve, handler: Handler, web: WebOptions, fetch: Callable[..., object], name: str
) -> None:
    handler.body = gzip.compress(gzip.compress(FEED))
    handler.headers_out = {"Content-Encoding": name}

    with pytest.raises(BadInputError, match=r"encoded as .*, which it was not asked for"):
        fetch(serve(handler), web=web)


@pytest.mark.parametrize("name", ["gzip", "gzip, gzip", "deflate", "br"])
def test_sound_is_never_encoded(serve: Serve, handler: Handler, refuse: Refuse, name: str) -> None:
    handler.headers_out = {"Content-Encoding": name}

    refuse(BadInputError, "was not asked for", serve(handler))


@pytest.mark.parametrize("fetch", [fetch_feed, fetch_transcript])
def test_what_swells_is_refused_without_the_memory_for_it(
    serve: Serve, handler: Handler, web: WebOptions, fetch: Callable[..., object]
) -> None:
    handler.body, handler.headers_out = LARGE, {"Content-Encoding": "gzip"}
    url = serve(handler)
    tracemalloc.start()
    try:
        with pytest.raises(BadInputError, match="is larger than"):
            fetch(url, web=web)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 200 * 2**20


def test_a_redirect_that_swells_is_followed_unread(
    serve: Serve, handler: Handler, web: WebOptions
) -> None:
    bomb = gzip.compress(LARGE)

    def answer(request: Any) -> None:
        if request.path == "/feed.xml":
            request.send(200, FEED)
        else:
            request.send(302, bomb, Location="/feed.xml", **{"Content-Encoding": "gzip, gzip"})

    handler.answer = answer
    url = serve(handler)
    tracemalloc.start()
    try:
        assert fetch_feed(url, web=web).content == FEED
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 20 * 2**20


@pytest.mark.parametrize("body", [FEED, gzip.compress(FEED)[:-20], zlib.compress(FEED), b""])
def test_what_is_no_whole_gzip_stream_is_damaged(
    serve: Serve, handler: Handler, web: WebOptions, body: bytes
) -> None:
    handler.body, handler.headers_out = body, {"Content-Encoding": "gzip"}

    with pytest.raises(NetworkError, match="arrived damaged"):
        fetch_feed(serve(handler), web=web)


def test_what_follows_a_gzip_stream_is_not_gathered(
    serve: Serve, handler: Handler, web: WebOptions
) -> None:
    handler.body = gzip.compress(FEED) + bytes(10**6)
    handler.headers_out = {"Content-Encoding": "gzip"}

    assert fetch_feed(serve(handler), web=web).content == FEED
