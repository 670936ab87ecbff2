"""What `make real` lays out."""

from pathlib import Path

import pytest

from bench.real.weights import DIARIZATION, WHISPER_BASE, WHISPER_TINY
from speech.diarization.pyannote_files import check_diarization
from speech.transcription.whisper_files import check_whisper

pytestmark = pytest.mark.real


@pytest.mark.parametrize("folder", [WHISPER_BASE, WHISPER_TINY], ids=lambda folder: folder.name)
def test_a_whisper_is_whole(folder: Path) -> None:
    assert check_whisper(folder) == ()


def test_the_diarization_is_whole() -> None:
    assert check_diarization(DIARIZATION) == ()
