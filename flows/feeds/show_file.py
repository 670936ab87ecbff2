"""Read what is to be done with a show: `shows/<name>.toml`."""

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from audio.files.source import read_file
from flows.parameters import ALL_TARGETS, Models, Pages, Speakers, Target, Wording
from flows.settings import from_environment
from podcast.errors import BadInputError


class Show(BaseModel):
    """A show that is followed. The tables are those of the run form of an episode."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    feed: str = Field(min_length=1, pattern=r"^https?://")
    title: str = ""
    label: str = ""
    private: bool = False
    timezone: str = "UTC"
    transcript: Literal["own", "publisher"] = "own"
    languages: list[Target] = Field(default=ALL_TARGETS, min_length=1)
    only: bool = False
    old_episodes: int = Field(default=1, ge=0)
    extras: bool = False
    tries: int = Field(default=3, ge=1, le=20)
    track: int = Field(default=0, ge=0)
    force_english: bool = False
    check_sounds: int = Field(default=3, ge=0, le=100)
    deployment: str = Field(default="", pattern=r"^([^/]+/[^/]+)?$")
    speakers: Speakers = Speakers()
    wording: Wording = Wording()
    models: Models = Models()
    pages: Pages = Pages()

    @field_validator("timezone")
    @classmethod
    def _check_timezone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("Give a time zone such as Asia/Seoul") from error
        return name

    @property
    def zone(self) -> ZoneInfo:
        """Of dates in the feed that name no zone."""
        return ZoneInfo(self.timezone)

    @property
    def is_private(self) -> bool:
        """Whether addresses in the feed are secret, as they are where it asks for a password."""
        return self.private or "@" in urlsplit(self.feed).netloc

    @property
    def takes_transcripts(self) -> bool:
        """Whether the publisher's own transcripts are the English text."""
        return self.transcript == "publisher"


def load_show(path: Path) -> Show:
    """Read a show file.

    Raises:
        BadInputError: It cannot be read or used; the message names the file, the key and the cure.
    """
    try:
        data = tomllib.loads(read_file(path, str(path)).decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError(f"{path} is no TOML file: {error}. Mend that place.") from error
    try:
        show = Show.model_validate(data)
        return show.model_copy(update={"feed": from_environment(show.feed)})
    except ValidationError as error:
        raise BadInputError(f"{path}: {_explain(error)}") from error
    except KeyError as error:
        raise BadInputError(
            f"{path}: feed names ${error.args[0]}, which is not set in this environment. Set it."
        ) from error


def _explain(error: ValidationError) -> str:
    first: Any = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "missing":
        return f'{key} is missing. Write {key} = "...".'
    if first["type"] == "extra_forbidden":
        near = get_close_matches(key, list(Show.model_fields), n=1)
        cure = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(Show.model_fields)}."
        return f"unknown key {key}. {cure}"
    if key == "feed":
        return f"feed is {first['input']!r}. Give its http(s) address."
    return f"{key} is {first['input']!r}. {first['msg']}."
