"""No server holds a request for ever, however it drips."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from audio.web.client import WebOptions, open_client
from audio.web.download import DownloadOptions, download
from audio.web.host_turns import host_turn
from audio.web.patience import Clock, Patience, TooSlowError
from podcast.errors import NetworkError

Handler = type[Any]
Serve = Callable[[Handler], str]
Refuse = Callable[..., None]

SHORT = Patience(read=5.0, whole=0.4)
SLOW = Patience(read=5.0, whole=60.0, min_rate=1000.0, grace=0.3)


def drip(request: Any, head: bytes, drop: bytes) -> None:
    """Send one drop every twentieth of a second."""
    with suppress(OSError):
        request.wfile.write(head)
        for _ in range(100):
            request.wfile.write(drop)
            time.sleep(0.05)


DRIPS = {
    "body": (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "status line": (b"", b"H"),
    "informations": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "end of a chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"x"),
    "redirect": (b"HTTP/1.1 302 Found\r\nLocation: /b\r\n", b"X: y\r\n"),
}


@pytest.mark.parametrize("patience", [SHORT, SLOW], ids=["in all", "by rate"])
@pytest.mark.parametrize("kind", DRIPS)
def test_a_drip_ends_when_patience_does(
    serve: Serve, handler: Handler, refuse: Refuse, kind: str, patience: Patience
) -> None:
    handler.answer = lambda request: drip(request, *DRIPS[kind])
    began = time.monotonic()

    refuse(NetworkError, "the server is too slow", serve(handler), patience=patience)

    assert time.monotonic() - began < 2


def test_redirects_share_one_patience(serve: Serve, handler: Handler, web: WebOptions) -> None:
    def answer(request: Any) -> None:
        time.sleep(0.15)
        request.send(302, b"", Location=f"/{len(request.requests)}")

    handler.answer = answer
    with open_client({}, SHORT, web) as client, pytest.raises(TooSlowError):
        client.get(serve(handler))

    assert 2 <= len(handler.requests) <= 4


def test_a_download_that_is_taken_up_again_has_no_more_patience(
    serve: Serve, handler: Handler, refuse: Refuse
) -> None:
    def answer(request: Any) -> None:
        time.sleep(0.15)
        start = int(request.headers.get("Range", "bytes=0-")[6:-1])
        size = len(request.body)
        place = {"Content-Range": f"bytes {start}-{size - 1}/{size}"} if start else {}
        status = 206 if start else 200
        request.send(status, request.body[start:], 1000, **request.headers_out, **place)

    handler.answer = answer

    refuse(NetworkError, "the server is too slow", serve(handler), patience=SHORT, n_tries=99)


def test_a_slow_server_gives_its_hosts_turn_back(
    serve: Serve, handler: Handler, tmp_path: Path, web: WebOptions
) -> None:
    handler.answer = lambda request: drip(request, *DRIPS["body"])
    url = serve(handler) + "/a.mp3"

    def ask() -> None:
        with host_turn(tmp_path, url, 0), suppress(NetworkError):
            download(url, tmp_path / "a", options=DownloadOptions(patience=SHORT, web=web))

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.1)
    with host_turn(tmp_path, url, 0):
        assert not (tmp_path / "a").exists() or not any((tmp_path / "a").iterdir())
    thread.join()


def test_a_rate_counts_after_a_while_and_what_has_come_buys_time() -> None:
    clock = Clock(Patience(whole=1000, min_rate=10, grace=60))
    assert 59 < clock.left() <= 60

    clock.received = 200
    assert 79 < clock.left() <= 80

    clock.received = 10**9
    assert 999 < clock.left() <= 1000
