"""Ask a server that speaks the OpenAI chat protocol: patiently, within limits, and no other one."""

import logging
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx

from audio.web.address import parse_address
from audio.web.body import read_body
from audio.web.connection import ClosedHostError, WebTransport
from audio.web.open_hosts import LOOPBACK, NONE, SETTING, OpenHosts
from audio.web.patience import Clock, Patience
from podcast.errors import BadInputError, InterlinearError, NetworkError, SetupError
from translation.engines.chat_protocol import (
    FORMS,
    parse_answer,
    parse_models,
    parse_object,
    request_body,
)
from translation.prompting.chat import ChatAnswer, ChatRequest

logger = logging.getLogger(__name__)

MOST_BYTES = 8 << 20
"""Of an answer. One takes a few kilobytes, with the probabilities of its tokens some hundred."""

PATIENCE = Patience(connect=10.0, read=600.0, whole=600.0)
"""A batch may take minutes on a processor, and nothing comes before it is done."""

RETRY = "Retry-After"
MUCH = 10
"""Times the longest wait; who asks for more is not asked again now."""

_Came = httpx.Response | httpx.HTTPError | NetworkError
"""What comes of a request."""

_NO_ENTRY = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_NOT_TAKEN = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})
_AWAY = frozenset(
    {
        *(HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY),
        *(HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT),
    }
)
"""A server that starts, is busy, or has a proxy before it that does not find it."""

_LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, *_AWAY})
_UNABLE = HTTPStatus.NOT_IMPLEMENTED
_UNKNOWN_FIELD = frozenset({*_NOT_TAKEN, HTTPStatus.INTERNAL_SERVER_ERROR, _UNABLE})
"""How servers answer what they do not know, or what their model cannot do,"""

_TOO_LONG = re.compile(r"context|too (?:long|large|many)|exceed", re.IGNORECASE)
"""and what they then say where it is the question that is too long."""


