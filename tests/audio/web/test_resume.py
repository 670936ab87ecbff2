"""A download that breaks off is taken up again, but never patched together from two files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audio.web.download import DownloadOptions, download
from podcast.errors import BadInputError, NetworkError

Handler = type[Any]
Serve = Callable[[Handler], str]
Refuse = Callable[..., None]

FIRST = {"ETag": '"version-1"', "Last-Modified": "Mon, 05 Jan 2026 10:00:00 GMT"}
SECOND = {"ETag": '"version-2"', "Last-Modified": "Tue, 06 Jan 2026 10:00:00 GMT"}


def break_off(request: Any, **headers: str) -> None:
    """Send 100,000 bytes, from where the client asks if it proves that it asks for the same."""
    validator = headers.get("ETag", headers.get("Last-Modified"))
    start = int(request.headers.get("Range", "bytes=0-")[6:-1])
    if start and request.headers["If-Range"] == validator:
        send_rest(request, start, 100_000, **headers)
    else:
        request.send(200, request.body, 100_000, **headers)


def send_rest(request: Any, start: int, n_sent: int | None = None, **headers: str) -> None:
    size = len(request.body)
    headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
    request.send(206, request.body[start:], n_sent, **headers)


@pytest.mark.parametrize("headers", [FIRST, {"ETag": FIRST["ETag"]}, dict([*FIRST.items()][1:])])
def test_a_broken_download_is_taken_up_where_it_ended(
    serve: Serve, handler: Handler, folder: Path, headers: dict[str, str], options: DownloadOptions
) -> None:
    handler.answer = lambda request: break_off(request, **headers)
    reports: list[int] = []

    path = download(
        serve(handler) + "/a.mp3", folder, lambda done, _: reports.append(done), options=options
    )

    assert path.read_bytes() == handler.body
    assert reports == sorted(reports)
    assert len(handler.requests) == 4
    assert handler.requests[1]["Range"] == "bytes=100000-"


def test_the_number_of_tries_is_bounded(serve: Serve, handler: Handler, refuse: Refuse) -> None:
    handler.answer = lambda request: break_off(request, **FIRST)

    refuse(NetworkError, "broke after 200,000 bytes", serve(handler), n_tries=2)


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"weak"'}, FIRST | {"Accept-Ranges": "none"}])
def test_without_proof_that_a_rest_fits_none_is_asked_for(
    serve: Serve, handler: Handler, refuse: Refuse, headers: dict[str, str]
) -> None:
    handler.answer = lambda request: break_off(request, **headers)

    refuse(NetworkError, "broke after 100,000 bytes", serve(handler))

    assert len(handler.requests) == 1


@pytest.mark.parametrize("start", [100_000, 99_999, 0])
def test_a_rest_of_another_file_or_place_is_not_used(
    serve: Serve, handler: Handler, refuse: Refuse, start: int
) -> None:
    def answer(request: Any) -> None:
        if "Range" in request.headers:
            send_rest(request, start, **(SECOND if start == 100_000 else FIRST))
        else:
            request.send(200, request.body, 100_000, **FIRST)

    handler.answer = answer

    refuse(NetworkError, "changed while it was downloaded", serve(handler))


def test_a_server_that_starts_over_gives_the_new_file_whole(
    serve: Serve, handler: Handler, folder: Path, options: DownloadOptions
) -> None:
    newer = b"ID3" + bytes(150_000)

    def answer(request: Any) -> None:
        if "Range" in request.headers:
            request.send(200, newer, **SECOND)
        else:
            request.send(200, request.body, 200_000, **FIRST)

    handler.answer = answer

    assert download(serve(handler) + "/a.mp3", folder, options=options).read_bytes() == newer


def test_a_server_that_starts_over_with_a_page_is_refused(
    serve: Serve, handler: Handler, refuse: Refuse
) -> None:
    def answer(request: Any) -> None:
        if "Range" in request.headers:
            request.send(200, b"<!doctype html><html></html>")
        else:
            request.send(200, request.body, 200_000, **FIRST)

    handler.answer = answer

    refuse(BadInputError, "an HTML page", serve(handler))


def test_a_broken_chunked_answer_is_a_network_error(
    serve: Serve, handler: Handler, refuse: Refuse
) -> None:
    def answer(request: Any) -> None:
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.wfile.write(b"1000\r\n" + request.body[:0x1000] + b"\r\n1000\r\nshort")
        request.close_connection = True

    handler.protocol_version = "HTTP/1.1"
    handler.answer = answer

    refuse(NetworkError, "connection broke", serve(handler))
