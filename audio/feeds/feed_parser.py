"""Read a podcast's feed, RSS or Atom, as feeds are in the wild: episodes, or one clear error."""

import html
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, tzinfo

from audio.feeds.feed_elements import Elements, attributes, text_of
from audio.feeds.feed_identity import identities
from audio.feeds.feed_items import Channel, read_channel, read_items
from audio.feeds.feed_links import FeedLinks, links_of, may_sound
from audio.feeds.feed_markup import read_markup
from audio.feeds.feed_namespace import Namespaced, read_namespace
from audio.web.address import without_secrets
from podcast.feed import FULL, Enclosure, Feed, FeedEpisode
from podcast.feed_dates import read_feed_date

_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|div|em|font|h[1-6]|i|img|p|q|s|small|span|strong|sub|sup|u)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_LARGEST = 2**53
_LONGEST_TITLE = 1000
_LONGEST_GUID = 2000

logger = logging.getLogger(__name__)


def parse_feed(data: bytes, address: str, zone: tzinfo = UTC) -> Feed:
    """Read a feed.

    Items without sound are left out. Of items with the same guid the first counts. An item without
    a guid is known by the address of its sound: see `audio.feeds.feed_identity`.

    Args:
        data: The feed, in whatever encoding, perhaps a gzip file.
        address: Where it lies. Addresses in it are relative to that; a login in it goes to the
            sounds and transcripts of the same server.
        zone: Of dates that name none, or one that is not known.

    Raises:
        BadInputError: This is no feed.
    """
    shown = shown_name(address)
    markup = read_markup(data, shown)
    channel = read_channel(markup)
    links = links_of(address)
    if not links.base:  # a file; it may say where it is from
        links = links_of(self_link(channel))
    whole = read_namespace(channel.elements, links)
    episodes = (
        episode
        for _, item in read_items(markup, channel, shown)
        for episode in _episodes(item, whole, links, zone)
    )
    return Feed(title_of(channel.elements), tuple(_first_of_each(_named(episodes))))


def shown_name(address: str) -> str:
    """Return what to call a feed in a message."""
    return without_secrets(address) if "://" in address else address


def title_of(elements: Elements) -> str:
    """Return a title as one line of plain text, whatever a feed makes of it."""
    title = elements.text("title", "itunes:title", "media:title", "dc:title")
    plain = html.unescape(_TAG.sub(" " if "<br" in title.lower() else "", title))
    printed = "".join(" " if unicodedata.category(c) == "Cc" else c for c in plain)
    return " ".join(printed[:_LONGEST_TITLE].split())


def guid_of(elements: Elements) -> str:
    """Return what a feed calls an item; empty if it does not."""
    return elements.text("guid", "id") or elements.own.get("about", "")


def enclosures_of(elements: Elements, links: FeedLinks) -> Iterator[Enclosure]:
    """Yield what sounds and can be fetched from the web."""
    atom = (e for e in elements.all("link") if e.get("rel", "").strip().lower() == "enclosure")
    groups = (e for group in elements.all("media:group") for e in group.iterchildren())
    for element in (*elements.all("enclosure"), *atom, *elements.all("media:content"), *groups):
        has = attributes(element)
        kind = has.get("type", "").lower()
        url = links.fetchable(has.get("url", "") or has.get("href", ""))
        is_document = has.get("medium", "").lower() in {"image", "document"}
        if url and not is_document and may_sound(url, kind):
            yield Enclosure(url, _length(has.get("length") or has.get("filesize") or ""))


def self_link(channel: Channel) -> str:
    """Return where a feed says that it lies; empty if it does not."""
    found = (e.get("href", "") for e in channel.elements.all("link") if e.get("rel") == "self")
    return next(found, "")


def _episodes(
    item: Elements, channel: Namespaced, links: FeedLinks, zone: tzinfo
) -> Iterator[FeedEpisode]:
    """Yield the episode of an item, if it has sound."""
    enclosure = next(enclosures_of(item, links), None)
    if enclosure is None:
        return
    guid = guid_of(item)
    if len(guid) > _LONGEST_GUID:
        logger.warning("An item with a guid of %d characters is left out", len(guid))
        return
    own = read_namespace(item, links)
    yield FeedEpisode(
        guid=guid,
        title=title_of(item),
        published_at=_published_at(item, zone),
        enclosure=enclosure,
        people=own.people or channel.people,
        transcripts=own.transcripts,
        kind=item.text("itunes:episodetype").lower() or FULL,
    )


def _named(episodes: Iterable[FeedEpisode]) -> Iterator[FeedEpisode]:
    listed = list(episodes)
    names = identities([(episode.guid, episode.enclosure.url) for episode in listed])
    for episode, name in zip(listed, names, strict=True):
        yield replace(episode, guid=name)


def _first_of_each(episodes: Iterable[FeedEpisode]) -> Iterable[FeedEpisode]:
    by_guid: dict[str, FeedEpisode] = {}
    for episode in episodes:
        by_guid.setdefault(episode.guid, episode)
    return by_guid.values()


def _published_at(item: Elements, zone: tzinfo) -> str:
    names = ("pubdate", "published", "issued", "dc:date", "dc:issued", "updated", "modified")
    dates = (read_feed_date(text_of(element), zone) for element in item.all(*names))
    return next(filter(None, dates), "")


def _length(text: str) -> int | None:
    digits = text.strip().replace(",", "")
    is_number = digits.isascii() and digits.isdecimal() and len(digits) < len(str(_LARGEST))
    return int(digits) or None if is_number else None
