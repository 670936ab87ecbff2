"""Whether a sound is another one is asked without fetching it."""

from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from audio.web.client import WebOptions
from audio.web.sound_stamp import SoundStamp, fetch_stamp, is_another
from podcast.errors import BadInputError, NetworkError

Serve = Callable[[type[BaseHTTPRequestHandler]], str]


@pytest.fixture
def head(handler: Any) -> Any:
    """A server that has an answer for HEAD, without a body."""

    class Head(handler, BaseHTTPRequestHandler):  # type: ignore[misc]  # a class made here
        def do_HEAD(self) -> None:
            self.requests.append({"path": self.path, **dict(self.headers)})
            self.send(self.status, self.body, 0, **self.headers_out)

    return Head


def test_a_server_says_what_tells_one_sound_from_another(
    serve: Serve, head: Any, web: WebOptions
) -> None:
    head.headers_out = {"ETag": 'W/"1"', "Last-Modified": "Wed, 25 Nov 2026 06:30:00 GMT"}

    stamp = fetch_stamp(serve(head) + "/a.mp3", replace(web, contact="https://me.example"))

    assert stamp == SoundStamp('"1"', "Wed, 25 Nov 2026 06:30:00 GMT", len(head.body))
    assert head.requests[0]["User-Agent"].startswith("interlinear/")
    assert head.requests[0]["User-Agent"].endswith(" (https://me.example)")


@pytest.mark.parametrize("status", [403, 404, 405, 500])
def test_a_server_that_does_not_tell_is_not_pressed(
    serve: Serve, head: Any, status: int, web: WebOptions
) -> None:
    head.status = status

    assert fetch_stamp(serve(head), web=web) is None
    assert len(head.requests) == 1


def test_a_server_that_is_not_there_is_named_without_a_secret(web: WebOptions) -> None:
    with pytest.raises(NetworkError, match=r"http://127\.0\.0\.1:9/a could not") as caught:
        fetch_stamp("http://127.0.0.1:9/a?token=secret", web=web)

    assert "secret" not in str(caught.value)
    with pytest.raises(BadInputError):
        fetch_stamp("a.mp3")


NOON = "Wed, 25 Nov 2026 12:00:00 GMT"
ONE = "Wed, 25 Nov 2026 13:00:00 GMT"


@pytest.mark.parametrize(
    ("before", "now", "another"),
    [
        (SoundStamp('"1"', NOON, 5), SoundStamp('"2"', NOON, 5), True),
        (SoundStamp('"1"', NOON, 5), SoundStamp('"1"', ONE, 5), False),
        (SoundStamp('"1"', NOON, 5), SoundStamp("", NOON, 5), False),
        (SoundStamp("", NOON, 5), SoundStamp("", NOON, 6), True),
        (SoundStamp("", NOON, 5), SoundStamp("", ONE, 5), True),
        (SoundStamp("", NOON, 5), SoundStamp("", "", None), False),
        (SoundStamp(), SoundStamp(), False),
    ],
)
def test_a_sound_is_another_by_its_etag_else_by_length_or_date(
    before: SoundStamp, now: SoundStamp, another: bool
) -> None:
    assert is_another(before, now) is another
