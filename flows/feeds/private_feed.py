"""Sounds of private feeds: a run is told show and episode, and looks the address up itself.

The addresses in a private feed hold a listener's token, and Prefect shows the parameters of a run
to everybody who may open the UI.
"""

from pathlib import Path

from flows.feeds.show_file import load_show
from podcast.errors import BadInputError
from podcast.feed import FeedEpisode

SCHEME = "show:"


def private_reference(show_file: Path, guid: str = "", announced_as: str = "") -> str:
    """Return what stands for an address of a show's feed in the parameters of a run.

    Args:
        show_file: Of the show.
        guid: Under which the episode is known.
        announced_as: Guid under which the feed has it.
    """
    return f"{SCHEME}{show_file}" + (f"#{announced_as}" if announced_as != guid else "")


def is_private_reference(address: str) -> bool:
    """Say whether this stands for an address of a show's feed."""
    return address.startswith(SCHEME)


def sound_of(audio: str, guid: str) -> str:
    """Return where the sound is: the address that `audio` stands for, else `audio` itself.

    Raises:
        BadInputError: The feed does not announce the episode any more.
        NetworkError: The feed cannot be had.
    """
    return _announced(audio, guid).enclosure.url if is_private_reference(audio) else audio


def transcript_of(transcript: str, guid: str) -> str:
    """Return where the publisher's transcript is: what a reference stands for, else itself."""
    return (
        _announced(transcript, guid).english_transcript
        if is_private_reference(transcript)
        else transcript
    )


def _announced(address: str, guid: str) -> FeedEpisode:
    from flows.feeds.feed_lookup import load_feed  # a run whose sound is a file reads no feed

    if not guid:
        raise BadInputError(f"{address} names a show. Give the guid of the episode as well.")
    path, mark, announced_as = address.removeprefix(SCHEME).partition(".toml#")
    wanted = announced_as or guid
    feed = load_feed(load_show(Path(path + mark.rstrip("#"))).feed)
    for episode in feed.episodes:
        if episode.guid == wanted:
            return episode
    raise BadInputError(f"The feed of {address} does not announce {wanted!r} any more.")
