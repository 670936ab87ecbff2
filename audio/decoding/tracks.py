"""The sound tracks of a file, and which of them to hear. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from podcast.errors import BadInputError

_ENGLISH = frozenset({"", "en", "eng", "mis", "mul", "und", "zxx"})
_ASIDE = ("comment", "descriptions", "visual impaired", "karaoke", "lyrics")


@dataclass(frozen=True, slots=True)
class Track:
    """One sound track, as ffmpeg lists it.

    Attributes:
        index: Among all streams of the file, from 0.
        language: Its code as the file has it; empty if it says nothing.
        layout: ffmpeg's name of the channels, such as "stereo" or "5.1(side)".
        start: Seconds on the container's clock; None if that is not said.
        roles: What the file says it is for, such as "default" or "comment".
    """

    index: int
    language: str
    layout: str
    start: float | None
    roles: frozenset[str]

    def __str__(self) -> str:
        about = (self.language, self.layout, *sorted(self.roles))
        return ", ".join(text for text in about if text)


def ranked(tracks: Sequence[Track]) -> list[Track]:
    """Put first what is most likely the talk: in English, no commentary, played by default."""
    return sorted(
        tracks,
        key=lambda track: (
            track.language.lower().partition("-")[0] not in _ENGLISH,
            any(role in track.roles for role in _ASIDE),
            "default" not in track.roles,
        ),
    )


def chosen(tracks: Sequence[Track], number: int, label: str) -> list[Track]:
    """Return the track that was asked for, else all of them in the order to try them.

    Args:
        tracks: All, in the file's order.
        number: Of the track, from 1; 0 for none in particular.
        label: What messages call the file.

    Raises:
        BadInputError: There is no such track.
    """
    if number > len(tracks):
        raise BadInputError(
            f"{label} has no sound track {number}: {described(tracks)}. "
            "Choose one of these with --track."
        )
    return [tracks[number - 1]] if number else ranked(tracks)


def described(tracks: Sequence[Track]) -> str:
    """Name all tracks with their numbers, for messages."""
    names = "; ".join(f"{number} ({track})" for number, track in enumerate(tracks, start=1))
    return f"its sound tracks are {names}" if len(tracks) > 1 else f"its only one is {names}"
