"""The elements of a feed under one name each, whatever namespace and prefix they come with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self
from xml.sax.saxutils import quoteattr  # writes only

from lxml import etree

_PODCAST = "podcastindex.org/namespace/1.0"
_NAMES = {
    _PODCAST: "podcast:",
    "github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast:",
    "itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "search.yahoo.com/mrss": "media:",
    "purl.org/dc/elements/1.1": "dc:",
    "purl.org/dc/terms": "dc:",
    "w3.org/1999/02/22-rdf-syntax-ns": "rdf:",
    "w3.org/xml/1998/namespace": "xml:",
    "w3.org/2005/atom": "",
    "purl.org/atom/ns": "",
    "purl.org/rss/1.0": "",
    "my.netscape.com/rdf/simple/0.9": "",
}
"""Address of a namespace, as `_plain_address` has it, and the prefix that stands for it here."""

_AROUND_ADDRESS = re.compile(r"^https?://(?:www\.)?|[/#]+$")
_OTHERS = frozenset({"image", "source", "textinput"})
"""What has a title and a link of its own."""
_FIELDS = frozenset({"guid", "id", "link", "pubdate", "published", "enclosure", "description"})
"""What never stands in a text."""
_MOST_PREFIXES = 50
_MOST = 10_000
"""Elements of an item that are looked at."""


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of an item, or of the channel, by name.

    Attributes:
        own: Attributes of the item itself.
        by_name: Name -> elements, in the order of the feed.
    """

    own: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, element: Any, *, is_damaged: bool) -> Self:
        """Take the children; in what is damaged, a child may have slid into another."""
        by_name: dict[str, list[Any]] = {}
        for child in islice(element.iterchildren(etree.Element), _MOST):
            by_name.setdefault(name_of(child), []).append(child)
        lost: dict[str, list[Any]] = {}
        if is_damaged:
            for child in islice(_within(element), _MOST):
                lost.setdefault(name_of(child), []).append(child)
        return cls(attributes(element), lost | by_name)

    def all(self, *names: str) -> Iterator[Any]:
        """Yield the elements of these names, those of the first name first."""
        for name in names:
            yield from self.by_name.get(name, ())

    def text(self, *names: str) -> str:
        """Return the first text that is one."""
        return next(filter(None, (text_of(element) for element in self.all(*names))), "")


def parse_elements(markup: str, declarations: str = "") -> tuple[Any, bool]:
    """Parse mended markup.

    Args:
        markup: An item or what is around the items.
        declarations: Of the prefixes that are declared outside of it.

    Returns:
        Its first element, None if there is none; and whether it is damaged.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    root = etree.fromstring(f"<feed{declarations}>{markup}</feed>".encode(), parser)
    return next(root.iterchildren(etree.Element), None), len(parser.error_log) > 0


def declarations_of(element: Any) -> str:
    """Return, as attributes, the prefixes that are known in an element."""
    known = [(p, uri) for p, uri in element.nsmap.items() if p and _plain_address(uri) in _NAMES]
    return "".join(f" xmlns:{p}={quoteattr(uri)}" for p, uri in known[:_MOST_PREFIXES])


def is_podcast_namespace(address: str) -> bool:
    """Say whether that is the podcast namespace, by its address or one that feeds use for it."""
    return _NAMES.get(_plain_address(address)) == "podcast:"


def name_of(element: Any) -> str:
    """Return the name, in small letters, with the prefix that stands for its namespace."""
    namespace, is_qualified, local = element.tag.rpartition("}")
    if not is_qualified:  # such as "itunes:image" where nobody has declared itunes
        return str(local.lower())
    known = _NAMES.get(_plain_address(namespace[1:]))
    if known is None and element.prefix:
        return f"{namespace}}}{local}"
    return (known or "") + str(local.lower())


def attributes(element: Any) -> dict[str, str]:
    """Return the attributes by name."""
    return {key.rpartition("}")[2].lower(): value.strip() for key, value in element.items()}


def text_of(element: Any) -> str:
    """Return the text in an element, without what an unclosed tag let slide into it."""
    return "".join(_texts(element)).strip()


def _texts(element: Any) -> Iterator[str]:
    yield element.text or ""
    for event, child in islice(etree.iterwalk(element, events=("start", "end")), 1, _MOST):
        if event == "end":
            yield "" if child is element else child.tail or ""
        elif ":" in name_of(child) or name_of(child) in _FIELDS:
            return
        else:
            yield child.text or ""


def _within(element: Any) -> Iterator[Any]:
    for child in element.iterdescendants(etree.Element):
        if name_of(child.getparent()) not in _OTHERS:
            yield child


def _plain_address(namespace: str) -> str:
    return _AROUND_ADDRESS.sub("", namespace.strip().lower())
