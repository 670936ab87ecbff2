"""The one owner of loaded models: each is loaded when first needed and kept for the next run.

One of each kind is kept, and the translators of all languages. It is loaded again when a file of it
has changed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Protocol

from flows.models.cpu_features import use_widest_instructions
from flows.models.device import device
from flows.settings import hub_token, llm_key, settings
from podcast.language import TARGETS
from podcast.model_reference import LoadOptions
from speech.diarization.diarizer import Diarizer, DiarizerReference
from speech.transcription.recogniser import Recogniser, RecogniserReference
from translation.engines.translator import Translator, TranslatorReference


class Engines(Protocol):
    """Loads the engine of each reference."""

    def diarizer(self, reference: DiarizerReference) -> Diarizer:
        """Return the engine that finds out who speaks."""
        ...

    def recogniser(self, reference: RecogniserReference) -> Recogniser:
        """Return the engine that finds out what is said."""
        ...

    def translator(self, reference: TranslatorReference) -> Translator:
        """Return the engine that says it again."""
        ...


class LoadedEngines:
    """The real libraries."""

    def diarizer(self, reference: DiarizerReference) -> Diarizer:
        """See `Engines.diarizer`."""
        return _diarizer(reference, reference.stamp())

    def recogniser(self, reference: RecogniserReference) -> Recogniser:
        """See `Engines.recogniser`."""
        return _recogniser(reference, reference.stamp())

    def translator(self, reference: TranslatorReference) -> Translator:
        """See `Engines.translator`."""
        return _translator(reference, reference.stamp())


_current: Engines = LoadedEngines()


def engines() -> Engines:
    """Return the engines of this process."""
    return _current


@contextmanager
def using(replacement: Engines) -> Iterator[None]:
    """Let other engines do the work for a while, as tests do."""
    global _current  # noqa: PLW0603  one process, one owner of models
    before, _current = _current, replacement
    try:
        yield
    finally:
        _current = before


def load_options() -> LoadOptions:
    """Return what models are loaded on, on this machine."""
    use_widest_instructions()
    found = settings()
    return LoadOptions(device(), found.cores, hub_token(), llm_key(), found.trusted_models)


@lru_cache(maxsize=1)
def _diarizer(reference: DiarizerReference, _stamp: int) -> Diarizer:
    return reference.load(load_options())


@lru_cache(maxsize=1)
def _recogniser(reference: RecogniserReference, _stamp: int) -> Recogniser:
    return reference.load(load_options())


@lru_cache(maxsize=len(TARGETS) + 1)
def _translator(reference: TranslatorReference, _stamp: int) -> Translator:
    return reference.load(load_options())
