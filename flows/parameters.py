"""The parameters of a run, typed for the form that the Prefect UI makes of them."""

from collections.abc import Iterable
from typing import Literal, cast

from pydantic import BaseModel, Field

from podcast.language import Language

Target = Literal["ko", "zh", "ja"]
Preset = Literal["real", "demo"]


class Speakers(BaseModel):
    """How many people speak, where you know it; leave empty to let the model find out."""

    exactly: int | None = Field(default=None, ge=1, le=30, description="Exactly this many.")
    at_least: int | None = Field(default=None, ge=1, le=30, description="At least this many.")
    at_most: int | None = Field(default=None, ge=1, le=30, description="At most this many.")


class Models(BaseModel):
    """Which models listen and translate."""

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


def target_codes(languages: Iterable[Language]) -> list[Target]:
    """Return the codes of target languages, as the run form has them."""
    return [cast("Target", language.value) for language in languages]
