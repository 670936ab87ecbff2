"""What the podcast namespace says in a feed; feedparser keeps the last of many tags only."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from podcast.feed import SPEAKING, FeedPerson, FeedTranscript

NAMESPACES = frozenset(
    {
        "https://podcastindex.org/namespace/1.0",
        "http://podcastindex.org/namespace/1.0",
        "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
    }
)
"""The address of the namespace in small letters, and two that feeds use in its place."""

_ITEMS = frozenset({"item", "entry"})
_CHANNELS = frozenset({"channel", "feed"})


@dataclass(frozen=True, slots=True)
class Namespaced:
    """What the namespace's tags say of one item, or of the channel."""

    people: tuple[FeedPerson, ...] = ()
    transcripts: tuple[FeedTranscript, ...] = ()


def read_namespace(text: str, base: str) -> tuple[Namespaced, tuple[Namespaced, ...]]:
    """Read the tags of the podcast namespace, under whatever prefix.

    Args:
        text: Of the feed, without an XML declaration.
        base: What URLs are relative to.

    Returns:
        Of the channel, and of every item in the order of the feed.
    """
    parser = etree.XMLParser(
        recover=True, huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    root = etree.fromstring(text.encode(), parser)
    if root is None:
        return Namespaced(), ()
    elements = list(root.iter(etree.Element))
    channel = next((e for e in elements if _local(e) in _CHANNELS), None)
    items = tuple(_read(element, base) for element in elements if _local(element) in _ITEMS)
    return (Namespaced() if channel is None else _read(channel, base)), items


def _read(element: Any, base: str) -> Namespaced:
    people: list[FeedPerson] = []
    transcripts: list[FeedTranscript] = []
    for child in _tags(element):
        match _local(child):
            case "person":
                people.extend(_person(child))
            case "transcript":
                transcripts.extend(_transcript(child, base))
    return Namespaced(tuple(people), tuple(transcripts))


def _tags(element: Any) -> Iterator[Any]:
    for child in element.iterchildren(etree.Element):
        namespace = etree.QName(child).namespace or ""
        if namespace.lower().rstrip("/") in NAMESPACES:
            yield child


def _person(element: Any) -> Iterator[FeedPerson]:
    name = " ".join("".join(element.itertext()).split())
    if name:
        role = element.get("role", "").strip().lower() or "host"
        group = element.get("group", "").strip().lower() or SPEAKING
        yield FeedPerson(name, role, group)


def _transcript(element: Any, base: str) -> Iterator[FeedTranscript]:
    url = element.get("url", "").strip()
    if url:
        kind = element.get("type", "").strip().lower()
        yield FeedTranscript(urljoin(base, url), kind, element.get("language", "").strip())


def _local(element: Any) -> str:
    return str(etree.QName(element).localname).lower()
