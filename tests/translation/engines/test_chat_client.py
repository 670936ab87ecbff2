import gzip
import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from audio.web.patience import Patience
from podcast.errors import InterlinearError, NetworkError, SetupError
from translation.engines.chat_client import MOST_BYTES, ChatClient, ChatOptions, RefusedRequestError
from translation.prompting.chat import ChatAnswer, ChatRequest, Token

SCHEMA = {"type": "object"}
REQUEST = ChatRequest((("user", "Hello."),), max_tokens=50, schema=SCHEMA)
KEY = "sk-very-secret"


def said(text: object, finish: str | None = "stop", **choice: Any) -> tuple[int, Any]:
    message = {"role": "assistant", "content": text}
    return 200, {"choices": [{"message": message, "finish_reason": finish, **choice}]}


def failed(status: int, message: str = "no") -> tuple[int, Any]:
    return status, {"error": {"message": message}}


class ModelServer(BaseHTTPRequestHandler):
    """Answers with what it was given, the last one again and again."""

    replies: list[Any]
    asked: list[Mapping[str, Any]]
    headers_seen: list[Mapping[str, str]]
    models: tuple[int, Any]

    def do_GET(self) -> None:
        self.reply(self.models)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(json.loads(body))
        self.headers_seen.append(dict(self.headers))
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if callable(reply):
            reply(self)
        else:
            self.reply(reply)

    def reply(self, reply: tuple[Any, ...]) -> None:
        status, content, *headers = reply
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


def cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices"')
    handler.close_connection = True


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    try:
        for _ in range(1000):
            handler.wfile.write(b"H")
            handler.wfile.flush()
            time.sleep(0.02)
    except OSError:
        pass


@pytest.fixture
def server() -> type[ModelServer]:
    kept = {
        "replies": [said("안녕.")],
        "asked": [],
        "headers_seen": [],
        "models": (200, {"data": []}),
    }
    return type("Server", (ModelServer,), kept)


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def client(
    serve: Callable[..., str], server: type[ModelServer], waits: list[float]
) -> Callable[..., ChatClient]:
    def make(**options: Any) -> ChatClient:
        url = f"{serve(server)}/v1"
        return ChatClient(replace(ChatOptions(url, "qwen", KEY), **options), waits.append)

    return make


def test_a_model_is_asked_in_the_words_of_the_protocol(
    client: Callable[..., ChatClient], server: type[ModelServer]
) -> None:
    assert client().ask(REQUEST) == ChatAnswer("안녕.")

    asked = server.asked[0]
    assert asked["model"] == "qwen"
    assert asked["messages"] == [{"role": "user", "content": "Hello."}]
    assert (asked["max_tokens"], asked["temperature"]) == (50, 0.0)
    assert asked["response_format"]["json_schema"]["schema"] == SCHEMA


@pytest.mark.parametrize(
    ("reason", "is_whole"),
    [("length", False), ("content_filter", False), ("stop", True), ("eos", True), (None, True)],
)
def test_an_answer_that_hits_a_limit_is_not_whole(
    client: Callable[..., ChatClient], server: type[ModelServer], reason: str, is_whole: bool
) -> None:
    server.replies = [said("안", reason)]

    assert client().ask(REQUEST).is_whole is is_whole


def test_the_probabilities_of_tokens_come_along(
    client: Callable[..., ChatClient], server: type[ModelServer]
) -> None:
    tokens = [
        {"token": "?", "logprob": -0.5, "bytes": [0xEC, 0x95]},
        {"token": "b", "logprob": -0.25, "bytes": None},
    ]
    server.replies = [said("안b", logprobs={"content": tokens})]

    assert client().ask(REQUEST).tokens == (Token(b"\xec\x95", -0.5), Token(b"b", -0.25))


