"""What a feed announces of an episode: found by its guid or its title."""

from pathlib import Path
from typing import Any

from audio.address import without_secrets
from audio.feed import parse_feed
from flows.asking import ask_feed
from podcast.errors import BadInputError, NetworkError
from podcast.feed import Feed, FeedEpisode

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
        return parse_feed(_read(path), str(path))
    fetched = ask_feed(where)
    if fetched.content is None:
        raise NetworkError(
            f"The server of {without_secrets(where)} asks to be left alone for "
            f"{fetched.wait:.0f} s. Try again after that."
        )
    return parse_feed(fetched.content, where)


def find_announced(feed: Feed, wanted: str = "") -> FeedEpisode:
    """Find an episode by its guid or title, or a part of its title that no other has.

    Args:
        feed: Where to look.
        wanted: Guid or title, in capitals or not; empty for the newest episode.

    Raises:
        BadInputError: There is none, or several.
    """
    if not feed.episodes:
        raise BadInputError(f"The feed of {feed.title!r} has no episode with sound.")
    if not wanted.strip():
        return max(feed.episodes, key=lambda episode: episode.published_at)
    key = _key(wanted)
    ways = (
        [e for e in feed.episodes if e.guid == wanted.strip()],
        [e for e in feed.episodes if _key(e.title) == key],
        [e for e in feed.episodes if key in _key(e.title)],
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


def announced_options(where: str, wanted: str) -> dict[str, Any]:
    """Return what a feed tells of an episode, under the names of the options of `process`."""
    feed = load_feed(where)
    episode = find_announced(feed, wanted)
    return {
        "audio": episode.enclosure.url,
        "show": feed.title,
        "title": episode.title,
        "guid": episode.guid,
        "published_at": episode.published_at,
        "speakers__people": episode.speakers,
    }


def _key(title: str) -> str:
    return " ".join(title.split()).casefold()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInputError(f"The feed {path} cannot be read: {error.strerror}.") from error
