"""What a feed announces of an episode: found by its guid or its title."""

from pathlib import Path
from typing import Any

from audio.feeds.feed_file import read_feed_file
from audio.feeds.feed_parser import parse_feed
from audio.web.address import without_secrets
from flows.feeds.polite_http import fetch_feed_in_turn
from podcast.errors import BadInputError, NetworkError
from podcast.feed import Feed, FeedEpisode
from podcast.titles import loose_title_key, title_key

SHOWN = 5
"""Titles in a message that offers a choice."""


def load_feed(where: str) -> Feed:
    """Read a feed from a file or from the web.

    Raises:
        BadInputError: It cannot be read, or is no feed.
        NetworkError: The server or the way to it failed, or it asks to wait.
    """
    if "://" not in where:
        path = Path(where).expanduser().resolve()
        return parse_feed(read_feed_file(path), str(path))
    fetched = fetch_feed_in_turn(where)
    if fetched.content is None:
        raise NetworkError(
            f"The server of {without_secrets(where)} asks to be left alone for "
            f"{fetched.wait:.0f} s. Try again after that."
        )
    return parse_feed(fetched.content, where)


def find_announced(feed: Feed, wanted: str = "", *, with_extras: bool = False) -> FeedEpisode:
    """Find an episode by its guid or title, or a part of its title that no other has.

    Args:
        feed: Where to look.
        wanted: Guid, or title as people type it; empty for the newest episode.
        with_extras: The newest may be a trailer or a bonus.

    Raises:
        BadInputError: There is none, or several.
    """
    if not feed.episodes:
        raise BadInputError(f"The feed of {feed.title!r} has no episode with sound.")
    if not wanted.strip():
        return feed.wanted(with_extras=with_extras)[0]
    key, loose = title_key(wanted), loose_title_key(wanted) or wanted
    ways = (
        [e for e in feed.episodes if e.guid == wanted.strip()],
        [e for e in feed.episodes if title_key(e.title) == key],
        [e for e in feed.episodes if loose_title_key(e.title) == loose],
        [e for e in feed.episodes if key in title_key(e.title)],
        [e for e in feed.episodes if loose in loose_title_key(e.title)],
    )
    found = next(filter(None, ways), [])
    if len(found) == 1:
        return found[0]
    offered = found or feed.episodes
    titles = "; ".join(f"{e.title!r} ({e.guid})" for e in offered[:SHOWN])
    raise BadInputError(
        f"{len(found) or 'No'} episodes of {feed.title!r} are called {wanted!r}. "
        f"Give the guid of one: {titles}{' ...' if len(offered) > SHOWN else ''}"
    )


def announced_options(where: str, wanted: str, *, with_extras: bool = False) -> dict[str, Any]:
    """Return what a feed tells of an episode, under the names of the options of `process`."""
    feed = load_feed(where)
    episode = find_announced(feed, wanted, with_extras=with_extras)
    return {
        "audio": episode.enclosure.url,
        "show": feed.title,
        "title": episode.title,
        "guid": episode.guid,
        "published_at": episode.published_at,
        "speakers__people": episode.speakers,
    }
