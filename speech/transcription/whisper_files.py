"""Check the files of a Whisper model, without loading it."""

from pathlib import Path

from podcast.files.model_files import check_any, check_ctranslate2, check_json


def check_whisper(folder: Path) -> tuple[str, ...]:
    """Return what is wrong with a folder that faster-whisper should load."""
    return (
        *check_ctranslate2(folder / "model.bin", "WhisperSpec"),
        *check_json(folder / "config.json"),
        # Without this file faster-whisper would fetch a tokenizer that may not fit.
        *check_json(folder / "tokenizer.json"),
        *check_any(folder, "vocabulary.*"),
    )
