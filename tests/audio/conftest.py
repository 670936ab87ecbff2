"""What servers on the loopback answer, and what must come of a bad answer."""

import os
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar

import pytest

from audio.web.client import WebOptions
from audio.web.download import DownloadOptions, download
from podcast.errors import InterlinearError

SOUND = b"ID3\x04" + os.urandom(300_000)


class Handler(BaseHTTPRequestHandler):
    """Answers with a status, headers and a body; subclasses say how."""

    requests: ClassVar[list[dict[str, str]]] = []
    status: ClassVar[int] = 200
    headers_out: ClassVar[dict[str, str]] = {"Content-Type": "audio/mpeg", "ETag": '"version-1"'}
    body: ClassVar[bytes] = SOUND

    def do_GET(self) -> None:
        self.requests.append({"path": self.path, **dict(self.headers)})
        self.answer()

    def answer(self) -> None:
        self.send(self.status, self.body, **self.headers_out)

    def send(self, status: int, body: bytes, n_sent: int | None = None, **headers: str) -> None:
        """Send an answer; with `n_sent`, hang up after so many bytes of the body."""
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[:n_sent])

    def log_message(self, *_: object) -> None:
        """Keep the terminal quiet."""


@pytest.fixture
def handler() -> type[Handler]:
    """A handler with a memory of its own, to subclass or to set up."""
    return type("Fresh", (Handler,), {"requests": []})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "downloads"


@pytest.fixture
def options(web: WebOptions) -> DownloadOptions:
    """How tests download."""
    return DownloadOptions(web=web)


@pytest.fixture
def refuse(folder: Path, options: DownloadOptions) -> Callable[..., None]:
    """Check that a download fails with one message that names the URL, and leaves nothing."""

    def check(error: type[InterlinearError], complaint: str, host: str, **changes: Any) -> None:
        with pytest.raises(error, match=complaint) as caught:
            download(host + "/a.mp3", folder, options=replace(options, **changes))

        assert host + "/a.mp3" in str(caught.value)
        assert list(folder.iterdir()) == []

    return check
