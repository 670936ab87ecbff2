"""Ask for the feed of a show, and whether the sounds of its newest episodes are still the same."""

import time
from dataclasses import replace
from pathlib import Path

from prefect import get_run_logger

from audio.feeds.feed_download import FetchedFeed
from audio.web.address import without_secrets
from audio.web.validators import Validators
from flows.feeds.polite_http import fetch_feed_in_turn, fetch_stamp_in_turn
from flows.feeds.show_file import Show
from flows.shows.show_feed import read_followed
from flows.shows.show_plan import first_look, look_again, newest_made, stamped
from flows.shows.show_runs import settled
from flows.shows.show_state import ShowState, load_state, save_state
from podcast.errors import BadInputError, InterlinearError
from podcast.feed import Feed

FIRST_PAUSE = 300.0
LONGEST_PAUSE = 86_400.0
"""Seconds to leave a feed alone after it could not be had, doubled with each time in a row."""
MOST_DOUBLED = 20
"""Times; the longest pause is reached before."""
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
        fetched = fetch_feed_in_turn(show.feed, _validators(show, state))
        feed, answered = _read(show, state, fetched)
        noted = _looked(show, state, answered, feed) if feed else answered
    except BadInputError:  # the next poll may find it mended
        save_state(kept, replace(state, not_before=0.0))
        raise
    except Exception:
        pause = min(FIRST_PAUSE * 2 ** min(state.failures, MOST_DOUBLED), LONGEST_PAUSE)
        wait = time.time() + pause
        save_state(kept, replace(state, not_before=wait, failures=state.failures + 1))
        raise
    save_state(kept, noted)
    if feed is None:
        log.info("%s has not changed.", shown)
    return feed


def _validators(show: Show, state: ShowState) -> Validators:
    """Return by what the server tells whether there is need to send the feed."""
    is_needed = state.is_open or _asks_for_sounds(show, state)
    return Validators() if is_needed else state.validators


def _read(show: Show, state: ShowState, fetched: FetchedFeed) -> tuple[Feed | None, ShowState]:
    wait = time.time() + fetched.wait if fetched.wait else 0.0
    answered = replace(state, validators=fetched.validators, not_before=wait, failures=0)
    if fetched.content is None:
        return None, answered
    return read_followed(fetched.content, show, answered)


def _looked(show: Show, before: ShowState, answered: ShowState, feed: Feed) -> ShowState:
    if not before.title:
        seen = first_look(feed, show)
        return replace(answered, episodes=seen, sounds_asked_at=time.time())
    ended = replace(answered, episodes=settled(before.episodes, show.tries))
    looked = replace(ended, episodes=look_again(feed, show, ended))
    return _with_sounds_asked(show, looked, feed) if _asks_for_sounds(show, before) else looked


def _asks_for_sounds(show: Show, state: ShowState) -> bool:
    """Say whether it is time to look for sounds that were replaced without a word in the feed."""
    return bool(show.check_sounds and time.time() >= state.sounds_asked_at + DAY)


def _with_sounds_asked(show: Show, state: ShowState, feed: Feed) -> ShowState:
    seen = dict(state.episodes)
    for episode in newest_made(feed, seen, show.check_sounds):
        try:
            stamp = fetch_stamp_in_turn(episode.enclosure.url)
        except InterlinearError as error:
            get_run_logger().info("%s", error)
            continue
        seen[episode.guid] = stamped(seen[episode.guid], stamp)
    return replace(state, episodes=seen, sounds_asked_at=time.time())
