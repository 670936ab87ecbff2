"""The adapter to pyannote.audio, with the real library and the demo's pipeline."""

import gc
from pathlib import Path

import numpy as np
import pytest

from audio.waveforms.waveform import SAMPLE_RATE, Waveform
from podcast.errors import BadInputError, SetupError
from podcast.model_reference import LoadOptions
from speech.diarization.diarizer import DiarizationOptions
from speech.diarization.pyannote_diarizer import PyannoteFolder

pytestmark = pytest.mark.model

PIPELINE = Path(__file__).resolve().parents[3] / "demo" / "models" / "diarization"


@pytest.mark.parametrize(
    "counts",
    [
        {"num_speakers": 0},
        {"num_speakers": 2, "max_speakers": 3},
        {"min_speakers": 4, "max_speakers": 3},
    ],
)
def test_counts_that_contradict_each_other_are_refused(counts: dict[str, int]) -> None:
    with pytest.raises(BadInputError):
        DiarizationOptions(**counts)


def test_a_folder_without_a_pipeline_is_a_setup_error(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"no config\.yaml"):
        PyannoteFolder(tmp_path).load(LoadOptions())


def test_a_broken_pipeline_is_a_setup_error(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("pipeline: {name: no.such.Pipeline}")

    with pytest.raises(SetupError, match="cannot be loaded"):
        PyannoteFolder(tmp_path).load(LoadOptions())


def test_nobody_speaks_in_silence() -> None:
    seen: list[float] = []
    diarizer = PyannoteFolder(PIPELINE).load(LoadOptions())
    silence = Waveform(np.zeros(6 * SAMPLE_RATE, np.float32))

    chunks = diarizer.segment_and_embed(silence, seen.append)
    diarization = diarizer.cluster([chunks], silence.duration, DiarizationOptions())

    assert diarization.turns == ()
    assert diarization.voiceprints == ()
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_pipeline_that_does_another_thing_is_a_setup_error(tmp_path: Path) -> None:
    segmentation = PIPELINE / "segmentation"
    name = "pyannote.audio.pipelines.VoiceActivityDetection"
    (tmp_path / "config.yaml").write_text(
        f"pipeline: {{name: {name}, params: {{segmentation: {segmentation}}}}}"
    )

    with pytest.raises(SetupError, match="it is a VoiceActivityDetection"):
        PyannoteFolder(tmp_path).load(LoadOptions())


def test_libraries_are_never_searched_for_garbage_and_models_are() -> None:
    PyannoteFolder(PIPELINE).load(LoadOptions())
    frozen = gc.get_freeze_count()

    PyannoteFolder(PIPELINE).load(LoadOptions())

    assert gc.isenabled()
    assert frozen > 200_000
    assert gc.get_freeze_count() <= frozen
