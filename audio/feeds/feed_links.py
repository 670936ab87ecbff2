"""The addresses in a feed: in full, of the web, and with the feed's login where that is due."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

_LONGEST = 4096
_PORTS = {"http": 80, "https": 443}
_SOUND = re.compile(
    r"\.(mp3|m4a|m4b|mp4|m4v|mov|aac|ogg|oga|opus|flac|wav|webm|mkv)$", re.IGNORECASE
)
_NO_SOUND = re.compile(
    r"\.(torrent|m3u8?|pls|xspf|zip|gz|rar|7z|pdf|epub|mobi|docx?|html?|txt|json|vtt|srt"
    r"|jpe?g|png|gif|webp|svg)$",
    re.IGNORECASE,
)
_NO_SOUND_TYPES = (
    "image/",
    "text/",
    "application/pdf",
    "application/json",
    "application/epub",
    "application/x-bittorrent",
    "application/zip",
    "application/x-mpegurl",
    "application/vnd.apple.mpegurl",
    "audio/mpegurl",
    "audio/x-mpegurl",
    "audio/x-scpls",
)


@dataclass(frozen=True, slots=True)
class FeedLinks:
    """What the addresses in a feed are relative to.

    Attributes:
        base: Address of the feed without its login; empty if it has none.
        login: User and password of the feed's address, as written there; empty without.
    """

    base: str
    login: str = ""

    def __repr__(self) -> str:
        return f"FeedLinks({self.base!r})"

    def resolve(self, url: str) -> str:
        """Return an address in full; empty for what is none, not of the web, or the feed itself."""
        url = url.strip()
        try:
            full = urljoin(self.base, url) if url else ""
            return full if full != self.base and _is_of_the_web(full) else ""
        except ValueError:  # such as a broken IPv6 address
            return ""

    def fetchable(self, url: str) -> str:
        """Return an address in full, with the feed's login if it is of the feed's own server."""
        full = self.resolve(url)
        parts = urlsplit(full)
        if not self.login or not full or parts.username or _server(parts) != self._server:
            return full
        return urlunsplit(parts._replace(netloc=f"{self.login}@{parts.netloc}"))

    @property
    def _server(self) -> tuple[str, str, int | None]:
        return _server(urlsplit(self.base))


def links_of(address: str) -> FeedLinks:
    """Return the links of a feed that lies at an address; a file has none."""
    try:
        if not _is_of_the_web(address):
            return FeedLinks("")
    except ValueError:
        return FeedLinks("")
    parts = urlsplit(address)
    login, _, place = parts.netloc.rpartition("@")
    return FeedLinks(urlunsplit(parts._replace(netloc=place, query="", fragment="")), login)


def may_sound(url: str, kind: str) -> bool:
    """Say whether that may be sound: by its name or, as types are often wrong, not by its type."""
    path = urlsplit(url).path
    if _SOUND.search(path):
        return True
    return not _NO_SOUND.search(path) and not kind.startswith(_NO_SOUND_TYPES)


def _is_of_the_web(url: str) -> bool:
    parts = urlsplit(url)
    is_named = bool(parts.hostname) and parts.port != 0
    return parts.scheme in _PORTS and is_named and len(url) <= _LONGEST and url.isprintable()


def _server(parts: SplitResult) -> tuple[str, str, int | None]:
    return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme)
