"""The bytes of one download, through as many connections as it takes."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import BinaryIO

import httpx

from audio.files.sniff import HEAD_SIZE, is_sound, name_foreign
from audio.web.address import Address
from audio.web.body import decoded
from audio.web.validators import Validators
from podcast.errors import BadInputError, NetworkError

_TYPES = {
    "text/html": "an HTML page",
    "application/xhtml+xml": "an HTML page",
    "application/json": "a JSON document",
    "application/xml": "an XML document",
    "text/xml": "an XML document",
    "application/rss+xml": "a podcast's feed",
    "application/atom+xml": "a podcast's feed",
    "application/pdf": "a PDF document",
}
_LATER = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
        HTTPStatus.MISDIRECTED_REQUEST,
        HTTPStatus.TOO_EARLY,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
"""Client errors that another try may not meet again, as with all of the server's own errors."""
_ADVICE: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "It asks for a user and a password that it knows. Write them into the "
    "address, as in https://USER:PASSWORD@host/; of a show, as docs/shows.md says.",
    HTTPStatus.FORBIDDEN: "It refuses access; a private URL may have run out.",
    HTTPStatus.GONE: "It was removed.",
}
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


class NotModifiedError(Exception):
    """The server says that it still has what it has sent before, and sends nothing."""

    def __init__(self, validators: Validators) -> None:
        super().__init__(validators)
        self.validators = validators


class Transfer:
    """Fetches one file into `file`; after a broken connection, `fetch` again takes it up."""

    def __init__(  # noqa: PLR0913, PLR0917  each is used by all of it
        self,
        client: httpx.Client,
        address: Address,
        file: BinaryIO,
        max_bytes: int,
        report: Callable[[int, int | None], object],
        before: Validators,
    ) -> None:
        self._client = client
        self._address = address
        self._file = file
        self._max_bytes = max_bytes
        self._report = report
        self._before = before
        self._head = b""
        self._first = httpx.Headers()
        self._total: int | None = None
        self.received = 0

    @property
    def can_resume(self) -> bool:
        """Whether the rest can be asked for, with certainty that it belongs to what is here."""
        allows = self._first.get("accept-ranges", "bytes") != "none"
        return self.received > 0 and allows and _validator(self._first) is not None

    @property
    def validators(self) -> Validators:
        """What the server says of the file that it sends."""
        return Validators.of(self._first)

    def fetch(self) -> None:
        """Fetch all that is missing.

        Raises:
            NotModifiedError: The server says that it still has what it has sent before.
            httpx.TransportError: The connection failed or broke; see `can_resume`.
            NetworkError: The server failed, or its file changed meanwhile.
            BadInputError: There is no sound at this address.
        """
        with self._client.stream("GET", self._address.url, headers=self._headers()) as response:
            self._accept(response)
            for chunk in decoded(response, self._address.shown):
                self._take(chunk)
        self._finish()

    def _headers(self) -> dict[str, str]:
        validator = _validator(self._first)
        if not self.can_resume or validator is None:
            return self._before.conditions()
        return {"Range": f"bytes={self.received}-", "If-Range": validator}

    def _accept(self, response: httpx.Response) -> None:
        if response.status_code == HTTPStatus.PARTIAL_CONTENT and self.received:
            self._check_same(response)
        elif response.status_code == HTTPStatus.OK:
            self._begin(response)
        elif response.status_code == HTTPStatus.NOT_MODIFIED and self._before:
            raise NotModifiedError(Validators.of(response.headers))
        else:
            raise status_error(response.status_code, self._address.shown)

    def _begin(self, response: httpx.Response) -> None:
        """Start from nothing, also after a broken try that the server does not continue."""
        self._file.seek(0)
        self._file.truncate()
        self.received, self._head, self._first = 0, b"", response.headers
        length = response.headers.get("content-length", "")
        self._total = int(length) if length.isdecimal() else None
        if self._total is None and any(name.startswith("icy-") for name in response.headers):
            raise BadInputError(
                f"{self._address.shown} is a live stream without an end. Give a recording."
            )
        self._check_size(self._total or 0)

    def _check_same(self, response: httpx.Response) -> None:
        found = _RANGE.fullmatch(response.headers.get("content-range", ""))
        is_next = found is not None and int(found[1]) == self.received
        is_whole = found is not None and found[2] in {"*", str(self._total)}
        # A server may leave Last-Modified out of a continuation; If-Range has asked for it.
        is_same = all(
            response.headers.get(name, self._first.get(name)) == self._first.get(name)
            for name in ("etag", "last-modified")
        )
        if not (is_next and is_whole and is_same):
            raise NetworkError(f"{self._address.shown} changed while it was downloaded. Try again.")

    def _take(self, chunk: bytes) -> None:
        self._check_size(self.received + len(chunk))
        self._file.write(chunk)
        self.received += len(chunk)
        if len(self._head) < HEAD_SIZE:
            self._head += chunk[:HEAD_SIZE]
            if len(self._head) >= HEAD_SIZE:
                self._check_kind()
        self._report(self.received, self._total)

    def _finish(self) -> None:
        if not self.received:
            raise BadInputError(f"{self._address.shown} is empty (0 bytes). Check the URL.")
        if self._total is not None and self.received != self._total:
            raise NetworkError(
                f"{self._address.shown} broke off after {self.received:,} of {self._total:,} "
                "bytes. Try again."
            )
        self._check_kind()

    def _check_kind(self) -> None:
        """Judge by the content; what the server says about it decides only in doubt."""
        media_type = self._first.get("content-type", "").partition(";")[0].strip().lower()
        kind = name_foreign(self._head)
        if kind is None and not is_sound(self._head):
            kind = _TYPES.get(media_type)
        if kind is not None:
            raise BadInputError(
                f"{self._address.shown} gave {kind} instead of sound. Open it in a browser, "
                "and use the URL of the sound file itself."
            )

    def _check_size(self, n_bytes: int) -> None:
        if n_bytes > self._max_bytes:
            raise BadInputError(
                f"{self._address.shown} is larger than {self._max_bytes:,} bytes. "
                "Give one episode, not a live stream."
            )


def _validator(headers: httpx.Headers) -> str | None:
    """Return what proves that two answers are of the same file; a weak ETag proves nothing."""
    tag: str | None = headers.get("etag")
    date: str | None = headers.get("last-modified")
    return tag if tag and not tag.startswith("W/") else date


def status_error(status: int, shown: str) -> BadInputError | NetworkError:
    """Say what an answer means that is none of those that were asked for."""
    answer = f"{status} {httpx.codes.get_reason_phrase(status)}".strip()
    if status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NetworkError(f"The server of {shown} answered {answer}. Try again later.")
    advice = _ADVICE.get(status, "Check the URL.")
    return BadInputError(f"The server of {shown} answered {answer}. {advice}")