class RefusedRequestError(BadInputError):
    """A server that is there does not answer a request; it may be too long for the model."""


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """Which server is asked, and how.

    Attributes:
        url: Up to the version and with it, as in http://127.0.0.1:8080/v1.
        model: As the server calls it.
        key: Goes into the header of each request, and nowhere else.
        open_hosts: What may be asked besides the public internet and this machine.
        patience: With one request.
        n_tries: Of a request at which the server fails in a way that may pass.
        n_calls: Of a server that is not there, or takes no request now.
        first_wait: Seconds before the second try; each wait is twice the one before.
        longest_wait: Seconds; a server that asks for many times more is not waited for.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    open_hosts: OpenHosts = NONE
    patience: Patience = PATIENCE
    n_tries: int = 5
    n_calls: int = 9
    first_wait: float = 1.0
    longest_wait: float = 60.0


class ChatClient:
    """Asks one model of one server. Threads may share it.

    Args:
        options: Which.
        sleep: Waits so many seconds.
    """

    def __init__(self, options: ChatOptions, sleep: Callable[[float], object] = time.sleep) -> None:
        self._options = options
        self._shown = parse_address(options.url).shown
        self._sleep = sleep
        self._threads = threading.local()
        self._form = 0
        self._is_proven = False

    def ask(self, request: ChatRequest) -> ChatAnswer:
        """Return what the model says.

        Raises:
            RefusedRequestError: The server is there, and does not answer this request.
            SetupError: The server takes none: it wants a key, or has no such model.
            NetworkError: Call after call it was not there.
        """
        while True:
            form = self._form
            asked = request_body(request, self._options.model, FORMS[form])
            response = self._patiently(asked)
            if answer := _answer(response):
                self._is_proven = True
                return answer
            is_last = form + 1 == len(FORMS)
            if self._is_proven or is_last or not _may_not_know(response):
                raise self._error(response)
            logger.info("%s refuses %s", self._shown, ", ".join(sorted(FORMS[form])))
            self._form = form + 1

    def models(self) -> tuple[str, ...]:
        """Return what the server calls its models; none where it does not say.

        Raises:
            SetupError: It wants a key, or leads elsewhere.
            NetworkError: It is not there.
        """
        try:
            response = self._send("GET", "/models", None)
        except (httpx.HTTPError, NetworkError) as error:
            raise self._silence(error) from error
        if response.status_code in _NO_ENTRY or response.is_redirect:
            raise self._error(response)
        return parse_models(response.content) if response.is_success else ()

    def check(self) -> None:
        """See that the server is there and has the model.

        Raises:
            SetupError: It does not have it, or wants a key.
            NetworkError: It is not there.
        """
        found = self.models()
        model = self._options.model
        if found and not {model, f"{model}:latest"} & set(found):
            raise SetupError(
                f"The server at {self._shown} has no model {model!r}. It has "
                f"{', '.join(found)}: name one of them."
            )

    def _patiently(self, asked: Mapping[str, Any]) -> httpx.Response:
        """Send a question until it is answered, or until another try would not help."""
        options, began, failures = self._options, time.monotonic(), Counter[bool]()
        while True:
            came = self._attempt(asked)
            failures[_is_away(came)] += 1
            if self._is_last(came, failures, time.monotonic() - began):
                break
            wait = max(options.first_wait * 2 ** (failures.total() - 1), _retry_after(came))
            self._sleep(min(wait, options.longest_wait))
        if isinstance(came, Exception):
            raise self._said_of(self._silence(came), came) from came
        return came

    def _attempt(self, asked: Mapping[str, Any]) -> _Came:
        try:
            return self._send("POST", "/chat/completions", asked)
        except (httpx.HTTPError, NetworkError) as error:
            return error

    def _is_last(self, came: _Came, failures: Counter[bool], seconds: float) -> bool:
        """Say whether another try would not help, or come too late."""
        options = self._options
        return (
            not _may_pass(came)
            or failures[False] >= options.n_tries
            or failures[True] >= options.n_calls
            or seconds > options.patience.whole
            or _retry_after(came) > MUCH * options.longest_wait
        )

    def _said_of(self, error: InterlinearError, came: _Came) -> InterlinearError:
        """Return what to raise: if the server is there, it is this request that it fails at."""
        is_there = isinstance(error, NetworkError) and not _is_away(came) and self._is_there()
        return RefusedRequestError(str(error)) if is_there else error

    def _is_there(self) -> bool:
        try:
            return not _is_away(self._send("GET", "/models", None))
        except (httpx.HTTPError, NetworkError, RefusedRequestError):
            return False

    def _send(
        self, method: str, path: str, asked: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        """Send one request, and read its answer to the end while the clock runs."""
        connection = self._connection()
        connection.clock.restart()
        url = self._options.url.rstrip("/") + path
        with connection.client.stream(method, url, json=asked) as response:
            if response.has_redirect_location:  # it comes without its body
                return response
            try:
                content = read_body(response, self._shown, MOST_BYTES, "answer of a language model")
            except BadInputError as error:
                raise RefusedRequestError(str(error)) from error
        pause = {RETRY: response.headers[RETRY]} if RETRY in response.headers else {}
        return httpx.Response(response.status_code, headers=pause, content=content)

    def _connection(self) -> "_Connection":
        """Return the one of this thread, since a clock times one request."""
        if not hasattr(self._threads, "connection"):
            self._threads.connection = _connect(self._options)
        connection: _Connection = self._threads.connection
        return connection

    def _error(self, response: httpx.Response) -> InterlinearError:
        status, said = response.status_code, self._said(response)
        if status in _NO_ENTRY:
            return SetupError(
                f"The server at {self._shown} refuses access ({status}{said}). Give it the key "
                "that it knows."
            )
        if response.is_redirect:
            return SetupError(
                f"The server at {self._shown} redirects elsewhere, where nothing is sent. Give "
                "the address that it has now."
            )
        if status in _NOT_TAKEN or status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return RefusedRequestError(
                f"The server at {self._shown} does not take a request ({status}{said}). See in its "
                "log why."
            )
        if response.is_client_error and status not in _LATER:
            return SetupError(
                f"The server at {self._shown} has no model {self._options.model!r}, or speaks no "
                f"chat protocol there ({status}{said}). {self._offer()}"
            )
        what = "says nothing of the chat protocol" if response.is_success else "failed"
        error = NetworkError(
            f"The server at {self._shown} {what}, try after try ({status}{said}). See in its log "
            "why, and try again."
        )
        return self._said_of(error, response)

    def _said(self, response: httpx.Response) -> str:
        """Return the server's own words for an error, short, to stand after its number."""
        error = parse_object(response.content).get("error")
        message = error.get("message") if isinstance(error, dict) else error
        words = " ".join(str(message or "").split())
        if self._options.key:  # some servers repeat what they do not know
            words = words.replace(self._options.key, "…")
        return f": {words[:200]}" if words.isprintable() and words else ""

    def _offer(self) -> str:
        """Say which models there are, where the server tells."""
        try:
            found = self.models()
        except InterlinearError:
            found = ()
        return f"It has {', '.join(found)}." if found else "Addresses mostly end in /v1."

    def _silence(self, error: Exception) -> InterlinearError:
        match error:
            case ClosedHostError():
                return SetupError(
                    f"{self._shown} is not of the public internet. If it may be asked, name its "
                    f"host in {SETTING}."
                )
            case httpx.ConnectError() | httpx.ConnectTimeout():
                why = "cannot be reached. Start it, or correct the address"
            case httpx.TimeoutException():
                why = f"gave no whole answer within {self._options.patience.whole:g} s"
            case _:
                why = "broke off, try after try. See in its log why"
        return NetworkError(f"The language model's server at {self._shown} {why}.")


