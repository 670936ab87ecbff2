"""The adapter to faster-whisper, with the real library and the demo's model."""

from pathlib import Path

import numpy as np
import pytest

from audio.waveform import SAMPLE_RATE, Waveform
from podcast.errors import SetupError
from speech.transcription import TranscriptionOptions, load_transcriber

WHISPER = Path(__file__).resolve().parents[2] / "demo" / "models" / "whisper"


def test_a_missing_file_is_named_before_anything_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "config.json").touch()

    with pytest.raises(SetupError, match=r"lacks model\.bin, tokenizer\.json"):
        load_transcriber(tmp_path, "cpu")


def test_a_broken_model_is_a_setup_error(tmp_path: Path) -> None:
    for path in WHISPER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "model.bin").write_bytes(b"not a model")

    with pytest.raises(SetupError, match=r"cannot be loaded"):
        load_transcriber(tmp_path, "cpu")


def test_silence_has_no_segments() -> None:
    transcriber = load_transcriber(WHISPER, "cpu", "int8", threads=1)
    seen: list[float] = []

    segments = transcriber.transcribe(
        Waveform(np.zeros(3 * SAMPLE_RATE, np.float32)), TranscriptionOptions(), seen.append
    )

    assert segments == ()
    assert seen == [1.0]
