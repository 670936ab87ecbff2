"""Ask a server, without fetching it, whether a sound is still the one that it was."""

from dataclasses import dataclass

import httpx

from audio.web.address import parse_address
from audio.web.client import PUBLIC, WebOptions, open_client, web_error
from audio.web.patience import Patience

_PATIENCE = Patience(read=20.0, whole=60.0)


@dataclass(frozen=True, slots=True)
class SoundStamp:
    """What a server says of a sound; empty and None where it does not tell."""

    etag: str = ""
    last_modified: str = ""
    length: int | None = None


def fetch_stamp(url: str, web: WebOptions = PUBLIC) -> SoundStamp | None:
    """Fetch the headers once, with HEAD, which no host counts as a listener.

    Args:
        url: Of the sound.
        web: How this machine goes to the web.

    Returns:
        None if the server does not answer that for this sound, as some do not.

    Raises:
        BadInputError: The URL is wrong.
        NetworkError: The server or the way to it failed.
    """
    address = parse_address(url)
    headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
    with open_client(headers, _PATIENCE, web) as client:
        try:
            response = client.head(address.url)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise web_error(error, address.shown, _PATIENCE) from error
    if response.status_code != httpx.codes.OK:
        return None
    length = response.headers.get("content-length", "")
    return SoundStamp(
        etag=response.headers.get("etag", "").removeprefix("W/"),
        last_modified=response.headers.get("last-modified", ""),
        length=int(length) if length.isdecimal() else None,
    )


def is_another(before: SoundStamp, now: SoundStamp) -> bool:
    """Say whether two stamps are of two sounds.

    An ETag decides alone where both have one.
    """
    if before.etag and now.etag:
        return before.etag != now.etag
    lengths = {before.length, now.length} - {None}
    dates = {before.last_modified, now.last_modified} - {""}
    return len(lengths) > 1 or len(dates) > 1