@pytest.mark.parametrize(
    "odd",
    [
        *(None, 5, {"content": None}, {"content": [None]}, {"content": [{"token": "안"}]}),
        *({"content": [{"token": "\ud800", "logprob": -1}]}, {"content": [{"logprob": None}]}),
        *({"content": [{"bytes": b, "logprob": -1.0}]} for b in ([300], 10**12, "ab")),
    ],
)
def test_probabilities_that_cannot_be_read_leave_the_answer(
    client: Callable[..., ChatClient], server: type[ModelServer], odd: object
) -> None:
    server.replies = [said("안녕.", logprobs=odd)]

    assert client().ask(REQUEST) == ChatAnswer("안녕.")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ([{"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": "안녕."}], "안녕."),
        ([], ""),
        (None, ""),
        ({"text": "안녕."}, ""),
    ],
)
def test_a_text_may_come_in_parts(
    client: Callable[..., ChatClient], server: type[ModelServer], content: object, text: str
) -> None:
    server.replies = [said(content)]

    assert client().ask(REQUEST).text == text


def test_an_answer_may_be_compressed_and_begin_with_a_mark(
    client: Callable[..., ChatClient], server: type[ModelServer]
) -> None:
    body = b"\xef\xbb\xbf" + json.dumps(said("안녕.")[1]).encode()
    server.replies = [(200, gzip.compress(body), ("Content-Encoding", "gzip"))]

    assert client().ask(REQUEST).text == "안녕."


@pytest.mark.parametrize(
    "reply",
    [
        failed(429),
        failed(503),
        failed(408),
        cut,
        (200, b"<html>busy</html>"),
        (200, {"choices": []}),
        (200, b"[" * 100_000),
        (200, {"data": []}),
        (200, {"choices": ["안녕."]}),
        (200, b'\xff{"choices": []}'),
        (200, {"error": {"message": "busy", "code": 503}}),
    ],
)
def test_what_may_pass_is_tried_again(
    client: Callable[..., ChatClient], server: type[ModelServer], waits: list[float], reply: object
) -> None:
    server.replies = [reply, reply, said("안녕.")]

    assert client().ask(REQUEST).text == "안녕."
    assert waits == [1.0, 2.0]


def test_a_server_may_say_how_long_to_wait(
    client: Callable[..., ChatClient], server: type[ModelServer], waits: list[float]
) -> None:
    later = (*failed(429), ("Retry-After", "7"))
    much_later = (*failed(429), ("Retry-After", "500"))
    on_a_day = (*failed(429), ("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT"))
    soon = (*failed(429), ("Retry-After", formatdate(time.time() + 30, usegmt=True)))
    odd = (*failed(429), ("Retry-After", "nan"))
    server.replies = [later, much_later, on_a_day, odd, soon, said("안녕.")]

    client().ask(REQUEST)

    assert waits == [7.0, 60.0, 4.0, 8.0, pytest.approx(30, abs=2)]


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_to_wait_for_a_day_is_not_waited_for(
    client: Callable[..., ChatClient], server: type[ModelServer], waits: list[float], status: int
) -> None:
    server.replies = [(*failed(status, "quota"), ("Retry-After", "86400"))]

    with pytest.raises(NetworkError, match="quota"):
        client().ask(REQUEST)

    assert waits == []


def test_a_server_that_is_away_is_waited_for_for_minutes(
    client: Callable[..., ChatClient], server: type[ModelServer], waits: list[float]
) -> None:
    server.replies = [failed(503, "Loading model")]

    with pytest.raises(NetworkError, match=r"failed, try after try \(503: Loading model\)"):
        client().ask(REQUEST)

    assert sum(waits) > 120


