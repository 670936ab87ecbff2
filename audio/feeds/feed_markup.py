"""Where the items of a feed lie in its bytes, however broken it is: one search, in linear time.

A parser of XML gives up, or loses its way, at the first fault. Items are therefore found by their
tags alone, and each is read on its own: what is wrong with one is no matter of the others.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from audio.feeds.feed_text import FeedText, read_feed_text
from podcast.errors import BadInputError

MAX_ITEMS = 50_000
_MAX_SECTIONS = 1_000_000
_LONGEST_HEAD = 1 << 20

_OPENING = re.compile(rb"<!--|<!\[CDATA\[|<\?")
_CDATA = b"<![CDATA["
_CLOSING = {b"<!--": b"-->", _CDATA: b"]]>", b"<?": b"?>"}
_ROOT = re.compile(rb"<([\w.-]{1,40}:)?(rss|rdf|channel|feed)(?=[\s/>])", re.IGNORECASE)
_BARE_ANGLE = re.compile(r"<(?![A-Za-z_/])")
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,32};)")
_OF_HTML = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)#?\w{1,32};")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Section:
    """A comment, a text in CDATA or an instruction: nothing in it is markup.

    Attributes:
        kind: What it begins with.
        start: Its first byte.
        end: The first byte after it.
    """

    kind: bytes
    start: int
    end: int

    def inner(self, content: bytes) -> bytes:
        """Return what stands in it."""
        return content[self.start + len(self.kind) : self.end - len(_CLOSING[self.kind])]


@dataclass(frozen=True, slots=True)
class ItemSpan:
    """Where an item lies.

    Attributes:
        start: Its first byte.
        end: The first byte after it.
        closing: Where its closing tag begins; None if it has none.
    """

    start: int
    end: int
    closing: int | None


@dataclass(frozen=True, slots=True)
class FeedMarkup:
    """A feed in pieces.

    Attributes:
        text: All of it.
        root: Where its first element begins.
        items: Where its items lie, in the order of the feed.
    """

    text: FeedText
    root: int
    items: tuple[ItemSpan, ...]

    def head(self) -> str:
        """Return what is not in an item, ready for a parser."""
        starts = (self.root, *(item.end for item in self.items))
        ends = (*(item.start for item in self.items), len(self.text.content))
        pieces = (self.text.content[a:b] for a, b in zip(starts, ends, strict=True))
        return mended(b"".join(pieces)[:_LONGEST_HEAD], self.text)

    def item(self, span: ItemSpan) -> str:
        """Return an item, ready for a parser."""
        return mended(self.text.content[span.start : span.end], self.text)


def read_markup(data: bytes, shown: str) -> FeedMarkup:
    """Find the items of a feed.

    Args:
        data: The feed, in whatever encoding, perhaps a gzip file.
        shown: Its name in messages.

    Raises:
        BadInputError: It is no feed, too large for one, or defines entities as attacks do.
    """
    text = read_feed_text(data, shown)
    plain = _without_sections(text.content, shown)
    root = _ROOT.search(plain)
    if root is None:
        raise BadInputError(
            f"{shown} is no podcast feed: neither RSS nor Atom is in it. Give the address "
            "of the feed itself, not of the show's page."
        )
    if b"<!ENTITY" in plain[: root.start()].upper():
        raise BadInputError(
            f"The feed {shown} defines entities of its own, as no podcast's feed needs to. "
            "Ask its publisher for one without."
        )
    name = b"entry" if root[2].lower() == b"feed" else b"item"
    items = []
    for item in _items(plain, (root[1] or b"") if name == b"entry" else b"", name):
        items.append(item)
        if len(items) > MAX_ITEMS:
            raise BadInputError(f"{shown} has more than {MAX_ITEMS:,} items: no podcast's feed.")
    return FeedMarkup(text, root.start(), tuple(items))


def sections(content: bytes) -> Iterator[Section]:
    """Yield what is no markup; what has no end is not one."""
    position, endless = 0, set()
    for opening in _OPENING.finditer(content):
        kind = opening[0]
        if opening.start() < position or kind in endless:
            continue
        end = content.find(_CLOSING[kind], opening.end())
        if end < 0:
            endless.add(kind)
            continue
        position = end + len(_CLOSING[kind])
        yield Section(kind, opening.start(), position)


def mended(piece: bytes, text: FeedText) -> str:
    """Mend what keeps a parser from reading a piece of a feed.

    Named characters of HTML become characters, a bare "&" or "<" is escaped, texts in CDATA are
    plain texts, and comments, instructions and what XML does not allow go.
    """
    parts, position = [], 0
    for section in sections(piece):
        parts.append(_escaped(text.decode(piece[position : section.start])))
        if section.kind == _CDATA:
            parts.append(html.escape(text.decode(section.inner(piece))))
        position = section.end
    parts.append(_escaped(text.decode(piece[position:])))
    return _NO_XML.sub("", "".join(parts))


def _without_sections(content: bytes, shown: str) -> bytearray:
    """Return bytes of the same length, with spaces in the place of what is no markup."""
    plain = bytearray(content)
    for count, section in enumerate(sections(content)):
        if count == _MAX_SECTIONS:
            raise BadInputError(f"{shown} has more than {count:,} comments: no podcast's feed.")
        plain[section.start : section.end] = b" " * (section.end - section.start)
    return plain


def _items(plain: bytearray, prefix: bytes, name: bytes) -> Iterator[ItemSpan]:
    """Yield the items; one without an end lasts until the next begins."""
    tag = re.compile(rb"<(/?)%s%s(?=[\s/>])[^<>]*>" % (re.escape(prefix), name), re.IGNORECASE)
    start: int | None = None
    for found in tag.finditer(plain):
        if found[1]:
            if start is not None:
                yield ItemSpan(start, found.end(), found.start())
            start = None
            continue
        if start is not None:
            yield ItemSpan(start, found.start(), None)
        start = found.start()
        if found[0].endswith(b"/>"):
            yield ItemSpan(start, found.end(), None)
            start = None
    if start is not None:
        yield ItemSpan(start, len(plain), None)


def _escaped(markup: str) -> str:
    closed = markup.replace("<![CDATA[", "")  # what is left of it has no end
    amended = _BARE_AMPERSAND.sub("&amp;", _BARE_ANGLE.sub("&lt;", closed))
    return _OF_HTML.sub(lambda found: _character(found[0]), amended)


@lru_cache(maxsize=1000)
def _character(reference: str) -> str:
    return html.escape(html.unescape(reference))
