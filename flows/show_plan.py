"""What a poll of a feed makes necessary. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from audio.address import without_secrets
from flows.show_state import DONE, GIVEN_UP, OLD, WAITING, SeenEpisode, ShowState
from podcast.feed import Feed, FeedEpisode


class Work(StrEnum):
    """What is to be done for an episode."""

    PROCESS = "process"
    RETITLE = "retitle"


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do for an episode."""

    work: Work
    episode: FeedEpisode


def first_look(feed: Feed, old_episodes: int) -> dict[str, SeenEpisode]:
    """Note all episodes of a show that is new here; only so many of the newest are to be made."""
    newest = sorted(feed.episodes, key=lambda episode: episode.published_at, reverse=True)
    return {
        episode.guid: SeenEpisode(
            episode.title, sound_of(episode), WAITING if place < old_episodes else OLD
        )
        for place, episode in enumerate(newest)
    }


def look_again(feed: Feed, state: ShowState) -> dict[str, SeenEpisode]:
    """Note which episodes are new, and which have another sound than before.

    Titles stay as they were, since that a title is another one is found by them.
    """
    seen = dict(state.episodes)
    for episode in feed.episodes:
        before, sound = seen.get(episode.guid), sound_of(episode)
        if before is None:
            seen[episode.guid] = SeenEpisode(episode.title, sound, WAITING)
        elif before.sound != sound:
            status = OLD if before.status == OLD else WAITING
            seen[episode.guid] = replace(before, sound=sound, status=status, tries=0, error="")
    return seen


def steps(feed: Feed, seen: dict[str, SeenEpisode]) -> Iterator[Step]:
    """Yield what is to be done, the oldest episode first."""
    for episode in sorted(feed.episodes, key=lambda episode: episode.published_at):
        known = seen[episode.guid]
        if known.status == WAITING:
            yield Step(Work.PROCESS, episode)
        elif known.status == DONE and known.title != episode.title and episode.title:
            yield Step(Work.RETITLE, episode)


def begun(before: SeenEpisode) -> SeenEpisode:
    """Count a try before it begins, so that one that kills its process counts, too."""
    return replace(before, tries=before.tries + 1, error="It did not end.")


def ended(before: SeenEpisode, title: str, error: str, tries: int) -> SeenEpisode:
    """Note how a try ended; after so many it is given up until its sound changes."""
    if not error:
        return replace(before, title=title, status=DONE, tries=0, error="")
    status = GIVEN_UP if before.tries >= tries else WAITING
    return replace(before, status=status, error=error)


def sound_of(episode: FeedEpisode) -> str:
    """Return what tells one recording from another; the query of an address changes at will."""
    enclosure = episode.enclosure
    return f"{without_secrets(enclosure.url)} {enclosure.length or ''}".strip()
