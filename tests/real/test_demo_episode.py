"""The bundled episode, heard by public weights, which never heard its synthetic voices."""

import statistics
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audio.decoding.decode import decode
from audio.waveforms.waveform import SAMPLE_RATE, Waveform, load_waveform
from bench.real.figures import wordless
from bench.real.product import Run
from bench.real.weights import DIARIZATION
from demo.scores import EPISODE, diarization_error, load_truth, start_errors, word_error_rate
from podcast.model_reference import LoadOptions
from podcast.timeline import Span, Word
from speech.diarization.diarizer import DiarizationOptions
from speech.diarization.pyannote_diarizer import PyannoteFolder
from speech.diarization.pyannote_output import to_diarization

pytestmark = pytest.mark.real

CLIP = 16.0
"""Seconds that pyannote's own pipeline hears, too."""


@pytest.fixture(scope="module")
def run(hear: Callable[[Path], Run]) -> Run:
    return hear(EPISODE / "episode.mp3")


@pytest.fixture(scope="module")
def heard(run: Run) -> list[Word]:
    return [word for line in run.record.lines for word in line.words]


def test_nearly_every_word_is_heard(heard: list[Word]) -> None:
    spoken = [word.text for word in load_truth().words]

    assert word_error_rate(spoken, [word.text for word in heard]) < 0.25


def test_no_speech_is_without_words(heard: list[Word]) -> None:
    spoken = [Span(line["start"], line["end"]) for line in load_truth().lines]

    assert wordless(spoken, heard) == 0


def test_words_begin_where_they_are_spoken(heard: list[Word]) -> None:
    errors = start_errors(load_truth().words, heard)

    assert statistics.median(map(abs, errors)) < 0.15


def test_two_of_its_three_voices_sound_alike_and_the_third_is_told_apart(run: Run) -> None:
    error, found, voices = diarization_error(run.record, load_truth())

    assert 2 <= found <= voices
    assert error < 0.4


def test_turns_are_those_of_pyannotes_own_pipeline(
    cut: Callable[[Path, Path, float], Path], tmp_path: Path
) -> None:
    wav = tmp_path / "clip.wav"
    decode(cut(EPISODE / "episode.mp3", tmp_path / "clip.flac", CLIP), wav)
    sound = load_waveform(wav)

    ours = PyannoteFolder(DIARIZATION).load(LoadOptions(trusted=frozenset({DIARIZATION.resolve()})))
    chunks = ours.segment_and_embed(sound, lambda _: None)
    found = ours.cluster([chunks], sound.duration, DiarizationOptions())

    assert found.turns == to_diarization(_stock(sound), sound.duration).turns


def _stock(sound: Waveform) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from pyannote.audio import Pipeline

        samples = torch.from_numpy(sound.samples)[None]
        return Pipeline.from_pretrained(DIARIZATION)(
            {"waveform": samples, "sample_rate": SAMPLE_RATE}
        )
