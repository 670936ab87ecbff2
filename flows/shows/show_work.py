"""Work off what a poll has found: an episode that fails stops no other."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from prefect import get_run_logger

from flows.episode import process_episode
from flows.feeds.polite_http import fetch_stamp_in_turn
from flows.feeds.private_feed import private_reference
from flows.feeds.show_file import Show
from flows.published.folders import episode_folder
from flows.published.published_record import editing, publish_again
from flows.retranslation.line_retranslation import retitle
from flows.settings import settings
from flows.shows.show_plan import (
    AttemptResult,
    Step,
    StepKind,
    begun,
    ended,
    made_again,
    retitled,
    started,
    steps,
    unreported,
)
from flows.shows.show_runs import start_run
from flows.shows.show_state import SeenEpisode, ShowState, load_state, save_state
from outputs.record.episode_record import RECORD_NAME
from podcast.errors import BadInputError, InterlinearError
from podcast.feed import Feed, FeedEpisode


class Following:
    """A show that is followed, and what is known of it, which is written down at every step."""

    def __init__(self, source: Path, show: Show, kept: Path, deployment: str) -> None:
        self._source = source
        self._name = source.stem
        self._show = show
        self._kept = kept
        self._deployment = deployment
        self._state = load_state(kept) or ShowState()
        self._watched: set[str] = set()

    def work_off(self, feed: Feed) -> None:
        """Do all that is to be done, the oldest episode first.

        Raises:
            BadInputError: Episodes were given up, which is said once.
            SetupError: There is no such deployment.
            NetworkError: Prefect's server failed.
        """
        self._watched = {e.guid for e in feed.newest_first[: self._show.check_sounds]}
        for step in steps(feed, self._state.episodes):
            self._do(step, self._state.episodes[step.episode.guid])
        if lost := unreported(self._state.episodes):
            self._note({guid: replace(e, is_reported=True) for guid, e in lost.items()})
            raise BadInputError(
                "Given up until the feed has another sound: "
                + "; ".join(f"{e.title!r} ({guid}): {e.error}" for guid, e in lost.items())
            )

    def _do(self, step: Step, known: SeenEpisode) -> None:
        guid, title = step.episode.guid, step.episode.title
        if step.work is StepKind.RETITLE:
            if self._retitle(step.episode):
                self._note({guid: retitled(known, title)})
                return
            known = made_again(known)
        if known.tries >= self._show.tries:  # the last try did not live to see its end
            self._note({guid: ended(known, AttemptResult(known.error), self._show.tries)})
        elif self._deployment:
            self._start(step.episode, begun(self._stamped(step.episode, known), title))
        else:
            self._process(step.episode, begun(self._stamped(step.episode, known), title))

    def _start(self, episode: FeedEpisode, known: SeenEpisode) -> None:
        """Start a run, which is noted when it is there: a second start finds the same run."""
        key = (self._name, episode.guid, known.sound, known.version, known.tries)
        try:
            run = start_run(self._deployment, self._parameters(episode), repr(key), self._name)
        except BadInputError as error:
            self._fail(episode, known, str(error))
        else:
            self._note({episode.guid: started(known, run)})
            get_run_logger().info("Started a run for %s: %s", episode.title, run)

    def _process(self, episode: FeedEpisode, known: SeenEpisode) -> None:
        """Process an episode here; that it was begun is noted first, as it may kill us."""
        self._note({episode.guid: known})
        state = process_episode(**self._parameters(episode), return_state=True)
        if state.is_completed():
            self._note({episode.guid: ended(known, AttemptResult(), self._show.tries)})
        else:
            self._fail(episode, known, state.message or state.name or "It failed.")

    def _fail(self, episode: FeedEpisode, known: SeenEpisode, error: str) -> None:
        get_run_logger().warning("Try %d of %s: %s", known.tries, episode.title, error)
        self._note({episode.guid: ended(known, AttemptResult(error), self._show.tries)})

    def _note(self, changed: dict[str, SeenEpisode]) -> None:
        self._state = replace(self._state, episodes={**self._state.episodes, **changed})
        save_state(self._kept, self._state)

    def _stamped(self, episode: FeedEpisode, known: SeenEpisode) -> SeenEpisode:
        """Note what the server says of a sound before it is fetched: no change is missed."""
        if episode.guid not in self._watched:
            return replace(known, stamp=None)
        try:
            return replace(known, stamp=fetch_stamp_in_turn(episode.enclosure.url))
        except InterlinearError as error:  # the try itself will say what is wrong
            get_run_logger().debug("%s", error)
            return replace(known, stamp=None)

    def _parameters(self, episode: FeedEpisode) -> dict[str, Any]:
        """Return the parameters of the episode's run, as JSON has them."""
        people: Sequence[str] = episode.speakers or self._show.speakers.people
        speakers = self._show.speakers.model_copy(update={"people": list(people)})
        transcript = episode.english_transcript if self._show.takes_transcripts else ""
        announced = self._state.announced_as(episode.guid)
        veil = (
            private_reference(self._source, episode.guid, announced)
            if self._show.is_private
            else ""
        )
        return {
            "audio": veil or episode.enclosure.url,
            "show": self._state.title,
            "title": episode.title or episode.guid,
            "languages": list(self._show.languages),
            "only": self._show.only,
            "speakers": speakers.model_dump(mode="json"),
            "wording": self._show.wording.model_dump(mode="json"),
            "models": self._show.models.model_dump(mode="json"),
            "pages": self._show.pages.model_dump(mode="json"),
            "label": self._show.label,
            "guid": episode.guid,
            "published_at": episode.published_at,
            "transcript": transcript and (veil or transcript),
            "track": self._show.track,
            "force_english": self._show.force_english,
        }

    def _retitle(self, episode: FeedEpisode) -> bool:
        """Publish an episode under its new title, without a transcription; say if it worked."""
        folder = episode_folder(settings().out, self._state.title, episode.title, episode.guid)
        if not (folder / RECORD_NAME).is_file():
            return False
        try:
            with editing(folder) as published:
                publish_again(published, retitle(published.record, episode.title, folder))
        except InterlinearError as error:
            get_run_logger().info("%s; it is processed again", error)
            return False
        return True
