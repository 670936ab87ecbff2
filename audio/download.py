"""Fetch a recording from the web, whole or not at all."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from audio.address import parse_address
from audio.client import open_client, web_error
from audio.staging import staged
from audio.transfer import Transfer

Report = Callable[[int, int | None], None]
"""Called with the bytes so far and, if the server tells, the bytes in all."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DownloadOptions:
    """How patient a download is.

    Attributes:
        connect_timeout: Seconds to wait for a connection.
        read_timeout: Seconds to wait for the next bytes.
        n_tries: Connections in all; each but the first takes up what the one before left.
        max_bytes: A larger file is refused.
        contact: Whom a server's owner can turn to.
    """

    connect_timeout: float = 20.0
    read_timeout: float = 60.0
    n_tries: int = 4
    max_bytes: int = 16 * 2**30
    contact: str = ""


_DEFAULTS = DownloadOptions()


def download(
    url: str,
    folder: Path,
    report: Report | None = None,
    options: DownloadOptions = _DEFAULTS,
) -> Path:
    """Fetch a recording into a folder and return its path.

    A connection that breaks is taken up where it ended, if the server can prove that the rest
    belongs to the same file. No user, password or query of a URL gets into a message or a log.

    Raises:
        BadInputError: The URL is wrong, or there is no sound behind it.
        NetworkError: The server or the way to it failed.
        StorageError: The disk is full or the folder not writable.
    """
    address = parse_address(url)
    target = folder / address.file_name
    began = time.monotonic()
    with _client(options) as client, staged(target) as file:
        transfer = Transfer(client, address, file, options.max_bytes, report or _ignore)
        _fetch(transfer, address.shown, client, options)
    logger.info(
        "Downloaded %s: %.1f MB in %.1f s",
        address.shown, transfer.received / 1e6, time.monotonic() - began,
    )  # fmt: skip
    return target


def _fetch(transfer: Transfer, shown: str, client: httpx.Client, options: DownloadOptions) -> None:
    n_tries = 1
    while True:
        try:
            transfer.fetch()
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            is_broken = isinstance(error, httpx.TransportError) and transfer.can_resume
            if not is_broken or n_tries >= options.n_tries:
                raise web_error(error, shown, client.timeout, transfer.received) from error
        else:
            return
        n_tries += 1
        logger.info("%s broke off after %d bytes; going on there", shown, transfer.received)


def _client(options: DownloadOptions) -> httpx.Client:
    return open_client(
        httpx.Timeout(options.read_timeout, connect=options.connect_timeout),
        {
            "Accept": "audio/*, video/*;q=0.9, */*;q=0.5",
            "Accept-Encoding": "identity",  # sound does not shrink, and a rest can be asked for
        },
        options.contact,
    )


def _ignore(n_bytes: int, n_bytes_in_all: int | None) -> None:
    """Report to nobody."""
