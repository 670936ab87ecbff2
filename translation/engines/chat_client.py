"""Ask a server that speaks the OpenAI chat protocol: patiently, within limits, and no other one."""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import httpx

from audio.web.address import parse_address
from audio.web.body import read_body
from audio.web.connection import ClosedHostError, WebTransport
from audio.web.open_hosts import LOOPBACK, NONE, SETTING, OpenHosts
from audio.web.patience import Clock, Patience
from podcast.errors import BadInputError, InterlinearError, NetworkError, SetupError
from translation.prompting.chat import ChatAnswer, ChatRequest, Token

logger = logging.getLogger(__name__)

MOST_BYTES = 8 << 20
"""Of an answer. One takes a few kilobytes, with the probabilities of its tokens some hundred."""

PATIENCE = Patience(connect=10.0, read=600.0, whole=600.0)
"""A batch may take minutes on a processor, and nothing comes before it is done."""

FORMS = (
    frozenset({"logprobs", "json_schema"}),
    frozenset({"json_schema"}),
    frozenset({"json_object"}),
    frozenset[str](),
)
"""What may be asked for beyond the core of the protocol, the most first."""

_CUT_OFF = frozenset({"length", "max_tokens", "content_filter"})
"""Why an answer has no end; servers have many names for the other reasons."""

_NO_ENTRY = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_NOT_TAKEN = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)
_LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_UNABLE = HTTPStatus.NOT_IMPLEMENTED
_UNKNOWN_FIELD = frozenset({*_NOT_TAKEN, HTTPStatus.INTERNAL_SERVER_ERROR, _UNABLE})
"""How servers answer what they do not know, or what their model cannot do."""


class RefusedRequestError(BadInputError):
    """A server does not take a request as it is; it may be too long for the model."""


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """Which server is asked, and how.

    Attributes:
        url: Up to the version and with it, as in http://127.0.0.1:8080/v1.
        model: As the server calls it.
        key: Goes into the header of each request, and nowhere else.
        open_hosts: What may be asked besides the public internet and this machine.
        patience: With one request.
        n_tries: Of a request that fails in a way that may pass.
        first_wait: Seconds before the second try; each wait is twice the one before.
        longest_wait: Seconds, also where the server asks for more.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    open_hosts: OpenHosts = NONE
    patience: Patience = PATIENCE
    n_tries: int = 5
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
            RefusedRequestError: The server does not take this request.
            SetupError: The server takes none: it wants a key, or has no such model.
            NetworkError: Try after try it could not be asked, or its answer could not be read.
        """
        while True:
            form = self._form
            asked = _body(request, self._options.model, FORMS[form])
            response = self._patiently("POST", "/chat/completions", asked, self._options.n_tries)
            if response.is_success and _is_readable(response):
                self._is_proven = True
                return _answer(_json(response))
            is_last = form + 1 == len(FORMS)
            if self._is_proven or is_last or response.status_code not in _UNKNOWN_FIELD:
                raise self._error(response)
            logger.info("%s refuses %s", self._shown, ", ".join(sorted(FORMS[form])))
            self._form = form + 1

    def models(self) -> tuple[str, ...]:
        """Return what the server calls its models; none where it does not say.

        Raises:
            SetupError: It wants a key.
            NetworkError: It is not there.
        """
        response = self._patiently("GET", "/models", None, n_tries=1)
        if response.status_code in _NO_ENTRY:
            raise self._error(response)
        found = _json(response).get("data")
        listed = found if response.is_success and isinstance(found, list) else []
        return tuple(str(one["id"]) for one in listed if isinstance(one, dict) and "id" in one)

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

    def _patiently(
        self, method: str, path: str, asked: Mapping[str, Any] | None, n_tries: int
    ) -> httpx.Response:
        """Send a request until it is answered, or until another try would not help."""
        wait = self._options.first_wait
        while True:
            n_tries -= 1
            is_over = n_tries <= 0
            try:
                response = self._send(method, path, asked)
            except (httpx.HTTPError, NetworkError) as error:
                if is_over or isinstance(error, ClosedHostError):
                    raise self._silence(error) from error
                longer = wait
            else:
                if is_over or not self._may_pass(response):
                    return response
                longer = max(wait, _retry_after(response))
            self._sleep(min(longer, self._options.longest_wait))
            wait *= 2

    def _may_pass(self, response: httpx.Response) -> bool:
        status = response.status_code
        if response.is_success:
            return not _is_readable(response)
        return status in _LATER or (response.is_server_error and status != _UNABLE)

    def _send(self, method: str, path: str, asked: Mapping[str, Any] | None) -> httpx.Response:
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
        return httpx.Response(response.status_code, headers=response.headers, content=content)

    def _connection(self) -> "_Connection":
        """Return the one of this thread, since a clock times one request."""
        if not hasattr(self._threads, "connection"):
            self._threads.connection = _connect(self._options)
        connection: _Connection = self._threads.connection
        return connection

    def _error(self, response: httpx.Response) -> InterlinearError:
        status, said = response.status_code, _said(response)
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
        if status in _NOT_TAKEN:
            return RefusedRequestError(
                f"The server at {self._shown} does not take a request ({status}{said}). See in its "
                "log why."
            )
        if response.is_client_error:
            return SetupError(
                f"The server at {self._shown} has no model {self._options.model!r}, or speaks no "
                f"chat protocol there ({status}{said}). {self._offer()}"
            )
        what = "says nothing of the chat protocol" if response.is_success else "failed"
        return NetworkError(
            f"The server at {self._shown} {what}, {self._options.n_tries} times ({status}{said}). "
            "See in its log why, and try again."
        )

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
                why = f"broke off {self._options.n_tries} times. See in its log why"
        return NetworkError(f"The language model's server at {self._shown} {why}.")


