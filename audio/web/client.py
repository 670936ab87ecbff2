"""The client that asks web servers: who it says it is, and its errors in our words."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import httpx

from audio.web.address import parse_address, without_secrets
from audio.web.connection import ClosedHostError, WebTransport, check_number
from audio.web.open_hosts import NONE, SETTING, OpenHosts
from audio.web.patience import Clock, Patience, TooSlowError
from podcast.errors import BadInputError, InterlinearError, NetworkError


class _HideSecrets(logging.Filter):
    """httpx logs every URL in full, and some hold a password or a token."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                without_secrets(str(value)) if isinstance(value, httpx.URL) else value
                for value in record.args
            )
        return True


_HIDE_SECRETS = _HideSecrets()


@dataclass(frozen=True, slots=True)
class WebOptions:
    """How this machine goes to the web.

    Attributes:
        contact: Address, of mail or the web, under which a server's owner can complain; ASCII.
        open_hosts: What may be asked besides the public internet.
    """

    contact: str = ""
    open_hosts: OpenHosts = NONE


PUBLIC = WebOptions()
"""The public internet, and nobody to turn to."""


def check_address(url: str, options: WebOptions = PUBLIC) -> None:
    """Look at a URL as far as that goes without asking anybody.

    Raises:
        BadInputError: It is wrong, or its host is written as a number and may not be asked.
    """
    shown = parse_address(url).shown
    try:
        check_number(url, options.open_hosts)
    except httpx.InvalidURL as error:
        raise _invalid(shown) from error
    except ClosedHostError as error:
        raise _closed(shown, error.host) from error


def open_client(
    headers: Mapping[str, str], patience: Patience, options: WebOptions
) -> httpx.Client:
    """Return a client for one request. It follows redirects, says who it is, logs no secret.

    A user and a password go to the scheme, host and port that they were given for, and stay behind
    when a redirect leads elsewhere; from http to https of the same host they go along.

    Args:
        headers: More of them.
        patience: It begins now.
        options: How this machine goes to the web.
    """
    logging.getLogger("httpx").addFilter(_HIDE_SECRETS)
    if logging.getLogger("httpcore").level == logging.NOTSET:
        # At debug level it logs headers, and a redirect's target may hold a token.
        logging.getLogger("httpcore").setLevel(logging.INFO)
    return httpx.Client(
        transport=WebTransport(options.open_hosts, Clock(patience)),
        follow_redirects=True,
        timeout=patience.timeout(),
        headers={"User-Agent": _user_agent(options.contact), **headers},
    )


def web_error(
    error: Exception, shown: str, patience: Patience, received: int = 0
) -> InterlinearError:
    """Say an error of the client's in our words.

    Args:
        error: Of httpx, or of a URL that it cannot encode.
        shown: The address without its secrets.
        patience: Of the client.
        received: Bytes that came before it.
    """
    match error:
        case httpx.InvalidURL() | UnicodeError():
            return _invalid(shown)
        case httpx.UnsupportedProtocol():
            return BadInputError(f"{shown} leads to something that is not of the web. Check it.")
        case httpx.TooManyRedirects():
            return BadInputError(f"{shown} redirects without end. Check the URL.")
        case ClosedHostError():
            return _closed(shown, error.host)
    so_far = f" after {received:,} bytes" if received else ""
    return NetworkError(
        f"{shown} could not be downloaded: {_reason(error, patience)}{so_far}. "
        "Check the network and try again."
    )


def _invalid(shown: str) -> BadInputError:
    return BadInputError(f"{shown} is not a valid URL. Check it.")


def _closed(shown: str, host: str) -> BadInputError:
    return BadInputError(
        f"{shown} leads to {host}, which is not of the public internet. If it may be asked, name "
        f"it in {SETTING} (docs/feeds.md)."
    )


def _reason(error: Exception, patience: Patience) -> str:
    match error:
        case TooSlowError():
            return f"the server is too slow ({error})"
        case httpx.ConnectTimeout() | httpx.PoolTimeout():
            return f"no connection within {patience.connect:g} s"
        case httpx.TimeoutException():
            return f"nothing came for {patience.read:g} s"
        case httpx.ConnectError():
            return f"no connection: {error}"
        case httpx.ProxyError():
            return f"the proxy refused: {error}"
        case _:
            return "the connection broke"


def _user_agent(contact: str) -> str:
    name = f"interlinear/{_version()}"
    return f"{name} ({contact})" if contact else name


def _version() -> str:
    try:
        return version("interlinear")
    except PackageNotFoundError:  # run from a folder, not installed
        return "0"
