"""Read a podcast's feed, RSS 2.0 or Atom, as feeds are in the wild.

feedparser does most of it; what it loses, `audio.feed_namespace` reads.
"""

import logging
import re
from calendar import timegm
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from lxml import html

from audio.address import without_secrets
from audio.feed_namespace import Namespaced, read_namespace
from audio.feed_text import read_feed_text
from podcast.dates import format_date
from podcast.errors import BadInputError
from podcast.feed import Enclosure, Feed, FeedEpisode

_SOUND = re.compile(
    r"\.(mp3|m4a|m4b|mp4|m4v|mov|aac|ogg|oga|opus|flac|wav|webm|mkv)$", re.IGNORECASE
)
_NO_SOUND = ("image/", "text/", "application/pdf", "application/json", "application/epub")
_CLOCK = re.compile(r"(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)", re.ASCII)
_ZONE = re.compile(r"(?:[+-]\d\d:?\d\d|[A-Z]{1,5})\s*$|\d\d:?\d\d[+-]\d\d$", re.IGNORECASE)
_LONGEST = 100 * 3600.0  # seconds; what says more is not a duration
_LARGEST = 2**53

logger = logging.getLogger(__name__)


def parse_feed(data: bytes, address: str, zone: tzinfo = UTC) -> Feed:
    """Read a feed.

    Items without sound are left out. Of items with the same guid the first counts. An item without
    a guid is known by the URL of its sound without the query, which often changes.

    Args:
        data: The feed, in whatever encoding.
        address: Where it lies; URLs in it are relative to that.
        zone: Of dates that name none.

    Raises:
        BadInputError: This is no feed.
    """
    shown = without_secrets(address) if "://" in address else address
    text = read_feed_text(data, shown)
    parsed = feedparser.parse(text.encode(), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version") and not parsed.entries:
        raise BadInputError(
            f"{shown} is no podcast feed: neither RSS nor Atom is in it. Give the address "
            "of the feed itself, not of the show's page."
        )
    channel, items = _namespaced(text, address, len(parsed.entries), shown)
    episodes = (
        episode
        for entry, item in zip(parsed.entries, items, strict=True)
        for episode in _episodes(entry, item, channel, address, zone)
    )
    return Feed(
        title=_title(parsed.feed),
        link=_resolved(address, parsed.feed.get("link", "")),
        language=parsed.feed.get("language", "").strip(),
        image=_image(address, parsed.feed),
        episodes=tuple(_first_of_each(episodes)),
    )


def _namespaced(
    text: str, address: str, n_entries: int, shown: str
) -> tuple[Namespaced, list[Namespaced]]:
    """Read the podcast namespace for so many items; a feed so broken that they differ has none."""
    channel, items = read_namespace(text, address)
    if len(items) != n_entries:
        logger.warning("%s is damaged; people and transcripts in it are not used", shown)
        return Namespaced(), [Namespaced()] * n_entries
    return channel, list(items)


def _episodes(
    entry: Mapping[str, Any], item: Namespaced, channel: Namespaced, base: str, zone: tzinfo
) -> Iterator[FeedEpisode]:
    """Yield the episode of an item, if it has sound."""
    enclosure = next(_enclosures(entry, base), None)
    if enclosure is None:
        return
    yield FeedEpisode(
        guid=entry.get("id", "").strip() or _sound_name(enclosure.url),
        title=_title(entry),
        link=_resolved(base, entry.get("link", "")),
        published_at=_published_at(entry, zone),
        enclosure=enclosure,
        duration=_duration(entry.get("itunes_duration", "")),
        people=item.people or channel.people,
        transcripts=item.transcripts,
        image=_image(base, entry),
    )


def _enclosures(entry: Mapping[str, Any], base: str) -> Iterator[Enclosure]:
    """Yield what sounds: by its type or, as types are often wrong, by its name."""
    links = [link for link in entry.get("links", ()) if link.get("rel") == "enclosure"]
    media = [{**media, "href": media.get("url", "")} for media in entry.get("media_content", ())]
    for link in (*links, *media):
        kind = link.get("type", "").strip().lower()
        url = _resolved(base, link.get("href", ""))
        if not url:
            continue
        if _SOUND.search(re.split("[?#]", url)[0]) or not kind.startswith(_NO_SOUND):
            yield Enclosure(url, kind, _length(link.get("length") or link.get("filesize") or ""))


def _sound_name(url: str) -> str:
    return without_secrets(url) if "://" in url else url


def _first_of_each(episodes: Iterable[FeedEpisode]) -> Iterable[FeedEpisode]:
    by_guid: dict[str, FeedEpisode] = {}
    for episode in episodes:
        by_guid.setdefault(episode.guid, episode)
    return by_guid.values()


def _title(entry: Mapping[str, Any]) -> str:
    """Return a title as one line of plain text, whatever a feed makes of it."""
    title: str = entry.get("title", "")
    if title.strip() and entry.get("title_detail", {}).get("type") != "text/plain":
        title = html.fragment_fromstring(title, create_parent="div").text_content()
    return " ".join(title.split())


def _published_at(entry: Mapping[str, Any], zone: tzinfo) -> str:
    # Not get(): for a missing "updated", feedparser takes the other and warns.
    known = [name for name in ("published", "updated") if f"{name}_parsed" in entry]
    name = next((name for name in known if entry[f"{name}_parsed"]), "")
    if not name:
        return ""
    # feedparser takes a date without a zone for one in UTC.
    meant = UTC if _ZONE.search(entry[name]) else zone
    try:
        moment = datetime.fromtimestamp(timegm(entry[f"{name}_parsed"]), UTC)
        return format_date(moment.replace(tzinfo=meant))
    except (ValueError, OverflowError, OSError):  # a year that no calendar has
        return ""


def _duration(text: str) -> float | None:
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    total = hours * 3600 + minutes * 60 + seconds
    return total if 0 < total < _LONGEST else None


def _length(text: str) -> int | None:
    digits = text.strip().replace(",", "")
    is_number = digits.isascii() and digits.isdecimal() and len(digits) < len(str(_LARGEST))
    return int(digits) or None if is_number else None


def _image(base: str, entry: Mapping[str, Any]) -> str:
    return _resolved(base, entry.get("image", {}).get("href", ""))


def _resolved(base: str, url: str) -> str:
    """Return a URL in full; empty for what is none."""
    try:
        full = urljoin(base, url.strip()) if url.strip() else ""
        urlsplit(full)
    except ValueError:  # such as a broken IPv6 address
        return ""
    return full