@dataclass(frozen=True, slots=True)
class _Connection:
    """A client that stays connected, and the clock of the request that it is at."""

    client: httpx.Client
    clock: Clock


def _connect(options: ChatOptions) -> _Connection:
    hosts = OpenHosts(options.open_hosts.names, (*options.open_hosts.networks, *LOOPBACK))
    headers = {"Accept-Encoding": "identity"}
    if options.key:
        headers["Authorization"] = f"Bearer {options.key}"
    clock = Clock(options.patience)
    client = httpx.Client(
        transport=WebTransport(hosts, clock), timeout=options.patience.timeout(), headers=headers
    )
    return _Connection(client, clock)


def _body(request: ChatRequest, model: str, form: frozenset[str]) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "model": model,
        "messages": [{"role": role, "content": text} for role, text in request.messages],
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        **request.fields,
    }
    if "logprobs" in form:
        asked["logprobs"] = True
    if request.schema is not None and "json_schema" in form:
        schema = {"name": "rows", "strict": True, "schema": request.schema}
        asked["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif request.schema is not None and "json_object" in form:
        # The schema is what older servers of llama.cpp take in this place; others leave it.
        asked["response_format"] = {"type": "json_object", "schema": request.schema}
    return asked


def _answer(said: Mapping[str, Any]) -> ChatAnswer:
    choice = said["choices"][0]
    text = choice["message"].get("content")
    logprobs = choice.get("logprobs")
    tokens = logprobs.get("content") if isinstance(logprobs, dict) else None
    return ChatAnswer(
        text if isinstance(text, str) else "",
        choice.get("finish_reason") not in _CUT_OFF,
        tuple(map(_token, tokens)) if isinstance(tokens, list) else (),
    )


def _is_readable(response: httpx.Response) -> bool:
    """Say whether it is an answer of the protocol, or a list of models."""
    said = _json(response)
    if "data" in said:
        return True
    try:
        _answer(said)
    except (LookupError, TypeError, AttributeError, ValueError):
        return False
    return True


def _token(said: Mapping[str, Any]) -> Token:
    spelled = said.get("bytes")
    text = bytes(spelled) if spelled else str(said["token"]).encode()
    return Token(text, float(said["logprob"]))


def _json(response: httpx.Response) -> Mapping[str, Any]:
    try:
        said = json.loads(response.content)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _said(response: httpx.Response) -> str:
    """Return the server's own words for an error, short, to stand after its number."""
    error = _json(response).get("error")
    message = error.get("message") if isinstance(error, dict) else error
    words = " ".join(str(message or "").split())[:200]
    return f": {words}" if words.isprintable() and words else ""


def _retry_after(response: httpx.Response) -> float:
    """Return the seconds that a server asks to wait; 0 where it does not, or gives a date."""
    try:
        return max(0.0, float(response.headers.get("retry-after", "0")))
    except ValueError:
        return 0.0
