"""Ask for the feed of a show, and whether the sounds of its newest episodes are still the same."""

import time
from dataclasses import replace
from pathlib import Path

from prefect import get_run_logger

from audio.address import without_secrets
from audio.feed import parse_feed
from audio.feed_download import FetchedFeed, Validators
from flows.asking import ask_feed, ask_sound
from flows.show_file import Show
from flows.show_plan import first_look, look_again, newest_made, stamped
from flows.show_runs import settled
from flows.show_state import ShowState, load_state, save_state
from podcast.errors import BadInputError, InterlinearError, NetworkError
from podcast.feed import Feed

FIRST_PAUSE = 300.0
LONGEST_PAUSE = 86_400.0
"""Seconds to leave a feed alone after it could not be had, doubled with each time in a row."""
DAY = 86_400.0


def poll(show: Show, kept: Path) -> Feed | None:
    """Ask for the feed and note what is to be done, before any of it is done.

    Returns:
        None if it has not changed or must be left alone.

    Raises:
        BadInputError: The feed cannot be used.
        NetworkError: The feed could not be had.
    """
    state = load_state(kept) or ShowState()
    log, shown = get_run_logger(), without_secrets(show.feed)
    if time.time() < state.not_before:
        log.info("%s is left alone for another %.0f s.", shown, state.not_before - time.time())
        return None
    try:
        fetched = ask_feed(show.feed, _validators(show, state))
        feed = (
            None if fetched.content is None else parse_feed(fetched.content, show.feed, show.zone)
        )
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


def _validators(show: Show, state: ShowState) -> Validators:
    """Return by what the server tells whether there is need to send the feed."""
    is_needed = state.is_open or _asks_for_sounds(show, state)
    return Validators() if is_needed else state.validators


def _polled(show: Show, state: ShowState, fetched: FetchedFeed, feed: Feed | None) -> ShowState:
    wait = time.time() + fetched.wait if fetched.wait else 0.0
    answered = replace(state, validators=fetched.validators, not_before=wait, failures=0)
    if feed is None:
        return answered
    title = show.title or state.title or feed.title
    if not title:
        raise BadInputError(
            f"{without_secrets(show.feed)} has no title. Give one in the show file."
        )
    if not state.title:
        seen = first_look(feed, show.old_episodes, takes_transcripts=show.takes_transcripts)
        return replace(answered, title=title, episodes=seen, sounds_asked_at=time.time())
    ended = replace(answered, title=title, episodes=settled(state.episodes, show.tries))
    seen = look_again(feed, ended, takes_transcripts=show.takes_transcripts)
    looked = replace(ended, episodes=seen)
    return _with_sounds_asked(show, looked, feed) if _asks_for_sounds(show, state) else looked


def _asks_for_sounds(show: Show, state: ShowState) -> bool:
    """Say whether it is time to look for sounds that were replaced without a word in the feed."""
    return bool(show.check_sounds and time.time() >= state.sounds_asked_at + DAY)


def _with_sounds_asked(show: Show, state: ShowState, feed: Feed) -> ShowState:
    seen = dict(state.episodes)
    for episode in newest_made(feed, seen, show.check_sounds):
        try:
            stamp = ask_sound(episode.enclosure.url)
        except InterlinearError as error:
            get_run_logger().info("%s", error)
            continue
        seen[episode.guid] = stamped(seen[episode.guid], stamp)
    return replace(state, episodes=seen, sounds_asked_at=time.time())
