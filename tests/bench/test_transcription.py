"""A Whisper with random weights says as much as it is asked for, the same in every way."""

from pathlib import Path

import numpy as np
import pytest
from faster_whisper import BatchedInferencePipeline, WhisperModel

from audio.waveforms.waveform import SAMPLE_RATE
from bench import transcription
from bench.transcription import Hearing, HeldLength, ways
from bench.whisper_models import SMALL, TURBO, build_whisper, hear, load_whisper
from bench.whisper_weights import Shape
from bench.whole import long_sound

pytestmark = pytest.mark.model

TINY = Shape(
    encoder_layers=1,
    decoder_layers=1,
    heads=1,
    width=64,
    mel_bins=80,
    n_languages=99,
    alignment_heads=((0, 0),),
)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    build_whisper(folder / "whisper" / "tiny", TINY)
    return folder


@pytest.mark.parametrize(("shape", "n_tokens"), [(SMALL, 51865), (TURBO, 51866)])
def test_a_real_size_knows_as_many_tokens_as_the_real_one(shape: Shape, n_tokens: int) -> None:
    # Text, end and start, languages, six tasks, and times from 0 to 30 s.
    assert 50257 + 2 + shape.n_languages + 6 + 1501 == n_tokens


def test_each_window_says_as_many_tokens_as_it_is_asked_for(models: Path) -> None:
    whisper = WhisperModel(str(models / "whisper" / "tiny"), "cpu", cpu_threads=1)
    pipeline = HeldLength(BatchedInferencePipeline(whisper), n_tokens=20)
    sound = np.zeros(65 * SAMPLE_RATE, np.float32)
    windows = [{"start": n, "end": n + 20} for n in (0, 20, 40)]

    segments, _ = pipeline.transcribe(
        sound, language="en", word_timestamps=True, clip_timestamps=windows
    )

    said = [segment.tokens for segment in segments]
    assert [len(tokens) for tokens in said] == [20, 20, 20]
    assert all(token < 50257 for tokens in said for token in tokens)


def test_windows_of_noise_can_be_heard_without_faster_whisper(models: Path) -> None:
    hear(load_whisper(models / "whisper" / "tiny"), n_windows=2, n_tokens=10, beam_size=2)


def test_all_ways_hear_the_same_windows(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(transcription.SHAPES, "tiny", TINY)
    sound = long_sound(models / "sound.wav", 0.6)
    hearing = Hearing("tiny", 0.6, (8,), in_turn=True)

    heard = {way.name: way.run() for way in ways(models, hearing, sound)}

    in_turn = heard.pop("faster-whisper, window after window")
    assert in_turn >= 2
    assert len(set(heard.values())) == 1
    assert heard["interlinear"] >= 2