@pytest.mark.parametrize(
    ("reply", "kind", "message"),
    [
        (failed(401, "bad key"), SetupError, r"refuses access \(401: bad key\)"),
        (failed(404), SetupError, r"no model 'qwen'.* It has gemma-3, hy-mt2\."),
        ((302, b"", ("Location", "http://127.0.0.1:1/v1")), SetupError, "redirects elsewhere"),
        ((307, b""), SetupError, "redirects elsewhere"),
    ],
)
def test_what_does_not_pass_is_said_at_once(
    client: Callable[..., ChatClient],
    server: type[ModelServer],
    waits: list[float],
    reply: Any,
    kind: type[InterlinearError],
    message: str,
) -> None:
    server.replies = [reply]
    server.models = (200, {"data": [{"id": "gemma-3"}, {"id": "hy-mt2"}]})

    with pytest.raises(kind, match=message):
        client().ask(REQUEST)

    assert len(server.asked) == 1
    assert waits == []


def test_a_page_in_place_of_answers_is_said(
    client: Callable[..., ChatClient], server: type[ModelServer]
) -> None:
    server.replies = [(200, b"<html>Log in</html>")]

    with pytest.raises(RefusedRequestError, match=r"says nothing of the chat protocol, try.*200"):
        client().ask(REQUEST)


@pytest.mark.parametrize("reply", [failed(500), cut, (200, {"choices": []})])
@pytest.mark.parametrize(("models", "kind"), [(200, RefusedRequestError), (503, NetworkError)])
def test_a_request_that_always_fails_is_refused_if_the_server_is_there(
    client: Callable[..., ChatClient],
    server: type[ModelServer],
    waits: list[float],
    reply: Any,
    models: int,
    kind: type[InterlinearError],
) -> None:
    server.replies = [said("안녕."), reply]
    server.models = failed(models)
    asking = client()
    asking.ask(REQUEST)

    with pytest.raises(kind, match="try after try"):
        asking.ask(REQUEST)

    assert waits == [1.0, 2.0, 4.0, 8.0]


@pytest.mark.parametrize("status", [400, 422, 501])
def test_a_server_is_not_asked_twice_for_what_it_does_not_know(
    client: Callable[..., ChatClient], server: type[ModelServer], waits: list[float], status: int
) -> None:
    server.replies = [failed(status, "no logprobs"), failed(status, "no schema"), said("안녕.")]
    asking = client()

    asking.ask(REQUEST)
    asking.ask(REQUEST)

    formats = [one.get("response_format", {}).get("type") for one in server.asked]
    assert formats == ["json_schema", "json_schema", "json_object", "json_object"]
    assert ["logprobs" in one for one in server.asked] == [True, False, False, False]
    assert waits == []


def test_a_server_that_fails_once_is_asked_for_all_of_it_again(
    client: Callable[..., ChatClient], server: type[ModelServer]
) -> None:
    server.replies = [failed(500), said("안녕.")]

    client().ask(REQUEST)

    assert all("logprobs" in one for one in server.asked)


def test_a_server_that_fails_each_time_may_not_know_a_field(
    client: Callable[..., ChatClient], server: type[ModelServer]
) -> None:
    server.replies = [*[failed(500, "no logprobs")] * 5, said("안녕.")]

    assert client().ask(REQUEST).text == "안녕."


@pytest.mark.parametrize("reply", [failed(400, "context size exceeded"), failed(413, "no")])
def test_a_first_request_that_is_too_long_says_nothing_of_fields(
    client: Callable[..., ChatClient], server: type[ModelServer], reply: Any
) -> None:
    server.replies = [reply, said("안녕.")]
    asking = client()

    with pytest.raises(RefusedRequestError):
        asking.ask(REQUEST)
    asking.ask(REQUEST)

    assert all("logprobs" in one for one in server.asked)


def test_a_request_that_is_too_long_is_refused_alone(
    client: Callable[..., ChatClient], server: type[ModelServer]
) -> None:
    server.replies = [said("안녕."), failed(400, "context size exceeded"), said("네.")]
    asking = client()
    asking.ask(REQUEST)

    with pytest.raises(RefusedRequestError, match=r"400: context size exceeded"):
        asking.ask(REQUEST)

    assert asking.ask(REQUEST).text == "네."


