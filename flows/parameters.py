"""The parameters of a run, typed for the form that the Prefect UI makes of them."""

from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, Field
from pydantic.dataclasses import dataclass

from flows.settings import MOST_SPEAKERS, Preset
from outputs.markup.page_labels import all_labels
from outputs.markup.pair_order import PairOrder
from podcast.language import TARGETS
from podcast.register import Register
from podcast.stage import RedoFrom

ALL_TARGETS = [target.value for target in TARGETS]

if TYPE_CHECKING:
    Target = str
    Interface = str
else:
    Target = Literal[tuple(ALL_TARGETS)]
    Interface = Literal[tuple(all_labels())]

Count = Annotated[int, Field(ge=1, le=MOST_SPEAKERS)]
CardOrder = Literal[PairOrder.SOURCE_FIRST, PairOrder.TARGET_FIRST]


class Speakers(BaseModel):
    """How many people speak and who they are, where you know it."""

    exactly: Count | None = Field(default=None, description="Exactly this many.")
    at_least: Count | None = Field(default=None, description="At least this many.")
    at_most: Count | None = Field(default=None, description="At most this many.")
    names: dict[str, str] = Field(
        default_factory=dict,
        description='Names by hand, such as {"Speaker 2": "Ann Lee"}. The ids are those of the '
        "published episode; others stay as they are.",
    )
    people: list[str] = Field(
        default_factory=list,
        description="Who is announced. If one voice stays unknown and one of these is left, that "
        "is who speaks.",
    )
    voices: list[str] = Field(
        default_factory=list,
        description="Other shows whose voices are known in this one, too, such as those of the "
        "same host.",
    )


class Wording(BaseModel):
    """How the English is corrected and the translations are worded and set."""

    glossary: Path | None = Field(
        default=None,
        description="The show's names and terms, a TOML file on the worker. Empty takes "
        "glossary.toml in the show's folder, if there is one.",
    )
    latin_spacing: bool = Field(
        default=True,
        description="Chinese and Japanese: a space between Latin letters or digits and the rest.",
    )
    full_width: bool = Field(
        default=True,
        description="Chinese and Japanese: full-width punctuation (，？！) instead of ASCII.",
    )
    registers: dict[Target, dict[str, Register]] = Field(
        default_factory=dict,
        description='How politely people speak, such as {"ko": {"everybody": "polite", "Ann Lee": '
        '"formal"}}. Empty leaves it to the translator.',
    )


class Pages(BaseModel):
    """How pages and captions are made where there is a choice."""

    interface: Interface = Field(
        default="en",
        description="Language of the pages' own words, such as Search and Speaker.",
    )
    order: CardOrder = Field(
        default=PairOrder.SOURCE_FIRST,
        description="Captions in two languages: which of them stands above the other.",
    )
    audio: str = Field(
        default="",
        description="Where the pages find the recording: a web address, or a path relative to "
        "them. Empty takes the address that it comes from.",
    )


class LanguageModel(BaseModel):
    """The language model of the translator "llm", behind a server of the OpenAI protocol."""

    url: str = Field(
        default="",
        description="Address of the server with the version, such as http://127.0.0.1:8080/v1. "
        "Empty takes INTERLINEAR_LLM_URL of the worker, else that one.",
    )
    model: str = Field(
        default="",
        description="What the server calls the model. Empty takes INTERLINEAR_LLM_MODEL.",
    )
    concurrency: int = Field(default=1, ge=1, le=64, description="Requests at the same time.")
    context: int | None = Field(
        default=None,
        ge=1024,
        description="Tokens that question and answer may have together. Empty takes what is known "
        "of the model.",
    )


class Models(BaseModel):
    """Which models diarize, transcribe and translate."""

    preset: Preset = Field(
        default="real",
        description="real: the public models. demo: the small bundled ones, which understand the "
        "demo episode and nothing else.",
    )
    whisper: str | None = Field(
        default=None, description="Another Whisper: a size such as medium, or a folder."
    )
    diarization: str | None = Field(
        default=None, description="Another pyannote pipeline: a hub id or a folder."
    )
    packages: str | None = Field(
        default=None, description="Another folder of unpacked Argos packages."
    )
    translators: dict[Target, str] = Field(
        default_factory=dict,
        description="Another translator into a language, such as llm or llm:MODEL. Argos then "
        "translates what that one fails at, where it has a package.",
    )
    llm: LanguageModel = LanguageModel()


@dataclass(frozen=True, slots=True)
class RunForm:
    """What the flow `process-episode` is asked for, field by field; it says what each means."""

    audio: str
    show: str
    title: str
    languages: list[Target] = field(default_factory=ALL_TARGETS.copy)
    only: bool = False
    redo_from: RedoFrom | None = None
    speakers: Speakers = field(default_factory=Speakers)
    wording: Wording = field(default_factory=Wording)
    models: Models = field(default_factory=Models)
    pages: Pages = field(default_factory=Pages)
    label: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    guid: str = ""
    published_at: str = ""
    out: Path | None = None
    transcript: str = ""
    allow_partial: bool = False
    track: int = 0
    force_english: bool = False
