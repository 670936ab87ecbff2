"""A file that was downloaded is sent again only if it has changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audio.web.download import DownloadOptions, download

Handler = type[Any]
Serve = Callable[[Handler], str]
Fetch = Callable[[], bytes]

DATE = "Mon, 05 Jan 2026 10:00:00 GMT"
LATER = "Tue, 06 Jan 2026 10:00:00 GMT"
STRONG, WEAK, DATED = {"ETag": '"one"'}, {"ETag": 'W/"one"'}, {"Last-Modified": DATE}


@pytest.fixture
def fetch(serve: Serve, handler: Handler, folder: Path, options: DownloadOptions) -> Fetch:
    """Download the same address again and again."""
    url = serve(handler) + "/a.mp3"
    return lambda: download(url, folder, options=options).read_bytes()


def answer(request: Any, **headers: str) -> None:
    """Answer as servers do: without content if the client has what there is."""
    named = (request.headers["If-None-Match"], request.headers["If-Modified-Since"])
    if named == (headers.get("ETag"), headers.get("Last-Modified")):
        request.send(304, b"", **headers)
    else:
        request.send(200, request.body, **headers)


@pytest.mark.parametrize("headers", [STRONG, WEAK, DATED, {**STRONG, **DATED}])
def test_what_has_not_changed_is_not_sent_again(
    handler: Handler, fetch: Fetch, headers: dict[str, str]
) -> None:
    handler.answer = lambda request: answer(request, **headers)

    first = fetch()
    handler.body = b"never sent"

    assert fetch() == fetch() == first
    assert len(handler.requests) == 3


@pytest.mark.parametrize("headers", [STRONG, DATED])
def test_what_has_changed_is_fetched_and_known_from_then_on(
    handler: Handler, fetch: Fetch, headers: dict[str, str]
) -> None:
    handler.answer = lambda request: answer(request, **headers)
    fetch()
    changed = {name: '"two"' if name == "ETag" else LATER for name in headers}
    handler.answer = lambda request: answer(request, **changed)
    handler.body = handler.body[::-1] + handler.body

    assert fetch() == handler.body
    handler.body = b"never sent"
    assert fetch() != handler.body


def test_a_server_that_says_nothing_of_its_file_is_asked_for_all_of_it(
    handler: Handler, fetch: Fetch, folder: Path
) -> None:
    handler.headers_out = {}
    fetch()
    fetch()

    assert not [request for request in handler.requests if "If-None-Match" in request]
    assert len(list(folder.iterdir())) == 1


def test_a_file_that_is_not_whole_any_more_is_fetched(
    handler: Handler, fetch: Fetch, folder: Path
) -> None:
    handler.answer = lambda request: answer(request, **STRONG)
    fetch()
    next(folder.glob("a-*.mp3")).write_bytes(b"cut short")

    assert fetch() == handler.body


def test_an_older_file_that_a_server_takes_for_the_same_is_fetched(
    handler: Handler, fetch: Fetch
) -> None:
    handler.answer = lambda request: answer(request, **{"Last-Modified": LATER})
    fetch()
    handler.answer = lambda request: request.send(
        304 if request.headers["If-Modified-Since"] else 200, request.body, **DATED
    )
    handler.body = handler.body[::-1] + handler.body

    assert fetch() == handler.body


def test_a_changed_file_that_breaks_off_leaves_the_older_one_and_is_fetched_later(
    handler: Handler, fetch: Fetch, folder: Path
) -> None:
    handler.answer = lambda request: answer(request, **STRONG)
    first = fetch()
    handler.answer = lambda request: request.send(200, request.body, 100_000)
    with pytest.raises(Exception, match="broke"):
        fetch()
    assert next(folder.glob("a-*.mp3")).read_bytes() == first

    handler.answer = lambda request: answer(request, ETag='"two"')
    handler.body = handler.body[::-1]

    assert fetch() == handler.body
