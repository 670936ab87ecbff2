"""Find in the bytes of a feed where its items end and what names them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from audio.feeds.feed_elements import Elements
from audio.feeds.feed_identity import identities
from audio.feeds.feed_items import read_channel, read_items
from audio.feeds.feed_links import links_of
from audio.feeds.feed_markup import ItemSpan, read_markup, sections
from audio.feeds.feed_parser import enclosures_of, guid_of, self_link, title_of
from audio.feeds.feed_text import FeedText, unpacked
from podcast.errors import BadInputError

OPENING, CLOSING = "interlinear: transcripts", "/interlinear: transcripts"
"""The comments around what an earlier run has inserted."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item of a feed; all offsets are in the content of its text.

    Attributes:
        guid: Its guid; without one, what `audio.feeds.feed_identity` calls it; empty without
            sound, too.
        enclosure: Address of its sound; empty without one.
        title: Its title.
        end: Where its closing tag begins; 0 for an item that has none.
        blocks: Where earlier runs have inserted something: first byte of the opening comment, and
            first byte after the closing one.
    """

    guid: str = ""
    enclosure: str = ""
    title: str = ""
    end: int = 0
    blocks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FeedStructure:
    """What has to be known of a feed to insert something into it.

    Attributes:
        text: Its bytes.
        root: Where its first element begins.
        prefixes: Prefix -> namespace, as they hold in the items.
        title: Of the show.
        items: In the order of the feed.
    """

    text: FeedText
    root: int
    prefixes: dict[str, str]
    title: str
    items: tuple[FeedItem, ...]


def read_structure(feed: bytes, name: str) -> FeedStructure:
    """Read a feed, as `audio.feeds.feed_parser.parse_feed` does.

    Args:
        feed: Its bytes, perhaps a gzip file.
        name: What to call it in a message.

    Raises:
        BadInputError: It is no feed, or cannot be written as it was.
    """
    markup = read_markup(feed, name)
    if markup.text.restore(markup.text.content) != unpacked(feed, name):
        raise BadInputError(
            f"{name} holds bytes that are not of its encoding, {markup.text.original}, and would "
            "not stay as they are. Save it as UTF-8."
        )
    channel = read_channel(markup)
    links = links_of(self_link(channel))
    read = list(read_items(markup, channel, name))
    sounds = [next((e.url for e in enclosures_of(item, links)), "") for _, item in read]
    names = identities([(guid_of(item), url) for (_, item), url in zip(read, sounds, strict=True)])
    items = (
        _item(span, item, guid, url, markup.text.content)
        for (span, item), guid, url in zip(read, names, sounds, strict=True)
    )
    title = title_of(channel.elements)
    return FeedStructure(markup.text, markup.root, dict(channel.prefixes), title, tuple(items))


def _item(span: ItemSpan, item: Elements, guid: str, enclosure: str, content: bytes) -> FeedItem:
    blocks = tuple(_blocks(content[span.start : span.end], span.start))
    return FeedItem(guid, enclosure, title_of(item), span.closing or 0, blocks)


def _blocks(content: bytes, offset: int) -> Iterator[tuple[int, int]]:
    opened: int | None = None
    for section in sections(content):
        says = section.inner(content).strip()
        if says == OPENING.encode():
            opened = section.start
        elif says == CLOSING.encode() and opened is not None:
            yield offset + opened, offset + section.end
            opened = None
