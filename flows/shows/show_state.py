"""What is known of a show that is followed: kept between two polls of its feed."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from audio.web.sound_stamp import SoundStamp
from audio.web.validators import Validators
from flows.settings import settings
from podcast.errors import BadInputError
from podcast.files.staging import staged


class Status(StrEnum):
    """What became of an episode."""

    OLD = "old"  # it was there before the show was followed
    LEFT_OUT = "left out"  # a trailer or a bonus that nobody wants
    WAITING = "waiting"  # it is to be made, perhaps once more
    STARTED = "started"  # a run of its own makes it
    DONE = "done"
    GIVEN_UP = "given up"  # it has failed too often


@dataclass(frozen=True, slots=True)
class SeenEpisode:
    """An episode as the feed had it when it was last looked at.

    Attributes:
        title: As announced.
        sound: What tells one recording from another: address without query, and length.
        status: What became of it.
        tries: How often it was begun since its sound was new.
        error: Why the last try failed; empty if none did.
        version: Which of its sounds this is, 1 for the first.
        run: Id of the flow run that makes it; empty where the poll itself does.
        stamp: What the sound's server says of it; None if that is not known.
        is_reported: Somebody was told that it was given up.
        published_at: RFC 3339 in UTC; empty if unknown.
    """

    title: str
    sound: str
    status: Status
    tries: int = 0
    error: str = ""
    version: int = 1
    run: str = ""
    stamp: SoundStamp | None = None
    is_reported: bool = False
    published_at: str = ""


@dataclass(frozen=True, slots=True)
class ShowState:
    """All that is known of a show.

    Attributes:
        title: Name of the show when it was first polled, which its folder is named after.
        validators: Of the last answer.
        not_before: The server is left alone until then, seconds since 1970; 0 for no wait.
        failures: How often in a row the feed could not be had.
        sounds_asked_at: When servers were last asked for other sounds, seconds since 1970.
        episodes: Guid -> episode. One that has left the feed stays.
        renamed: Guid in the feed -> guid under which the episode is known here.
    """

    title: str = ""
    validators: Validators = field(default_factory=Validators)
    not_before: float = 0.0
    failures: int = 0
    sounds_asked_at: float = 0.0
    episodes: dict[str, SeenEpisode] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    def announced_as(self, guid: str) -> str:
        """Return the guid that the feed now has for the episode that is known under another."""
        return next((new for new, old in reversed(self.renamed.items()) if old == guid), guid)

    @property
    def is_open(self) -> bool:
        """Whether an episode is not settled, for which the feed is needed."""
        return any(
            episode.status in {Status.WAITING, Status.STARTED} for episode in self.episodes.values()
        )


_FORM = TypeAdapter(ShowState)


def state_file(show_file: Path) -> Path:
    """Return where it is kept what is known of a show."""
    return settings().data / "shows" / f"{show_file.stem}.json"


def load_state(path: Path) -> ShowState | None:
    """Read what is known of a show; None if it was never polled.

    Raises:
        BadInputError: The file is damaged.
    """
    try:
        return _FORM.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise BadInputError(
            f"{path} cannot be read. Delete it: then the show is followed as if it were new, and "
            "what is published already is made again without listening."
        ) from error


def save_state(path: Path, state: ShowState) -> None:
    """Write it, whole or not at all.

    Raises:
        StorageError: The disk is full or the folder not writable.
    """
    with staged(path) as file:
        file.write(_FORM.dump_json(state, indent=1) + b"\n")
