"""Ask a server, without fetching it, whether a sound is still the one that it was."""

from dataclasses import dataclass

import httpx

from audio.address import parse_address
from audio.client import open_client, web_error

_TIMEOUT = httpx.Timeout(20.0)


@dataclass(frozen=True, slots=True)
class SoundStamp:
    """What a server says of a sound; empty and None where it does not tell."""

    etag: str = ""
    last_modified: str = ""
    length: int | None = None


def ask_stamp(url: str, contact: str = "") -> SoundStamp | None:
    """Ask once, with HEAD, which no host counts as a listener.

    Args:
        url: Of the sound.
        contact: Whom a server's owner can turn to; see `audio.client.open_client`.

    Returns:
        None if the server does not answer that for this sound, as some do not.

    Raises:
        BadInputError: The URL is wrong.
        NetworkError: The server or the way to it failed.
    """
    address = parse_address(url)
    headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
    with open_client(_TIMEOUT, headers, contact) as client:
        try:
            response = client.head(address.url)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise web_error(error, address.shown, _TIMEOUT) from error
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
