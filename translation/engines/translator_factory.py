"""The translators that there are, and how one is chosen. Only here do their names stand."""

from collections.abc import Callable
from pathlib import Path

from podcast.errors import BadInputError
from translation.engines import argos, ct2
from translation.engines.argos_packages import argos_settings
from translation.engines.argos_pairs import PAIRS
from translation.engines.translator import TranslationModel, TranslatorReference

USUAL = "argos"
LLM = "llm"
"""Takes more than a place: what a run and the machine say of its server."""

Refer = Callable[[str | None], TranslatorReference]

ENGINES: dict[str, Refer] = {
    "argos": argos.refer,
    "ct2": ct2.refer,
}
"""Each takes where its model is, None for the usual place."""

MODELS: tuple[TranslationModel, ...] = PAIRS
"""All that can be fetched, and that real episodes need."""


def model_folders() -> dict[str, Path]:
    """Return what is kept where, of all that is fetched."""
    return {"Argos packages": argos_settings().folder}


def named_translator(choice: str, **configured: Refer) -> TranslatorReference:
    """Choose a translator by its name, as in "argos", and where it has its model: "argos:FOLDER".

    Args:
        choice: Such a name.
        configured: Engines that take more than a place, such as `LLM`.

    Raises:
        BadInputError: There is none of this name.
    """
    engine, _, place = choice.partition(":")
    engines = {**ENGINES, **configured}
    if engine not in engines:
        raise BadInputError(
            f"There is no translator {engine!r}. Choose from {', '.join(engines)}; its model "
            f"stands behind a colon, as in {USUAL}:FOLDER."
        )
    return engines[engine](place or None)


def find_translator(choice: Path | str | None = None) -> TranslatorReference:
    """Choose a translator; whether its model is there shows when it is loaded.

    Args:
        choice: Where the usual engine has its model, or an engine and where that has its own, as in
            "argos:FOLDER"; None takes the usual engine and place.
    """
    engine, colon, _ = str(choice or "").partition(":")
    return (
        named_translator(str(choice))
        if colon and engine in ENGINES
        else ENGINES[USUAL](None if choice is None else str(choice))
    )
