"""Find in the bytes of a feed where its items begin, end and what names them. Pure."""

import codecs
import re
from dataclasses import dataclass, field
from xml.parsers import expat

from podcast.errors import BadInputError

NAMESPACES = (
    "https://podcastindex.org/namespace/1.0",
    "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
)
"""Of the podcast namespace: the one that is in force, and the one that older feeds declare."""

OPENING, CLOSING = "interlinear: transcripts", "/interlinear: transcripts"
"""The comments around what an earlier run has inserted."""

ATOM = "http://www.w3.org/2005/Atom"
ITEMS = {"item": ("channel", "RDF"), "entry": ("feed",)}
"""What an item is called, in RSS and in Atom, and what it stands in."""
GUIDS = {"guid": "guid", "id": "guid", "title": "title"}
"""What names an item, and where that is kept."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


@dataclass(slots=True)
class FeedItem:
    """One item of a feed; all offsets are in bytes.

    Attributes:
        guid: Its guid; empty without one.
        enclosure: URL of its sound; empty without one.
        title: Its title.
        end: Where its closing tag begins; 0 for an item that has none.
        blocks: Where earlier runs have inserted something: first byte of the opening comment, and
            first byte after the closing one.
    """

    guid: str = ""
    enclosure: str = ""
    title: str = ""
    end: int = 0
    blocks: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class FeedStructure:
    """What has to be known of a feed to insert something into it.

    Attributes:
        encoding: Of its bytes, as Python calls it, without a byte order mark.
        root: Where its first element begins.
        prefixes: Prefix -> namespace, as the first element declares them.
        title: Of the show.
        items: In the order of the feed.
    """

    encoding: str
    root: int = 0
    prefixes: dict[str, str] = field(default_factory=dict)
    title: str = ""
    items: list[FeedItem] = field(default_factory=list)


def read_structure(feed: bytes, name: str) -> FeedStructure:
    """Read a feed.

    Args:
        feed: Its bytes.
        name: What to call it in a message.

    Raises:
        BadInputError: It is no XML, no feed, or declares entities of its own.
    """
    reader = _Reader(feed, name)
    try:
        reader.parser.Parse(feed, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter: its encoding
        raise BadInputError(
            f"{name} is not XML that can be read: {error}. Get the feed anew, or mend it there."
        ) from error
    if reader.first_element not in {"rss", "RDF", "feed"}:
        raise BadInputError(
            f"{name} is no RSS or Atom feed: it begins with <{reader.first_element}>."
        )
    return reader.structure


def encoding_of(feed: bytes) -> str:
    """Return how a feed is encoded, by its first bytes and its declaration."""
    for mark, encoding in BOMS:
        if feed.startswith(mark):
            return encoding
    declared = DECLARED.match(feed)
    name = declared.group(1).decode() if declared else "utf-8"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8"


class _Reader:
    """Follows expat through a feed."""

    def __init__(self, feed: bytes, name: str) -> None:
        self.structure = FeedStructure(encoding_of(feed))
        self.first_element = ""
        self._name = name
        self._path: list[str] = []
        self._text: list[str] = []
        self._opened: int | None = None
        self._feed = feed
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        # Feeds are full of &nbsp;, which only HTML defines: as if a definition lay elsewhere, it
        # is passed over here, and stays in the copy.
        self.parser.UseForeignDTD(True)
        self.parser.ExternalEntityRefHandler = lambda *_: 1
        self.parser.StartNamespaceDeclHandler = self._namespace
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append
        self.parser.CommentHandler = self._comment
        self.parser.EntityDeclHandler = self._entity

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        if not self._path:
            self.structure.prefixes[prefix or ""] = uri or ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        uri, _, local = name.rpartition(" ")
        if not self._path:
            self.first_element = local
            self.structure.root = self.parser.CurrentByteIndex
        self._path.append(local)
        self._text.clear()
        if local in ITEMS and self._path[-2:-1] and self._path[-2] in ITEMS[local]:
            self.structure.items.append(FeedItem())
        elif self._in_item() and uri in {"", ATOM}:
            item = self.structure.items[-1]
            item.enclosure = item.enclosure or _sound(local, attributes).strip()

    def _end(self, name: str) -> None:
        uri, _, local = name.rpartition(" ")
        text = "".join(self._text).strip()
        if local in ITEMS and self.structure.items:
            place, closing = self.parser.CurrentByteIndex, "</".encode(self.structure.encoding)
            if self._feed.startswith(closing, place):
                self.structure.items[-1].end = place
        elif self._in_item() and local in GUIDS and uri in {"", ATOM}:
            item = self.structure.items[-1]
            setattr(item, GUIDS[local], getattr(item, GUIDS[local]) or text)
        elif self._path[-2:] in (["channel", "title"], ["feed", "title"]) and uri in {"", ATOM}:
            self.structure.title = self.structure.title or text
        self._path.pop()
        self._text.clear()

    def _in_item(self) -> bool:
        return self._path[-2:-1] in (["item"], ["entry"])

    def _comment(self, text: str) -> None:
        if self._path[-1:] not in (["item"], ["entry"]):
            return
        if text.strip() == OPENING:
            self._opened = self.parser.CurrentByteIndex
        elif text.strip() == CLOSING and self._opened is not None:
            arrow = "-->".encode(self.structure.encoding)
            end = self._feed.index(arrow, self.parser.CurrentByteIndex) + len(arrow)
            self.structure.items[-1].blocks.append((self._opened, end))
            self._opened = None

    def _entity(self, name: str, *_details: object) -> None:
        raise BadInputError(
            f"{self._name} declares an entity of its own ({name}), which feeds have no need of and "
            "attackers have. It was not read any further."
        )


def _sound(local: str, attributes: dict[str, str]) -> str:
    if local == "link" and attributes.get("rel") == "enclosure":
        return attributes.get("href", "")
    return attributes.get("url", "") if local == "enclosure" else ""
