"""The pages of this machine: all that is published, and nothing else."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.client import HTTPConnection
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from flows.server.pages_server import PublishedPages

Get = Callable[..., tuple[int, bytes]]


class Quiet(PublishedPages):
    def log_message(self, *_: object) -> None:
        """Keep the terminal quiet."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """What is published, in a folder that is reached over a dot-folder and a link."""
    root = tmp_path / ".data" / "published"
    (root / "show" / "episode").mkdir(parents=True)
    (root / "index.html").write_text("all")
    (root / "show" / "index.html").write_text("show")
    (root / "show" / "episode" / "ko.txt").write_text("ko")
    (root / "show" / ".episode.old").mkdir()
    (root / "show" / ".episode.old" / "ko.txt").write_text("secret")
    (root / ".lock").write_text("secret")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "ko.txt").write_text("secret")
    (root / "link").symlink_to(tmp_path / "outside")
    (root / "file.txt").symlink_to(tmp_path / "outside" / "ko.txt")
    (root / "hidden.txt").symlink_to(root / ".lock")
    (root / "latest").symlink_to(root / "show")
    (tmp_path / "linked").symlink_to(root)
    return tmp_path / "linked"


@pytest.fixture
def get(root: Path) -> Iterator[Get]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()

    def ask(path: str, method: str = "GET") -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        connection.request(method, path)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    yield ask
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/", b"all"),
        ("/show/", b"show"),
        ("/show/episode/ko.txt?x", b"ko"),
        ("/show/../index.html", b"all"),
        ("/latest/episode/ko.txt", b"ko"),
    ],
)
def test_what_is_published_is_served(get: Get, path: str, content: bytes) -> None:
    assert get(path) == (200, content)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path",
    [
        "/.lock", "/%2elock", "/show/.episode.old/ko.txt", "/show/.episode.old/",
        "/show//.episode.old/ko.txt", "/show/%2Eepisode.old/ko.txt", "/link/ko.txt", "/link/",
        "/file.txt", "/hidden.txt", "/../outside/ko.txt", "/%2e%2e/%2e%2e/outside/ko.txt",
        "/show/episode/", "/none",
    ],
)  # fmt: skip
def test_nothing_else_is(get: Get, path: str, method: str) -> None:
    status, content = get(path, method)

    assert status == 404
    assert b"secret" not in content
