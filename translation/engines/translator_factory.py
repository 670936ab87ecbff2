"""The translators that there are, and how one is chosen. Only here do their names stand."""

from collections.abc import Callable, Mapping
from pathlib import Path

from podcast.errors import SetupError
from translation.engines import argos
from translation.engines.argos_packages import argos_settings
from translation.engines.argos_pairs import PAIRS
from translation.engines.translator import TranslationModel, TranslatorReference

USUAL = "argos"

ENGINES: Mapping[str, Callable[[Path | str | None], TranslatorReference]] = {
    "argos": argos.refer,
}
"""Each takes where its model is, None for the usual place."""

MODELS: tuple[TranslationModel, ...] = PAIRS
"""All that can be fetched, and that real episodes need."""


def model_folders() -> dict[str, Path]:
    """Return what is kept where, of all that is fetched."""
    return {"Argos packages": argos_settings().folder}


def find_translator(place: Path | str | None = None, engine: str = USUAL) -> TranslatorReference:
    """Choose a translator; whether its model is there shows when it is loaded.

    Args:
        place: Where its model is, in the engine's own terms; None takes the usual place.
        engine: Its name.

    Raises:
        SetupError: There is no such engine.
    """
    if engine not in ENGINES:
        raise SetupError(
            f"There is no translator {engine!r}. Choose one of {', '.join(sorted(ENGINES))}."
        )
    return ENGINES[engine](place)
