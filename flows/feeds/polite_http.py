"""Fetch from web servers as this machine does it: under its owner's name, and one at a time."""

from contextlib import AbstractContextManager
from typing import Literal

from audio.feeds.feed_download import FetchedFeed, fetch_feed
from audio.transcripts.transcript_download import fetch_transcript
from audio.web.client import WebOptions
from audio.web.host_turns import host_turn
from audio.web.sound_stamp import SoundStamp, fetch_stamp
from audio.web.validators import Validators
from flows.settings import settings

Kind = Literal["pages", "sounds"]
"""A sound may take minutes, and no feed of the same host should wait for it."""


def turn_at(url: str, kind: Kind = "pages") -> AbstractContextManager[None]:
    """Take turns with all other runs of this machine at the host of a URL."""
    return host_turn(settings().hosts / kind, url, settings().host_pause)


def web_options() -> WebOptions:
    """Return how this machine goes to the web."""
    return WebOptions(settings().contact, settings().open_hosts)


def fetch_feed_in_turn(url: str, before: Validators | None = None) -> FetchedFeed:
    """See `audio.feeds.feed_download.fetch_feed`."""
    with turn_at(url):
        return fetch_feed(url, before or Validators(), web_options())


def fetch_stamp_in_turn(url: str) -> SoundStamp | None:
    """See `audio.web.sound_stamp.fetch_stamp`."""
    with turn_at(url):
        return fetch_stamp(url, web_options())


def fetch_transcript_in_turn(url: str) -> bytes:
    """See `audio.transcripts.transcript_download.fetch_transcript`."""
    with turn_at(url):
        return fetch_transcript(url, web_options())
