"""Fetch a publisher's transcript."""

import httpx

from audio.transcripts.transcript_file import MAX_BYTES
from audio.web.address import parse_address
from audio.web.body import read_body
from audio.web.client import PUBLIC, WebOptions, open_client, web_error
from audio.web.patience import Patience
from audio.web.transfer import status_error

_ACCEPT = "text/vtt, application/json, application/x-subrip, text/html;q=0.8, */*;q=0.5"
_PATIENCE = Patience()


def fetch_transcript(url: str, web: WebOptions = PUBLIC) -> bytes:
    """Ask for a transcript once.

    Args:
        url: Its address. No user, password or query of it gets into a message or a log.
        web: How this machine goes to the web.

    Raises:
        BadInputError: The URL is wrong, there is nothing, or it is too large for a transcript.
        NetworkError: The server or the way to it failed.
    """
    address = parse_address(url)
    headers = {"Accept": _ACCEPT, "Accept-Encoding": "gzip"}
    with open_client(headers, _PATIENCE, web) as client:
        try:
            with client.stream("GET", address.url) as response:
                if response.status_code != httpx.codes.OK:
                    raise status_error(response.status_code, address.shown)
                return read_body(response, address.shown, MAX_BYTES, "transcript")
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise web_error(error, address.shown, _PATIENCE) from error
