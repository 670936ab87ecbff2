"""Fetch a recording from the web, whole or not at all."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from audio.web.address import Address, parse_address
from audio.web.client import PUBLIC, WebOptions, open_client, web_error
from audio.web.kept_download import (
    forget_validators,
    keep_validators,
    mark_used,
    validators_of,
)
from audio.web.patience import Patience, TooSlowError
from audio.web.transfer import NotModifiedError, Transfer
from audio.web.validators import Validators
from podcast.files.staging import staged

_PATIENCE = Patience(read=60.0, whole=6 * 3600.0, min_rate=4096.0)

_HEADERS = {
    "Accept": "audio/*, video/*;q=0.9, */*;q=0.5",
    "Accept-Encoding": "identity",  # sound does not shrink, and a rest can be asked for
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DownloadOptions:
    """How patient a download is.

    Attributes:
        patience: With all connections together.
        n_tries: Connections in all; each but the first takes up what the one before left.
        max_bytes: A larger file is refused.
        web: How this machine goes to the web.
    """

    patience: Patience = _PATIENCE
    n_tries: int = 4
    max_bytes: int = 16 * 2**30
    web: WebOptions = PUBLIC


_DEFAULTS = DownloadOptions()


def download(
    url: str,
    folder: Path,
    report: Callable[[int, int | None], object] | None = None,
    options: DownloadOptions = _DEFAULTS,
) -> Path:
    """Fetch a recording into a folder and return its path.

    A file that is in the folder already is sent again only if it has changed, as far as the server
    can tell. A connection that breaks is taken up where it ended, if the server can prove that the
    rest belongs to the same file. No user, password or query of a URL gets into a message or a log.

    Args:
        url: Where it is.
        folder: Where it is put.
        report: Called with the bytes so far and, if the server tells, the bytes in all.
        options: How patient this is.

    Raises:
        BadInputError: The URL is wrong, or there is no sound behind it.
        NetworkError: The server or the way to it failed.
        StorageError: The disk is full or the folder not writable.
    """
    address = parse_address(url)
    target = folder / address.file_name
    before = validators_of(target)
    try:
        _download(address, target, before, report or _ignore, options)
    except NotModifiedError as answer:
        if before.agrees(answer.validators):
            mark_used(target)
            logger.info("%s has not changed; what was downloaded is used again", address.shown)
        else:  # some servers take an older file for the same one
            forget_validators(target)
            return download(url, folder, report, options)
    return target


def _download(
    address: Address,
    target: Path,
    before: Validators,
    report: Callable[[int, int | None], object],
    options: DownloadOptions,
) -> None:
    began = time.monotonic()
    with open_client(_HEADERS, options.patience, options.web) as client, staged(target) as file:
        transfer = Transfer(client, address, file, options.max_bytes, report, before)
        _fetch(transfer, address.shown, options)
        forget_validators(target)
    keep_validators(target, transfer.validators)
    logger.info(
        "Downloaded %s: %.1f MB in %.1f s",
        address.shown, transfer.received / 1e6, time.monotonic() - began,
    )  # fmt: skip


def _fetch(transfer: Transfer, shown: str, options: DownloadOptions) -> None:
    n_tries = 1
    while True:
        try:
            transfer.fetch()
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            is_broken = isinstance(error, httpx.TransportError) and transfer.can_resume
            is_over = isinstance(error, TooSlowError) or n_tries >= options.n_tries
            if is_over or not is_broken:
                raise web_error(error, shown, options.patience, transfer.received) from error
        else:
            return
        n_tries += 1
        logger.info("%s broke off after %d bytes; going on there", shown, transfer.received)


def _ignore(n_bytes: int, n_bytes_in_all: int | None) -> None:
    """Report to nobody."""