def test_a_server_that_drips_is_left(
    client: Callable[..., ChatClient], server: type[ModelServer]
) -> None:
    server.replies = [drip]
    began = time.monotonic()

    with pytest.raises(RefusedRequestError, match=r"gave no whole answer within 0\.2 s"):
        client(n_tries=1, patience=Patience(whole=0.2)).ask(REQUEST)

    assert time.monotonic() - began < 2


def test_an_answer_without_end_is_not_read_to_it(
    client: Callable[..., ChatClient], server: type[ModelServer]
) -> None:
    server.replies = [(200, b" " * (MOST_BYTES + 1))]

    with pytest.raises(RefusedRequestError, match=r"larger than 8,388,608 bytes"):
        client().ask(REQUEST)


def test_a_server_that_is_not_there_is_named(waits: list[float]) -> None:
    gone = ChatClient(ChatOptions("http://user:word@127.0.0.1:9/v1?k=v", "qwen"), waits.append)

    with pytest.raises(NetworkError, match=r"at http://127\.0\.0\.1:9/v1 cannot be reached"):
        gone.check()


def test_a_host_inside_is_not_asked_unless_it_is_open(waits: list[float]) -> None:
    inside = ChatClient(ChatOptions("http://10.0.0.1:8080/v1", "qwen"), waits.append)

    with pytest.raises(SetupError, match="INTERLINEAR_OPEN_HOSTS"):
        inside.check()

    assert waits == []


def test_no_proxy_learns_what_is_said_on_this_machine(
    client: Callable[..., ChatClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")

    assert client().ask(REQUEST).text == "안녕."


@pytest.mark.parametrize("model", ["qwen", "qwen2"])
def test_a_model_that_a_server_lists_is_there(
    client: Callable[..., ChatClient], server: type[ModelServer], model: str
) -> None:
    server.models = (200, {"data": [{"id": "qwen:latest"}, {"id": "qwen2"}]})

    client(model=model).check()


def test_a_model_that_a_server_does_not_list_is_said_before_any_is_asked(
    client: Callable[..., ChatClient], server: type[ModelServer]
) -> None:
    server.models = (200, {"data": [{"id": "gemma-3"}]})

    with pytest.raises(SetupError, match=r"no model 'qwen'\. It has gemma-3"):
        client().check()

    assert server.asked == []


def test_a_server_that_leads_elsewhere_is_said_before_it_is_asked(
    client: Callable[..., ChatClient], server: type[ModelServer]
) -> None:
    server.models = (301, b"", ("Location", "http://127.0.0.1:1/v1/models"))

    with pytest.raises(SetupError, match="redirects elsewhere"):
        client().check()


@pytest.mark.parametrize("models", [failed(404), (200, [])])
def test_a_server_that_lists_nothing_may_have_the_model(
    client: Callable[..., ChatClient], server: type[ModelServer], models: Any
) -> None:
    server.models = models

    client().check()


def test_the_key_stands_in_the_header_alone(
    client: Callable[..., ChatClient], server: type[ModelServer], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.replies = [said("안녕."), failed(401, f"unknown key {KEY}")]
    asking = client()
    asking.ask(REQUEST)

    with pytest.raises(SetupError) as refused:
        asking.ask(REQUEST)

    assert server.headers_seen[0]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(server.asked) + caplog.text + str(refused.value)
    assert KEY not in repr(ChatOptions("http://127.0.0.1/v1", "qwen", KEY))


def test_threads_have_connections_of_their_own(
    client: Callable[..., ChatClient], server: type[ModelServer]
) -> None:
    barrier = threading.Barrier(2, timeout=5)

    def together(handler: Any) -> None:
        barrier.wait()
        handler.reply(said("안녕."))

    server.replies = [together]
    asking, answers = client(), []
    threads = [threading.Thread(target=lambda: answers.append(asking.ask(REQUEST))) for _ in "ab"]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [ChatAnswer("안녕.")] * 2
