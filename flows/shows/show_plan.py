"""What a poll of a feed makes necessary. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from audio.web.sound_stamp import SoundStamp, is_another
from flows.feeds.show_file import Show
from flows.shows.show_sounds import is_same_sound, sound_of, with_length
from flows.shows.show_state import SeenEpisode, ShowState, Status
from podcast.feed import Feed, FeedEpisode


class StepKind(StrEnum):
    """What is to be done for an episode."""

    PROCESS = "process"
    RETITLE = "retitle"


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do for an episode."""

    work: StepKind
    episode: FeedEpisode


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """How a try ended.

    Attributes:
        error: Why it failed; empty if it did not.
        is_final: Nobody wants another try.
    """

    error: str = ""
    is_final: bool = False


def first_look(feed: Feed, show: Show) -> dict[str, SeenEpisode]:
    """Note all episodes of a show that is new here; only so many of the newest are to be made."""
    wanted = {e.guid for e in feed.wanted(with_extras=show.extras)[: show.old_episodes]}
    return {
        e.guid: _seen(e, show, Status.WAITING if e.guid in wanted else Status.OLD)
        for e in feed.newest_first
    }


def look_again(feed: Feed, show: Show, state: ShowState) -> dict[str, SeenEpisode]:
    """Note which episodes are new, and which have another sound than before.

    Titles stay as they were, since that a title is another one is found by them. What a run is
    making is looked at when the run has ended. What has left the feed before it was made is
    forgotten.
    """
    there = {episode.guid for episode in feed.episodes}
    wanted = {episode.guid for episode in feed.wanted(with_extras=show.extras)}
    seen = {g: e for g, e in state.episodes.items() if e.status != Status.WAITING or g in there}
    for episode in feed.episodes:
        before = seen.get(episode.guid)
        now = _seen(episode, show, Status.WAITING if episode.guid in wanted else Status.LEFT_OUT)
        is_new = before is None or before.status == Status.LEFT_OUT
        seen[episode.guid] = _after(before, now) if before and not is_new else now
    return seen


def _seen(episode: FeedEpisode, show: Show, status: Status) -> SeenEpisode:
    sound = sound_of(episode, takes_transcripts=show.takes_transcripts)
    return SeenEpisode(episode.title, sound, status, published_at=episode.published_at)


def _after(before: SeenEpisode, now: SeenEpisode) -> SeenEpisode:
    known = replace(before, published_at=now.published_at)
    if before.status == Status.STARTED:
        return known
    if before.status == Status.OLD or is_same_sound(before.sound, now.sound):
        return replace(known, sound=with_length(before.sound, now.sound))
    return made_again(replace(known, sound=now.sound, stamp=None))


def newest_made(feed: Feed, seen: Mapping[str, SeenEpisode], count: int) -> list[FeedEpisode]:
    """Return those of the newest episodes whose sound may have been replaced unseen."""
    return [
        e
        for e in feed.newest_first[:count]
        if seen[e.guid].status in {Status.DONE, Status.GIVEN_UP}
    ]


def stamped(before: SeenEpisode, now: SoundStamp | None) -> SeenEpisode:
    """Note what the server says of a sound; another sound is made anew."""
    if now is None:
        return before
    after = replace(before, stamp=now)
    if before.stamp is None:  # it may have been away when the episode was tried
        return made_again(after) if before.status == Status.GIVEN_UP else after
    return made_again(after) if is_another(before.stamp, now) else after


def steps(feed: Feed, seen: dict[str, SeenEpisode]) -> Iterator[Step]:
    """Yield what is to be done, the oldest episode first."""
    for episode in reversed(feed.newest_first):
        known = seen[episode.guid]
        if known.status == Status.WAITING:
            yield Step(StepKind.PROCESS, episode)
        elif known.status == Status.DONE and known.title != episode.title and episode.title:
            yield Step(StepKind.RETITLE, episode)


def made_again(episode: SeenEpisode) -> SeenEpisode:
    """Note that an episode is to be made anew."""
    return replace(episode, status=Status.WAITING, version=episode.version + 1, tries=0, error="")


def begun(before: SeenEpisode, title: str) -> SeenEpisode:
    """Count a try before it begins, so that one that kills its process counts, too."""
    error = "It did not end."
    return replace(before, title=title, tries=before.tries + 1, error=error, is_reported=False)


def started(before: SeenEpisode, run: str) -> SeenEpisode:
    """Note the run that makes an episode."""
    return replace(before, status=Status.STARTED, run=run)


def ended(before: SeenEpisode, outcome: AttemptResult, tries: int) -> SeenEpisode:
    """Note how a try ended; after so many it is given up until its sound changes."""
    if not outcome.error:
        return replace(before, status=Status.DONE, tries=0, error="", run="")
    is_last = outcome.is_final or before.tries >= tries
    return replace(
        before, status=Status.GIVEN_UP if is_last else Status.WAITING, error=outcome.error, run=""
    )


def retitled(before: SeenEpisode, title: str) -> SeenEpisode:
    """Note that an episode has another title and no other change."""
    return replace(before, title=title)


def unreported(seen: Mapping[str, SeenEpisode]) -> dict[str, SeenEpisode]:
    """Return the episodes that were given up without anybody being told."""
    return {g: e for g, e in seen.items() if e.status == Status.GIVEN_UP and not e.is_reported}
