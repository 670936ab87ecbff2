"""Fetch a publisher's transcript."""

import httpx

from audio.address import parse_address
from audio.client import open_client, web_error
from audio.transfer import status_error
from podcast.errors import BadInputError

_ACCEPT = "text/vtt, application/json, application/x-subrip, text/html;q=0.8, */*;q=0.5"
_TIMEOUT = httpx.Timeout(30.0, connect=20.0)
_MAX_BYTES = 32 * 2**20


def fetch_transcript(url: str, contact: str = "") -> bytes:
    """Ask for a transcript once.

    Args:
        url: Its address. No user, password or query of it gets into a message or a log.
        contact: Whom the server's owner can turn to.

    Raises:
        BadInputError: The URL is wrong, there is nothing, or it is too large for a transcript.
        NetworkError: The server or the way to it failed.
    """
    address = parse_address(url)
    content = bytearray()
    with open_client(_TIMEOUT, {"Accept": _ACCEPT}, contact) as client:
        try:
            with client.stream("GET", address.url) as response:
                if response.status_code != httpx.codes.OK:
                    raise status_error(response.status_code, address.shown)
                for chunk in response.iter_bytes():
                    content += chunk
                    if len(content) > _MAX_BYTES:
                        raise BadInputError(
                            f"{address.shown} is larger than {_MAX_BYTES:,} bytes: no transcript."
                        )
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise web_error(error, address.shown, _TIMEOUT) from error
    return bytes(content)
