"""The translators that there are, and how one is chosen. Only here do their names stand."""

from collections.abc import Callable
from pathlib import Path

from podcast.errors import BadInputError
from translation.engines import argos, ct2
from translation.engines.argos_packages import argos_settings
from translation.engines.argos_pairs import PAIRS
from translation.engines.translator import TranslationModel, TranslatorReference

USUAL = "argos"

ENGINES: dict[str, Callable[[Path | str | None], TranslatorReference]] = {
    "argos": argos.refer,
    "ct2": ct2.refer,
}
"""Each takes where its model is, None for the usual place."""

MODELS: tuple[TranslationModel, ...] = PAIRS
"""All that can be fetched, and that real episodes need."""


def model_folders() -> dict[str, Path]:
    """Return what is kept where, of all that is fetched."""
    return {"Argos packages": argos_settings().folder}


def named_translator(choice: str) -> TranslatorReference:
    """Choose a translator by its name, as in "argos", and where it has its model: "argos:FOLDER".

    Raises:
        BadInputError: There is none of this name.
    """
    engine, _, place = choice.partition(":")
    if engine not in ENGINES:
        raise BadInputError(
            f"There is no translator {engine!r}. Choose from {', '.join(ENGINES)}; what it needs "
            f"to find its model stands behind a colon, as in {USUAL}:FOLDER."
        )
    return ENGINES[engine](place or None)


def find_translator(choice: Path | str | None = None) -> TranslatorReference:
    """Choose a translator; whether its model is there shows when it is loaded.

    Args:
        choice: Where the usual engine has its model, or an engine and where that has its own, as in
            "argos:FOLDER"; None takes the usual engine and place.
    """
    engine, colon, _ = str(choice or "").partition(":")
    return named_translator(str(choice)) if colon and engine in ENGINES else ENGINES[USUAL](choice)
