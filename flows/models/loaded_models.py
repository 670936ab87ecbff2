"""The one owner of loaded models: each is loaded when first needed and kept for the next run.

One of each kind is kept. It is loaded again when a file of it has changed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from flows.models.cpu_features import use_widest_instructions
from flows.models.device import device
from flows.models.model_set import ModelSet
from flows.settings import hub_token, settings
from speech.diarization.pyannote_diarizer import Diarizer, load_diarizer
from speech.transcription.whisper_recogniser import Transcriber, load_transcriber
from translation.engines.argos import ArgosTranslator, Translator
from translation.engines.argos_packages import find_packages


class Engines(Protocol):
    """Whatever can hear and translate."""

    def diarizer(self, models: ModelSet) -> Diarizer:
        """Return the engine that hears who speaks."""
        ...

    def transcriber(self, models: ModelSet) -> Transcriber:
        """Return the engine that hears what is said."""
        ...

    def translator(self, models: ModelSet) -> Translator:
        """Return the engine that says it again."""
        ...


class LoadedEngines:
    """The real libraries."""

    def diarizer(self, models: ModelSet) -> Diarizer:
        """See `Engines.diarizer`."""
        return _diarizer(models.diarization, _stamp(models.diarization))

    def transcriber(self, models: ModelSet) -> Transcriber:
        """See `Engines.transcriber`."""
        return _transcriber(models.whisper, _stamp(models.whisper))

    def translator(self, models: ModelSet) -> Translator:
        """See `Engines.translator`."""
        return _translator(models.packages, _stamp(models.packages))


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


@lru_cache(maxsize=1)
def _diarizer(folder: Path, _stamp: int) -> Diarizer:
    is_trusted = settings().is_trusted(folder)
    return load_diarizer(folder, hub_token(), device(), settings().cores, is_trusted=is_trusted)


@lru_cache(maxsize=1)
def _transcriber(folder: Path, _stamp: int) -> Transcriber:
    use_widest_instructions()
    return load_transcriber(folder, device(), settings().cores)


@lru_cache(maxsize=1)
def _translator(folder: Path, _stamp: int) -> Translator:
    use_widest_instructions()
    return ArgosTranslator(find_packages(folder), device=device(), threads=settings().cores)


def _stamp(folder: Path) -> int:
    """Return what changes with any file of a model."""
    return hash(tuple(sorted((p, p.stat().st_mtime_ns) for p in folder.rglob("*"))))
