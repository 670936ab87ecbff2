"""What the tags of the podcast namespace say of an item, or of the channel."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from audio.feeds.feed_elements import Elements, attributes, text_of
from audio.feeds.feed_links import FeedLinks
from podcast.errors import BadInputError
from podcast.feed import SPEAKING, FeedPerson, FeedTranscript
from podcast.names import parse_name

_MOST = 100
"""People and transcripts of an item."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Namespaced:
    """What the namespace's tags say of one item, or of the channel."""

    people: tuple[FeedPerson, ...] = ()
    transcripts: tuple[FeedTranscript, ...] = ()


def read_namespace(elements: Elements, links: FeedLinks) -> Namespaced:
    """Read the tags of the podcast namespace, under whatever prefix."""
    return Namespaced(
        tuple(islice(_people(elements), _MOST)),
        tuple(islice(_transcripts(elements, links), _MOST)),
    )


def _people(elements: Elements) -> Iterator[FeedPerson]:
    for element in elements.all("podcast:person"):
        name = " ".join(text_of(element).split())
        try:
            parse_name(name)
        except BadInputError as error:
            logger.info("A person in the feed is left out. %s", error)
            continue
        yield FeedPerson(name, attributes(element).get("group", "").lower() or SPEAKING)


def _transcripts(elements: Elements, links: FeedLinks) -> Iterator[FeedTranscript]:
    for element in elements.all("podcast:transcript"):
        has = attributes(element)
        if url := links.fetchable(has.get("url", "")):
            yield FeedTranscript(url, has.get("type", "").lower(), has.get("language", ""))
