"""A download that cannot be is refused: at once, with the reason, and with nothing left."""

import socket
from collections.abc import Callable
from typing import Any

import pytest

from audio.web.patience import Patience
from podcast.errors import BadInputError, NetworkError

Handler = type[Any]
Serve = Callable[[Handler], str]
Refuse = Callable[..., None]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 204])
def test_what_will_not_change_is_bad_input_that_names_the_status(
    serve: Serve, handler: Handler, refuse: Refuse, status: int
) -> None:
    handler.status, handler.body = status, b""

    refuse(BadInputError, f"answered {status} ", serve(handler))


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 599])
def test_what_may_pass_is_a_network_error_that_names_the_status(
    serve: Serve, handler: Handler, refuse: Refuse, status: int
) -> None:
    handler.status = status

    refuse(NetworkError, f"answered {status}", serve(handler))


def test_a_refused_connection_is_a_network_error(refuse: Refuse) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    refuse(NetworkError, "no connection", f"http://127.0.0.1:{port}")


def test_an_unknown_host_is_a_network_error(
    refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def know_nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", know_nobody)

    refuse(NetworkError, "no connection", "http://nowhere.invalid")


def test_a_silent_server_is_a_network_error(refuse: Refuse) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"

        refuse(NetworkError, r"nothing came for 0\.2 s", url, patience=Patience(read=0.2))


PAGES = {
    "an HTML page by its type": ("text/html; charset=utf-8", b"\x00\x01 not known"),
    "an HTML page by its content": ("audio/mpeg", b"<!doctype html><html>Log in</html>"),
    "an HTML page that is long": ("audio/mpeg", b"<html>" + b" " * 9000),
    "a JSON document by its type": ("application/json", b"\x00\x01 not known"),
    "a JSON document by its content": ("application/octet-stream", b'{"error": 1}'),
    "an XML document": ("application/rss+xml", b'<?xml version="1.0"?><rss/>'),
    "a playlist": ("audio/x-mpegurl", b"#EXTM3U\nhttp://127.0.0.1/a.mp3"),
    "a text file": ("text/plain", b"Not found"),
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_instead_of_sound_is_bad_input(
    serve: Serve, handler: Handler, refuse: Refuse, kind: str
) -> None:
    media_type, handler.body = PAGES[kind]
    handler.headers_out = {"Content-Type": media_type}

    refuse(BadInputError, " ".join(kind.split()[:3]), serve(handler))


def test_an_empty_file_is_bad_input(serve: Serve, handler: Handler, refuse: Refuse) -> None:
    handler.body = b""

    refuse(BadInputError, "is empty", serve(handler))


def test_a_live_stream_is_bad_input(serve: Serve, handler: Handler, refuse: Refuse) -> None:
    def answer(request: Any) -> None:
        request.send_response(200)
        request.send_header("icy-name", "Radio")
        request.end_headers()
        request.wfile.write(request.body)

    handler.answer = answer

    refuse(BadInputError, "a live stream", serve(handler))


def test_too_large_a_file_is_bad_input(serve: Serve, handler: Handler, refuse: Refuse) -> None:
    refuse(BadInputError, "larger than 1,000 bytes", serve(handler), max_bytes=1000)


@pytest.mark.parametrize("location", ["/a.mp3", "ftp://127.0.0.1/a.mp3", "file:///etc/passwd"])
def test_a_redirect_that_leads_nowhere_is_bad_input(
    serve: Serve, handler: Handler, refuse: Refuse, location: str
) -> None:
    handler.status, handler.headers_out = 302, {"Location": location}

    refuse(BadInputError, "redirects without end|not of the web", serve(handler))
