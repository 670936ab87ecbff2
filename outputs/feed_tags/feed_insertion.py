"""Put tags into the items of a feed and leave every other byte of it alone. Pure.

What is inserted stands between two comments, by which a later run knows what it may take out again.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from audio.feeds.feed_elements import is_podcast_namespace
from outputs.feed_tags.feed_fragment import NAMESPACE
from outputs.feed_tags.feed_structure import (
    CLOSING,
    OPENING,
    FeedItem,
    FeedStructure,
    read_structure,
)

INDENT = b"  "
PREFIX = "podcast"
ROOT_NAME = re.compile(rb"<[^\s/>]+")
LINE_END = re.compile(rb"(\r\n|\n|\r)([ \t]*)\Z")
LINE_START = re.compile(rb"(\r\n|\n|\r)([ \t]*)(?=<)")
NEAR = 400
"""Bytes in which the white space around something is looked for."""

Edit = tuple[int, int, bytes]
"""First byte, first byte after, and what stands there instead."""

TagsFor = Callable[[FeedItem, str], Sequence[str]]
"""The tags of an item, with the prefix that the feed has for the podcast namespace."""


@dataclass(frozen=True, slots=True)
class FeedCopy:
    """A feed with tags.

    Attributes:
        content: Its bytes.
        tagged: The items that got tags, in the order of the feed.
        bare: The others.
    """

    content: bytes
    tagged: tuple[FeedItem, ...]
    bare: tuple[FeedItem, ...]


def insert_tags(feed: bytes, tags_for: TagsFor, name: str = "the feed") -> FeedCopy:
    """Insert tags into the items of a feed, in the place of those of an earlier run.

    Args:
        feed: RSS or Atom, as `audio.feeds.feed_parser` reads it; a gzip file is unpacked.
        tags_for: Says what is to stand in an item; nothing leaves it bare.
        name: What to call the feed in a message.

    Raises:
        BadInputError: This is no feed, or it declares entities.
    """
    structure = read_structure(feed, name)
    content = structure.text.content
    prefix, declaration = _prefix(structure)
    tagged: list[FeedItem] = []
    bare: list[FeedItem] = []
    edits: list[Edit] = []
    for item in structure.items:
        tags = tags_for(item, prefix) if item.end else ()
        (tagged if tags else bare).append(item)
        edits += _old(content, item)
        if tags:
            edits.append(_block(content, item, tags))
    if tagged and declaration:
        edits.append(_declared(content, structure.root, declaration))
    copy = structure.text.restore(_edited(content, edits))
    return FeedCopy(copy, tuple(tagged), tuple(bare))


def _prefix(structure: FeedStructure) -> tuple[str, bytes]:
    """Return the prefix of the podcast namespace, and how to declare it where nobody has."""
    for prefix, uri in structure.prefixes.items():
        if prefix and is_podcast_namespace(uri):
            return prefix, b""
    prefix = PREFIX
    while prefix in structure.prefixes:
        prefix += "x"
    return prefix, f' xmlns:{prefix}="{NAMESPACE}"'.encode()


def _declared(content: bytes, root: int, declaration: bytes) -> Edit:
    name = ROOT_NAME.match(content, root)
    place = name.end() if name else root
    return place, place, declaration


def _block(content: bytes, item: FeedItem, tags: Sequence[str]) -> Edit:
    """Write the tags of an item before its closing tag, indented if that stands on its own line."""
    margin = _margin(content, min([item.end, *(first for first, _, _ in _old(content, item))]))
    texts = [f"<!-- {OPENING} -->", *tags, f"<!-- {CLOSING} -->"]
    rows = [row.encode("ascii", "xmlcharrefreplace") for row in texts]
    if margin is None:
        return item.end, item.end, b"".join(rows)
    newline, indent = margin
    inner = newline + indent + INDENT
    return item.end, item.end, INDENT + inner.join(rows) + newline + indent


def _margin(content: bytes, end: int) -> tuple[bytes, bytes] | None:
    """Return the line end and the indent before a place; None if it stands within a line."""
    match = LINE_END.search(content[max(0, end - NEAR) : end])
    return (match[1], match[2]) if match else None


def _old(content: bytes, item: FeedItem) -> Iterator[Edit]:
    """Take out what earlier runs have inserted, with the white space that came with it."""
    for first, after in item.blocks:
        inner = _margin(content, first)
        outer = LINE_START.match(content, after, after + NEAR)
        if inner and outer and inner == (outer[1], outer[2] + INDENT):
            yield first - len(INDENT), outer.end(), b""
        else:
            yield first, after, b""


def _edited(content: bytes, edits: Sequence[Edit]) -> bytes:
    parts, position = [], 0
    for first, after, text in sorted(edits, key=lambda edit: edit[:2]):
        parts += [content[position:first], text]
        position = after
    return b"".join([*parts, content[position:]])
