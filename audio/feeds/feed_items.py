"""The items of a feed, each read on its own: a bad one is left out, and the log says why."""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from audio.feeds.feed_elements import Elements, declarations_of, name_of, parse_elements
from audio.feeds.feed_markup import FeedMarkup, ItemSpan
from podcast.errors import BadInputError

_LARGEST_ITEM = 1 << 20
_LONGEST = 30.0
"""Seconds of CPU time for a feed; one of 6,000 items and 19 MB takes about 2."""
_CHANNELS = frozenset({"channel", "feed"})

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Channel:
    """What is around the items.

    Attributes:
        elements: Of the channel.
        prefixes: Prefix -> namespace, as they hold in the items.
        declarations: The known ones of these, for a parser.
    """

    elements: Elements
    prefixes: tuple[tuple[str, str], ...] = ()
    declarations: str = ""


def read_channel(markup: FeedMarkup) -> Channel:
    """Read what is around the items; nothing of it is needed."""
    root, is_damaged = parse_elements(markup.head())
    if root is None:
        return Channel(Elements())
    channel = next((e for e in root.iter(etree.Element) if name_of(e) in _CHANNELS), root)
    prefixes = tuple((prefix or "", uri) for prefix, uri in channel.nsmap.items())
    elements = Elements.of(channel, is_damaged=is_damaged)
    return Channel(elements, prefixes, declarations_of(channel))


def read_items(
    markup: FeedMarkup, channel: Channel, shown: str
) -> Iterator[tuple[ItemSpan, Elements]]:
    """Read the items, in the order of the feed.

    Raises:
        BadInputError: They take longer than a feed may.
    """
    until = time.thread_time() + _LONGEST
    for place, span in enumerate(markup.items, 1):
        if time.thread_time() > until:
            raise BadInputError(
                f"{shown} takes more than {_LONGEST:g} s to read: no podcast's feed. Check it."
            )
        if span.end - span.start > _LARGEST_ITEM:
            logger.warning("Item %d of %s is larger than any episode's; left out", place, shown)
            continue
        element, is_damaged = parse_elements(markup.item(span), channel.declarations)
        if element is None:
            logger.warning("Item %d of %s cannot be read; left out", place, shown)
            continue
        yield span, Elements.of(element, is_damaged=is_damaged)
