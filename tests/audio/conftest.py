"""Sounds made on the spot by the real ffmpeg, and servers on the loopback."""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from audio.download import DownloadOptions, download
from audio.ffmpeg import find_ffmpeg
from podcast.errors import InterlinearError

SOUND = b"ID3\x04" + os.urandom(300_000)


@pytest.fixture
def encode() -> Callable[..., None]:
    """Run ffmpeg, which must succeed: `encode("-i", ..., "out.mp3")`."""

    def run(*arguments: str | Path) -> None:
        command = [find_ffmpeg(), "-nostdin", "-loglevel", "error", "-y", *map(str, arguments)]
        subprocess.run(command, check=True, timeout=60)

    return run


@pytest.fixture
def make_sound(tmp_path: Path, encode: Callable[..., None]) -> Callable[..., Path]:
    """Encode a tone of 440 Hz: `make_sound("a.mp3", "-b:a", "64k", seconds=3)`."""

    def make(name: str, *options: str, seconds: float = 3) -> Path:
        path = tmp_path / name
        tone = f"sine=frequency=440:sample_rate=44100:duration={seconds}"
        encode("-f", "lavfi", "-i", tone, *options, path)
        return path

    return make


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the machine's would stand between a test and its server."""
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def serve() -> Iterator[Callable[[type[BaseHTTPRequestHandler]], str]]:
    """Start a server on the loopback for a handler and return its URL."""
    servers: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def start(handler: type[BaseHTTPRequestHandler]) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()


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
def refuse(folder: Path) -> Callable[..., None]:
    """Check that a download fails with one message that names the URL, and leaves nothing."""

    def check(error: type[InterlinearError], complaint: str, host: str, **options: float) -> None:
        with pytest.raises(error, match=complaint) as caught:
            download(host + "/a.mp3", folder, options=DownloadOptions(**options))  # type: ignore[arg-type]

        assert host + "/a.mp3" in str(caught.value)
        assert list(folder.iterdir()) == []

    return check