@dataclass(frozen=True, slots=True)
class _Connection:
    """A client that stays connected, and the clock of the request that it is at."""

    client: httpx.Client
    clock: Clock


def _connect(options: ChatOptions) -> _Connection:
    hosts = OpenHosts(options.open_hosts.names, (*options.open_hosts.networks, *LOOPBACK))
    headers = {"Accept-Encoding": "gzip"}
    if options.key:
        headers["Authorization"] = f"Bearer {options.key}"
    clock = Clock(options.patience)
    client = httpx.Client(
        transport=WebTransport(hosts, clock), timeout=options.patience.timeout(), headers=headers
    )
    return _Connection(client, clock)


def _answer(response: httpx.Response) -> ChatAnswer | None:
    return parse_answer(response.content) if response.is_success else None


def _may_not_know(response: httpx.Response) -> bool:
    """Say whether a server refuses a field of the protocol, and not the length of a question."""
    is_long = _TOO_LONG.search(response.text) is not None
    return response.status_code in _UNKNOWN_FIELD and not is_long


def _may_pass(came: _Came) -> bool:
    if isinstance(came, Exception):
        return not isinstance(came, ClosedHostError)
    if came.is_success:
        return _answer(came) is None
    return came.status_code in _LATER or (came.is_server_error and came.status_code != _UNABLE)


def _is_away(came: _Came) -> bool:
    if isinstance(came, Exception):
        return isinstance(came, httpx.ConnectError | httpx.ConnectTimeout)
    return came.status_code in _AWAY


def _retry_after(came: _Came) -> float:
    """Return the seconds that a server asks to wait; 0 where it does not."""
    told = "" if isinstance(came, Exception) else came.headers.get(RETRY, "")
    if told.isdecimal():
        return float(told)
    try:
        return parsedate_to_datetime(told).timestamp() - time.time()
    except (ValueError, OverflowError):
        return 0.0
