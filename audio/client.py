"""The client that asks web servers: who it says it is, and its errors in our words."""

import logging
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

import httpx

from audio.address import without_secrets
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


def open_client(
    timeout: httpx.Timeout, headers: Mapping[str, str], contact: str = ""
) -> httpx.Client:
    """Return a client that follows redirects, says who it is and logs no secret.

    Args:
        timeout: How long to wait.
        headers: More of them.
        contact: Address, of mail or the web, under which a server's owner can complain; ASCII.
    """
    logging.getLogger("httpx").addFilter(_HIDE_SECRETS)
    if logging.getLogger("httpcore").level == logging.NOTSET:
        # At debug level it logs headers, and a redirect's target may hold a token.
        logging.getLogger("httpcore").setLevel(logging.INFO)
    return httpx.Client(
        follow_redirects=True,
        timeout=timeout,
        headers={"User-Agent": _user_agent(contact), **headers},
    )


def web_error(
    error: Exception, shown: str, timeout: httpx.Timeout, received: int = 0
) -> InterlinearError:
    """Say an error of the client's in our words.

    Args:
        error: Of httpx, or of a URL that it cannot encode.
        shown: The address without its secrets.
        timeout: Of the client.
        received: Bytes that came before it.
    """
    match error:
        case httpx.InvalidURL() | UnicodeError():
            return BadInputError(f"{shown} is not a valid URL. Check it.")
        case httpx.UnsupportedProtocol():
            return BadInputError(f"{shown} leads to something that is not of the web. Check it.")
        case httpx.TooManyRedirects():
            return BadInputError(f"{shown} redirects without end. Check the URL.")
        case httpx.ConnectTimeout() | httpx.PoolTimeout():
            reason = f"no connection within {timeout.connect:g} s"
        case httpx.TimeoutException():
            reason = f"nothing came for {timeout.read:g} s"
        case httpx.ConnectError():
            reason = f"no connection: {error}"
        case httpx.DecodingError():
            reason = "the answer is garbled"
        case _:
            reason = "the connection broke"
    so_far = f" after {received:,} bytes" if received else ""
    return NetworkError(
        f"{shown} could not be downloaded: {reason}{so_far}. Check the network and try again."
    )


def _user_agent(contact: str) -> str:
    name = f"interlinear/{_version()}"
    return f"{name} ({contact})" if contact else name


def _version() -> str:
    try:
        return version("interlinear")
    except PackageNotFoundError:  # run from a folder, not installed
        return "0"
