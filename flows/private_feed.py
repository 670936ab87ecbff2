"""Sounds of private feeds: a run is told show and episode, and looks the address up itself.

The addresses in a private feed hold a listener's token, and Prefect shows the parameters of a run
to everybody who may open the UI.
"""

from pathlib import Path

from flows.announced import load_feed
from flows.show_file import load_show
from podcast.errors import BadInputError
from podcast.feed import FeedEpisode

SCHEME = "show:"


def veiled(show_file: Path) -> str:
    """Return what stands for an address of a show's feed in the parameters of a run."""
    return f"{SCHEME}{show_file}"


def sound_of(audio: str, guid: str) -> str:
    """Return where the sound is: the address that `audio` stands for, else `audio` itself.

    Raises:
        BadInputError: The feed does not announce the episode any more.
        NetworkError: The feed cannot be had.
    """
    return _announced(audio, guid).enclosure.url if audio.startswith(SCHEME) else audio


def transcript_of(transcript: str, guid: str) -> str:
    """Return where the publisher's transcript is, likewise."""
    is_veiled = transcript.startswith(SCHEME)
    return _announced(transcript, guid).english_transcript if is_veiled else transcript


def _announced(address: str, guid: str) -> FeedEpisode:
    if not guid:
        raise BadInputError(f"{address} names a show. Give the guid of the episode as well.")
    feed = load_feed(load_show(Path(address.removeprefix(SCHEME))).feed)
    for episode in feed.episodes:
        if episode.guid == guid:
            return episode
    raise BadInputError(f"The feed of {address} does not announce {guid!r} any more.")
