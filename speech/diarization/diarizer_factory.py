"""The diarizers that there are. Only here do their names stand."""

from collections.abc import Callable, Mapping
from pathlib import Path

from speech.diarization.diarizer import DiarizerReference
from speech.diarization.pyannote_diarizer import PyannoteFolder

USUAL = "pyannote"

ENGINES: Mapping[str, Callable[[Path], DiarizerReference]] = {"pyannote": PyannoteFolder}


def find_diarizer(folder: Path, engine: str = USUAL) -> DiarizerReference:
    """Choose a diarizer; whether its model is there shows when it is loaded."""
    return ENGINES[engine](folder)
