"""The recognisers that there are. Only here do their names stand."""

from collections.abc import Callable, Mapping
from pathlib import Path

from speech.transcription.recogniser import RecogniserReference
from speech.transcription.whisper_recogniser import WhisperFolder, WhisperOptions

USUAL = "whisper"

ENGINES: Mapping[str, Callable[..., RecogniserReference]] = {
    "whisper": lambda folder, **options: WhisperFolder(folder, WhisperOptions(**options)),
}


def find_recogniser(
    folder: Path, engine: str = USUAL, **options: int | None
) -> RecogniserReference:
    """Choose a recogniser; whether its model is there shows when it is loaded.

    Args:
        folder: Of its model.
        engine: Its name.
        options: How this model decodes best, in the engine's own terms.
    """
    return ENGINES[engine](folder, **options)
