"""What a name leads to is looked at before each connection, and that very address is asked."""

import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from audio.feeds.feed_download import fetch_feed
from audio.transcripts.transcript_download import fetch_transcript
from audio.web.client import WebOptions
from audio.web.download import DownloadOptions
from audio.web.open_hosts import parse_open_hosts
from audio.web.sound_stamp import fetch_stamp
from podcast.errors import BadInputError, NetworkError, SetupError

Handler = type[Any]
Serve = Callable[[Handler], str]
Refuse = Callable[..., None]

SPELLINGS = [
    "localhost", "127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "127.1",
    "0", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "169.254.169.254", "[64:ff9b::7f00:1]",
]  # fmt: skip


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_an_address_inside_is_asked(host: str) -> None:
    with pytest.raises(BadInputError, match=r"not of the public internet.*INTERLINEAR_OPEN_HOSTS"):
        fetch_feed(f"http://{host}:9/feed.xml")


@pytest.mark.parametrize("fetch", [fetch_feed, fetch_transcript, fetch_stamp])
def test_whatever_is_fetched_is_closed_to_what_is_inside(
    serve: Serve, handler: Handler, fetch: Callable[[str], object]
) -> None:
    with pytest.raises(BadInputError, match="not of the public internet"):
        fetch(serve(handler) + "/a")

    assert handler.requests == []


def test_sound_from_inside_is_refused(serve: Serve, handler: Handler, refuse: Refuse) -> None:
    refuse(BadInputError, "not of the public internet", serve(handler), web=WebOptions())

    assert handler.requests == []


@pytest.mark.parametrize("host", SPELLINGS[1:])
def test_a_redirect_to_the_inside_is_refused(
    serve: Serve, handler: Handler, refuse: Refuse, host: str
) -> None:
    inner = type("Inner", (handler,), {"requests": []})
    handler.status = 302
    handler.headers_out = {"Location": f"http://{host}:{serve(inner).rpartition(':')[2]}/secret"}

    outer = serve(handler).replace("127.0.0.1", "localhost")
    only_outer = WebOptions(open_hosts=parse_open_hosts("localhost"))
    refuse(BadInputError, "which is not of the public internet", outer, web=only_outer)

    assert len(handler.requests) == 1
    assert inner.requests == []


def resolve_to(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let names lead to these addresses, one after the other; return what is looked up."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, *rest: Any, **more: Any) -> Any:
        asked.append(host)
        is_name = host.endswith(".example")
        return real(answers[len(asked) - 1] if is_name else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1", "0.0.0.0", "192.168.0.1"])
def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    resolve_to(monkeypatch, address)

    with pytest.raises(BadInputError, match=r"leads to feeds\.example, which is not"):
        fetch_feed("http://feeds.example/feed.xml")


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    serve: Serve, handler: Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = serve(handler).rpartition(":")[2]
    asked = resolve_to(monkeypatch, "127.0.0.1", "10.0.0.1")
    web = WebOptions(open_hosts=parse_open_hosts("feeds.example"))

    fetch_feed(f"http://feeds.example:{port}/feed.xml", web=web)

    assert asked == ["feeds.example", "127.0.0.1"]
    assert handler.requests[0]["Host"] == f"feeds.example:{port}"


def test_of_several_addresses_the_next_is_tried(
    serve: Serve, handler: Handler, monkeypatch: pytest.MonkeyPatch, web: WebOptions
) -> None:
    port = int(serve(handler).rpartition(":")[2])
    real, wanted = socket.getaddrinfo, [("::1", port), ("127.0.0.2", port), ("127.0.0.1", port)]

    def look_up(host: str, *rest: Any, **more: Any) -> Any:
        if host != "feeds.example":
            return real(host, *rest, **more)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in wanted]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    both = replace(web, open_hosts=parse_open_hosts("127.0.0.0/8"))

    fetch_feed(f"http://feeds.example:{port}/feed.xml", web=both)

    assert len(handler.requests) == 1


@pytest.fixture
def proxy(serve: Serve, handler: Handler, monkeypatch: pytest.MonkeyPatch) -> Handler:
    """A proxy on the loopback, which nobody has opened, named by the environment."""
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("http_proxy", serve(handler).removeprefix("http://"))
    return handler


def test_a_proxy_looks_names_up_itself(proxy: Handler) -> None:
    fetched = fetch_feed("http://nowhere.invalid/feed.xml")

    assert fetched.content == proxy.body
    assert proxy.requests[0]["path"] == "http://nowhere.invalid/feed.xml"


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "[::1]", "169.254.169.254"])
def test_a_proxy_is_not_asked_for_an_address_inside(proxy: Handler, host: str) -> None:
    with pytest.raises(BadInputError, match="not of the public internet"):
        fetch_feed(f"http://{host}/feed.xml")

    assert proxy.requests == []


def test_what_goes_past_the_proxy_is_looked_at(
    proxy: Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "localhost")

    with pytest.raises(BadInputError, match="not of the public internet"):
        fetch_feed("http://localhost:9/feed.xml")


@pytest.mark.parametrize("address", ["socks5://127.0.0.1:1", "ftp://127.0.0.1"])
def test_a_proxy_of_an_unknown_kind_is_explained(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("all_proxy", address)

    with pytest.raises(SetupError, match="proxy that the environment names"):
        fetch_feed("http://feeds.example/feed.xml")


def login_seen_after(location: str, serve: Serve, handler: Handler, options: WebOptions) -> bool:
    handler.answer = lambda request: (
        request.send(200, b"<rss/>")
        if request.path == "/end"
        else request.send(302, b"", Location=location)
    )
    fetch_feed(serve(handler).replace("//", "//ann:secret@") + "/feed.xml", web=options)
    return "Authorization" in handler.requests[-1]


def test_a_login_stays_with_its_scheme_host_and_port(
    serve: Serve, handler: Handler, web: WebOptions
) -> None:
    other = type("Other", (handler,), {"requests": []})
    other.body = b"<rss/>"

    assert login_seen_after("/end", serve, handler, web)
    login_seen_after(serve(other) + "/end", serve, handler, web)
    assert "Authorization" not in other.requests[0]


def test_a_login_that_is_asked_for_is_told(
    serve: Serve, handler: Handler, refuse: Refuse, options: DownloadOptions
) -> None:
    handler.status = 401

    refuse(BadInputError, r"answered 401 Unauthorized.*https://USER:PASSWORD@host/", serve(handler))


def test_a_name_that_nothing_has_is_no_connection(web: WebOptions) -> None:
    with pytest.raises(NetworkError, match="no connection"):
        fetch_feed("http://nowhere.invalid/feed.xml", web=web)
