"""Fetch a feed, politely: only if it has changed, and never while a server asks to wait."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from audio.feeds.feed_text import MAX_BYTES
from audio.web.address import parse_address
from audio.web.body import read_body
from audio.web.client import PUBLIC, WebOptions, open_client, web_error
from audio.web.patience import Patience
from audio.web.transfer import status_error
from audio.web.validators import NOTHING_KNOWN, Validators

_ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
_PATIENCE = Patience()
_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_SHORTEST_WAIT = 600.0
_LONGEST_WAIT = 86_400.0


@dataclass(frozen=True, slots=True)
class FetchedFeed:
    """What a server answered.

    Attributes:
        content: The feed; None if it has not changed, or the server asks to wait.
        validators: For the next time.
        wait: Seconds that the server asks to be left alone; 0 if it does not.
    """

    content: bytes | None
    validators: Validators
    wait: float = 0.0


def fetch_feed(
    url: str, before: Validators = NOTHING_KNOWN, web: WebOptions = PUBLIC
) -> FetchedFeed:
    """Ask for a feed once.

    Args:
        url: Its address. No user, password or query of it gets into a message or a log.
        before: Of the last answer; the server then sends the feed only if it has changed.
        web: How this machine goes to the web.

    Raises:
        BadInputError: The URL is wrong, there is nothing, or it is too large for a feed.
        NetworkError: The server or the way to it failed.
    """
    address = parse_address(url)
    headers = {"Accept": _ACCEPT, "Accept-Encoding": "gzip", **before.conditions()}
    with open_client(headers, _PATIENCE, web) as client:
        try:
            with client.stream("GET", address.url) as response:
                return _read(response, before, address.shown)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise web_error(error, address.shown, _PATIENCE) from error


def _read(response: httpx.Response, before: Validators, shown: str) -> FetchedFeed:
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        return FetchedFeed(None, before)
    if response.status_code in _BUSY and "retry-after" in response.headers:
        return FetchedFeed(None, before, _wait(response.headers["retry-after"]))
    if response.status_code != HTTPStatus.OK:
        raise status_error(response.status_code, shown)
    content = read_body(response, shown, MAX_BYTES, "feed")
    return FetchedFeed(content, Validators.of(response.headers))


def _wait(text: str) -> float:
    """Read Retry-After, seconds or a date; not for ever, and not for no time at all."""
    try:
        seconds = float(text) if text.isdecimal() else _until(text)
    except ValueError:
        seconds = 0.0
    return min(max(seconds, _SHORTEST_WAIT), _LONGEST_WAIT)


def _until(text: str) -> float:
    moment = parsedate_to_datetime(text)
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (zoned - datetime.now(UTC)).total_seconds()
