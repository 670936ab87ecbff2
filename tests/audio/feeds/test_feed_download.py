"""A feed is asked for politely."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar

import pytest

from audio.feeds.feed_download import Validators, fetch_feed
from audio.web.client import WebOptions
from podcast.errors import BadInputError, NetworkError

Serve = Callable[[type[BaseHTTPRequestHandler]], str]


class Handler(BaseHTTPRequestHandler):
    status: ClassVar[int] = 200
    answer: ClassVar[dict[str, str]] = {}
    requests: ClassVar[list[Any]] = []

    def do_GET(self) -> None:
        self.requests.append(self.headers)
        if self.path == "/old":
            self._say(301, {"Location": "/feed"}, b"")
        else:
            self._say(self.status, self.answer, b"" if self.status == 304 else b"<rss/>")

    def _say(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def handler() -> type[Handler]:
    return type("OfThisTest", (Handler,), {"requests": []})


def test_a_feed_comes_with_what_tells_whether_it_changes(
    serve: Serve, handler: type[Handler], web: WebOptions
) -> None:
    handler.answer = {"ETag": 'W/"1"', "Last-Modified": "Wed, 25 Nov 2026 06:30:00 GMT"}

    fetched = fetch_feed(serve(handler) + "/old", web=web)

    assert fetched.content == b"<rss/>"
    assert fetched.validators == Validators('W/"1"', "Wed, 25 Nov 2026 06:30:00 GMT")
    assert handler.requests[0]["User-Agent"].startswith("interlinear/")


def test_a_feed_that_has_not_changed_is_not_sent_again(
    serve: Serve, handler: type[Handler], web: WebOptions
) -> None:
    handler.status = 304
    before = Validators('"1"', "Wed, 25 Nov 2026 06:30:00 GMT")

    fetched = fetch_feed(serve(handler), before, web=web)

    assert (fetched.content, fetched.validators) == (None, before)
    assert handler.requests[0]["If-None-Match"] == '"1"'
    assert handler.requests[0]["If-Modified-Since"] == "Wed, 25 Nov 2026 06:30:00 GMT"


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("asked", "wait"),
    [("1800", 1800), ("1", 600), ("99999999", 86400), ("soon", 600), ("-5", 600)],
)
def test_a_server_that_asks_to_wait_is_left_alone(
    serve: Serve, handler: type[Handler], status: int, asked: str, wait: float, web: WebOptions
) -> None:
    handler.status, handler.answer = status, {"Retry-After": asked}

    fetched = fetch_feed(serve(handler), Validators('"1"'), web=web)

    assert (fetched.content, fetched.validators, fetched.wait) == (None, Validators('"1"'), wait)


def test_a_server_may_name_the_time_when_it_can_be_asked_again(
    serve: Serve, handler: type[Handler], web: WebOptions
) -> None:
    then = datetime.now(UTC) + timedelta(hours=2)
    handler.status, handler.answer = 503, {"Retry-After": format_datetime(then, usegmt=True)}

    assert fetch_feed(serve(handler), web=web).wait == pytest.approx(7200, abs=60)


@pytest.mark.parametrize(
    ("status", "error"),
    [(500, NetworkError), (429, NetworkError), (404, BadInputError), (403, BadInputError)],
)
def test_other_answers_are_errors_without_a_secret(
    serve: Serve, handler: type[Handler], status: int, error: type[Exception], web: WebOptions
) -> None:
    handler.status = status

    with pytest.raises(error, match=str(status)) as caught:
        fetch_feed(serve(handler) + "/feed?token=secret", web=web)

    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there_is_named(web: WebOptions) -> None:
    with pytest.raises(NetworkError, match=r"http://127\.0\.0\.1:9/feed could not be downloaded"):
        fetch_feed("http://127.0.0.1:9/feed", web=web)
