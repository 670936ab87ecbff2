"""What a poll of a show would do, without doing any of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.feeds.polite_http import fetch_feed_in_turn
from flows.feeds.show_file import Show, load_show
from flows.shows.show_feed import read_followed
from flows.shows.show_plan import first_look, look_again, steps
from flows.shows.show_state import SeenEpisode, ShowState, Status, load_state, state_file
from podcast.errors import BadInputError, NetworkError
from podcast.feed import Feed

RUNNING = "running"
"""Of an episode that a run makes already."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What would be done with one episode.

    Attributes:
        work: "process" or "retitle", or `RUNNING`.
        title: Of the episode.
        published: Its date and time in the show's time zone; empty if unknown.
    """

    work: str
    title: str
    published: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A show as a poll would find it.

    Attributes:
        title: Of the show.
        episodes: How many with sound are in the feed.
        planned: What would be done, the oldest episode first.
    """

    title: str
    episodes: int
    planned: tuple[Planned, ...]


def preview(path: Path) -> Preview:
    """Read a show file, ask for its feed and say what a poll would do.

    Raises:
        BadInputError: The file or the feed cannot be used.
        NetworkError: The feed could not be had, or its server asks to wait.
    """
    show = load_show(path)
    state = load_state(state_file(path)) or ShowState()
    fetched = fetch_feed_in_turn(show.feed)
    if fetched.content is None:
        raise NetworkError(f"{path}: the server asks to be left alone for {fetched.wait:.0f} s.")
    try:
        feed, known = read_followed(fetched.content, show, state)
    except BadInputError as error:
        raise BadInputError(f"{path}: {error}") from error
    seen = look_again(feed, show, known) if state.title else first_look(feed, show)
    return Preview(known.title, len(feed.episodes), tuple(_planned(show, feed, seen)))


def _planned(show: Show, feed: Feed, seen: dict[str, SeenEpisode]) -> Iterator[Planned]:
    work = {step.episode.guid: step.work.value for step in steps(feed, seen)}
    work |= {guid: RUNNING for guid, known in seen.items() if known.status == Status.STARTED}
    for episode in reversed(feed.newest_first):
        if episode.guid in work:
            published = _in_zone(episode.published_at, show)
            yield Planned(work[episode.guid], episode.title or episode.guid, published)


def _in_zone(published_at: str, show: Show) -> str:
    if not published_at:
        return ""
    return datetime.fromisoformat(published_at).astimezone(show.zone).strftime("%Y-%m-%d %H:%M")
