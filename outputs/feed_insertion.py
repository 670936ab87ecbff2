"""Put tags into the items of a feed and leave every other byte of it alone. Pure.

What is inserted stands between two comments, by which a later run knows what it may take out again.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from outputs.feed_structure import (
    CLOSING,
    NAMESPACES,
    OPENING,
    FeedItem,
    FeedStructure,
    read_structure,
)

INDENT = "  "
PREFIX = "podcast"
ROOT_NAME = re.compile(r"<[^\s/>]+")

Edit = tuple[int, int, str]
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
        feed: RSS or Atom in any encoding that expat reads.
        tags_for: Says what is to stand in an item; nothing leaves it bare.
        name: What to call the feed in a message.

    Raises:
        BadInputError: This is no feed, or it declares entities.
    """
    structure = read_structure(feed, name)
    prefix, declaration = _prefix(structure)
    tagged: list[FeedItem] = []
    bare: list[FeedItem] = []
    edits: list[Edit] = []
    for item in structure.items:
        tags = tags_for(item, prefix) if item.end else ()
        (tagged if tags else bare).append(item)
        edits += _without_blocks(feed, item, structure.encoding)
        if tags:
            edits.append(_block(feed, item, tags, structure.encoding))
    if tagged and declaration:
        edits.append(_declared(feed, structure, declaration))
    content = _edited(feed, edits, structure.encoding)
    return FeedCopy(content, tuple(tagged), tuple(bare))


def _prefix(structure: FeedStructure) -> tuple[str, str]:
    """Return the prefix of the podcast namespace, and how to declare it where nobody has."""
    for prefix, uri in structure.prefixes.items():
        if uri in NAMESPACES and prefix:
            return prefix, ""
    prefix = PREFIX
    while prefix in structure.prefixes:
        prefix += "x"
    return prefix, f' xmlns:{prefix}="{NAMESPACES[0]}"'


def _declared(feed: bytes, structure: FeedStructure, declaration: str) -> Edit:
    head = feed[structure.root :].decode(structure.encoding, errors="replace")
    match = ROOT_NAME.match(head)
    name = match.group() if match else ""
    place = structure.root + len(name.encode(structure.encoding))
    return place, place, declaration


def _block(feed: bytes, item: FeedItem, tags: Sequence[str], encoding: str) -> Edit:
    """Write the tags of an item before its closing tag, indented if that stands on its own line."""
    margin = _margin(_before(feed, item, encoding))
    rows = [f"<!-- {OPENING} -->", *tags, f"<!-- {CLOSING} -->"]
    if margin is None:
        return item.end, item.end, "".join(rows)
    newline, indent = margin
    inner = f"{newline}{indent}{INDENT}"
    return item.end, item.end, f"{INDENT}{inner.join(rows)}{newline}{indent}"


def _before(feed: bytes, item: FeedItem, encoding: str) -> str:
    """Return what stands before the closing tag of an item, without the blocks at its end."""
    end = item.end
    for first, _, _ in reversed([*_without_blocks(feed, item, encoding)]):
        end = min(end, first)
    return feed[max(0, end - 400) : end].decode(encoding, errors="replace")


def _margin(text: str) -> tuple[str, str] | None:
    """Return the line end and the indent that a text ends in; None if it ends within a line."""
    match = re.search(r"(\r\n|\n|\r)([ \t]*)$", text)
    return (match[1], match[2]) if match else None


def _without_blocks(feed: bytes, item: FeedItem, encoding: str) -> Iterator[Edit]:
    """Take out what earlier runs have inserted, with the white space that came with it."""
    for first, after in item.blocks:
        before = feed[max(0, first - 400) : first].decode(encoding, errors="replace")
        behind = feed[after : after + 400].decode(encoding, errors="replace")
        inner = _margin(before)
        outer = re.match(r"(\r\n|\n|\r)([ \t]*)(?=<)", behind)
        if inner and outer and inner == (outer[1], outer[2] + INDENT):
            yield (
                first - len(INDENT.encode(encoding)),
                after + len(outer[0].encode(encoding)),
                "",
            )
        else:
            yield first, after, ""


def _edited(feed: bytes, edits: Sequence[Edit], encoding: str) -> bytes:
    parts, position = [], 0
    for first, after, text in sorted(edits, key=lambda edit: edit[:2]):
        parts += [feed[position:first], text.encode(encoding)]
        position = after
    return b"".join([*parts, feed[position:]])
