"""A webhook on the loopback."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from flows.settings import settings

Serve = Callable[[type[BaseHTTPRequestHandler]], str]


class Receiver:
    """A webhook on the loopback: what it answers, one after the other, and what it got."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.got: list[tuple[dict[str, str], bytes]] = []

    def handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                if status := receiver.answers.pop(0):
                    self.send_response(status)
                    self.send_header("Location", "/elsewhere")
                    self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture
def receiver(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    receiver = Receiver()
    monkeypatch.setenv("INTERLINEAR_WEBHOOK", serve(receiver.handler()))
    monkeypatch.setenv("INTERLINEAR_WEBHOOK_SECRET", "of-the-test")
    settings.cache_clear()
    yield receiver
    settings.cache_clear()
