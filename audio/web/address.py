"""A recording's URL: checked, and shown without its secrets."""

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from podcast.errors import BadInputError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_HOST = re.compile(r"(\w[\w.-]*|\[[0-9A-Fa-f:.]+\])(:\d*)?")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}")
_STEM_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Address:
    """Where a recording is fetched from.

    Attributes:
        url: As given. It may hold a password or a token: never print it.
        shown: The same without user, password, query and fragment, for messages.
        file_name: A safe name for the file; other recordings of the same name get another.
    """

    url: str
    shown: str
    file_name: str

    def __repr__(self) -> str:
        return f"Address({self.shown!r})"


def parse_address(url: str) -> Address:
    """Check a URL.

    Raises:
        BadInputError: It has no scheme or no host, or is not of the web.
    """
    url = url.strip()
    shown = without_secrets(url)
    scheme = _SCHEME.match(url)
    if scheme is None:
        raise BadInputError(f"{shown!r} is not a URL. Write it in full, such as https://host/file.")
    if scheme[1].lower() not in {"http", "https"}:
        raise BadInputError(f"{shown} begins with {scheme[0]}. Only http:// and https:// work.")
    if not _has_host(url):
        raise BadInputError(f"{shown} names no valid host. Check the URL.")
    return Address(url, shown, _file_name(url))


def without_secrets(url: str) -> str:
    """Return a URL, or what was meant to be one, without user, password, query and fragment."""
    scheme = _SCHEME.match(url)
    start = scheme[0] if scheme else ""
    authority, slash, path = url[len(start) :].partition("/")
    host = re.split(r"[?#]", authority.rpartition("@")[2])[0]
    if not _HOST.fullmatch(host):
        return f"{start}…"
    has_path = host == authority.rpartition("@")[2]
    text = start + host + (slash + re.split(r"[?#]", path)[0] if has_path else "")
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_named = bool(parts.hostname) and not re.search(r"\s", parts.netloc)
        return is_named and parts.port != 0 and url.isprintable()
    except ValueError:  # a port or an IPv6 address that is none
        return False


def _file_name(url: str) -> str:
    """Name the file after the URL's last part, and after all of it but user and password."""
    parts = urlsplit(url)
    last = _UNSAFE.sub("-", unquote(parts.path.rpartition("/")[2]))
    stem, dot, suffix = last.rpartition(".")
    if not _SUFFIX.fullmatch(dot + suffix):
        stem, dot, suffix = last, "", ""
    identity = f"{parts.scheme}://{parts.hostname}:{parts.port}{parts.path}?{parts.query}"
    digest = hashlib.sha256(identity.encode()).hexdigest()[:12]
    return f"{stem.strip('.-')[:_STEM_LENGTH] or 'recording'}-{digest}{dot}{suffix.lower()}"
