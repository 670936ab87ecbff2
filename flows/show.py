"""The flows that follow shows: poll each feed once and process what is new."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from prefect import flow, get_run_logger

from audio.address import without_secrets
from audio.feed import parse_feed
from audio.feed_download import FetchedFeed, Validators, fetch_feed
from flows.episode import process_episode
from flows.folders import episode_folder
from flows.published import editing, publish_again
from flows.retranslation import retitle
from flows.settings import settings
from flows.show_file import Show, load_show
from flows.show_plan import Step, Work, begun, ended, first_look, look_again, steps
from flows.show_state import GIVEN_UP, SeenEpisode, ShowState, load_state, save_state
from outputs.bundle import RECORD_NAME
from outputs.locks import locked_if_free
from podcast.errors import BadInputError, InterlinearError, NetworkError
from podcast.feed import Feed, FeedEpisode

FIRST_PAUSE = 300.0
LONGEST_PAUSE = 86_400.0
"""Seconds to leave a feed alone after it could not be had, doubled with each time in a row."""


@flow(name="follow-shows", persist_result=False)
def follow_shows(folder: Path = Path("shows")) -> None:
    """Poll the feeds of all shows once, one after the other, and process what is new.

    Args:
        folder: Where the show files lie, on the worker.

    Raises:
        BadInputError: Some shows failed; the others were followed all the same.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise BadInputError(f"There is no show file in {folder.resolve()}. See docs/shows.md.")
    states = {path.stem: follow_show(path, return_state=True) for path in paths}
    if failed := [name for name, state in states.items() if not state.is_completed()]:
        raise BadInputError(f"Not all is well with {', '.join(failed)}. See their runs.")


@flow(name="follow-show", flow_run_name="{path}", persist_result=False)
def follow_show(path: Path) -> None:
    """Poll the feed of one show once and process what is new.

    Args:
        path: Of the show file, on the worker.

    Raises:
        BadInputError: The show file or the feed cannot be used, or an episode was given up.
        NetworkError: The feed could not be had; later polls wait longer and longer.
    """
    show = load_show(path)
    kept = settings().data / "shows" / f"{path.stem}.json"
    with locked_if_free(kept) as is_free:
        if not is_free:
            get_run_logger().info("Another run follows %s.", path.stem)
            return
        feed = _poll(show, kept)
        if feed is not None:
            _work_off(show, feed, kept)


def _poll(show: Show, kept: Path) -> Feed | None:
    """Ask for the feed; None if it has not changed or must be left alone."""
    state = load_state(kept) or ShowState()
    log, shown = get_run_logger(), without_secrets(show.feed)
    if time.time() < state.not_before:
        log.info("%s is left alone for another %.0f s.", shown, state.not_before - time.time())
        return None
    try:
        fetched = fetch_feed(show.feed, Validators() if state.is_waiting else state.validators)
        feed = None if fetched.content is None else parse_feed(fetched.content, show.feed)
    except InterlinearError as error:
        pause = min(FIRST_PAUSE * 2**state.failures, LONGEST_PAUSE)
        is_passing = isinstance(error, NetworkError)
        wait = time.time() + pause if is_passing else 0.0
        save_state(kept, replace(state, not_before=wait, failures=state.failures + is_passing))
        raise
    save_state(kept, _polled(show, state, fetched, feed))
    if feed is None:
        log.info("%s has not changed.", shown)
    return feed


def _polled(show: Show, state: ShowState, fetched: FetchedFeed, feed: Feed | None) -> ShowState:
    """Note an answer, and what is to be done, before any of it is done."""
    wait = time.time() + fetched.wait if fetched.wait else 0.0
    answered = replace(state, validators=fetched.validators, not_before=wait, failures=0)
    if feed is None:
        return answered
    seen = look_again(feed, state) if state.title else first_look(feed, show.old_episodes)
    title = show.title or state.title or feed.title
    if not title:
        raise BadInputError(
            f"{without_secrets(show.feed)} has no title. Give one in the show file."
        )
    return replace(answered, title=title, episodes=seen)


def _work_off(show: Show, feed: Feed, kept: Path) -> None:
    """Do what is to be done; an episode that fails stops no other."""
    state = load_state(kept) or ShowState()
    given_up: list[str] = []
    for step in steps(feed, state.episodes):
        guid = step.episode.guid
        before = state.episodes[guid]
        error = before.error
        if before.tries < show.tries:  # else the last try did not live to see its end
            before = begun(before)
            state = _noted(state, guid, before, kept)
            error = _do(step, show, state.title)
        after = ended(before, step.episode.title, error, show.tries)
        state = _noted(state, guid, after, kept)
        if error:
            get_run_logger().warning("Try %d of %s: %s", after.tries, step.episode.title, error)
        if after.status == GIVEN_UP:
            given_up.append(f"{step.episode.title!r} ({guid}): {error}")
    if given_up:
        raise BadInputError(
            f"Given up after {show.tries} tries until the feed has another sound: "
            + "; ".join(given_up)
        )


def _noted(state: ShowState, guid: str, episode: SeenEpisode, kept: Path) -> ShowState:
    changed = replace(state, episodes={**state.episodes, guid: episode})
    save_state(kept, changed)
    return changed


def _do(step: Step, show: Show, title: str) -> str:
    """Do one thing and return why it failed; empty if it did not."""
    if step.work is Work.RETITLE and _retitled(step.episode, title):
        return ""
    people: Sequence[str] = step.episode.speakers or show.speakers.people
    state = process_episode(
        audio=step.episode.enclosure.url,
        show=title,
        title=step.episode.title or step.episode.guid,
        languages=show.languages,
        speakers=show.speakers.model_copy(update={"people": list(people)}),
        wording=show.wording,
        models=show.models,
        pages=show.pages,
        label=show.label,
        guid=step.episode.guid,
        published_at=step.episode.published_at,
        return_state=True,
    )
    return "" if state.is_completed() else state.message or state.name or "It failed."


def _retitled(episode: FeedEpisode, show: str) -> bool:
    """Publish an episode again under its new title, without listening; say whether that worked."""
    folder = episode_folder(settings().out, show, episode.title, episode.guid)
    if not (folder / RECORD_NAME).is_file():
        return False
    try:
        with editing(folder) as published:
            publish_again(published, retitle(published.record, episode.title, folder))
    except InterlinearError as error:
        get_run_logger().info("%s; it is processed again", error)
        return False
    return True
