"""A diarization folder gives numbers; what it would like to run is refused before it runs."""

import io
import os
import pickle
import re
import shutil
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from audio.waveforms.waveform import SAMPLE_RATE, Waveform
from podcast.errors import NetworkError, SetupError
from podcast.model_reference import LoadOptions
from speech.diarization.diarizer import DiarizationOptions
from speech.diarization.pyannote_diarizer import PyannoteFolder

pytestmark = pytest.mark.model

PIPELINE = Path(__file__).resolve().parents[3] / "demo" / "models" / "diarization"
CHECKPOINT = "segmentation/pytorch_model.bin"

AS_3_1 = """\
version: 3.1.0
pipeline:
  name: pyannote.audio.pipelines.SpeakerDiarization
  params:
    clustering: AgglomerativeClustering
    embedding: {embedding}
    embedding_batch_size: 32
    embedding_exclude_overlap: true
    segmentation: {segmentation}
    segmentation_batch_size: 32
params:
  clustering: {{method: centroid, min_cluster_size: 12, threshold: 0.7045654963945799}}
  segmentation: {{min_duration_off: 0.0}}
"""


class Runs:
    """A pickle that calls something when it is read."""

    def __init__(self, call: Callable[..., Any], *arguments: Any) -> None:
        self._what = call, arguments

    def __reduce__(self) -> Any:
        return self._what


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the demo's pipeline."""
    return Path(shutil.copytree(PIPELINE, tmp_path / "pipeline"))


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    """What is there as soon as a folder has run anything."""
    return tmp_path / "ran"


def refusal(folder: Path) -> str:
    with pytest.raises(SetupError) as caught:
        PyannoteFolder(folder).load(LoadOptions())
    return str(caught.value)


def checkpoint(path: Path = PIPELINE / CHECKPOINT) -> Any:
    with warnings.catch_warnings(action="ignore"):  # of what pyannote.audio imports
        return torch.load(path, map_location="cpu", weights_only=False)


@pytest.mark.parametrize("is_zip", [True, False], ids=["zip", "legacy"])
@pytest.mark.parametrize(
    ("call", "named"),
    [(os.system, "system"), (eval, "eval"), (subprocess.Popen, "Popen")],
)
def test_a_checkpoint_that_calls_something_is_refused_by_name(
    folder: Path, ran: Path, call: Callable[..., Any], named: str, is_zip: bool
) -> None:
    argument = f"open({str(ran)!r}, 'w')" if call is eval else f"touch {ran}"
    weights = checkpoint() | {"more": Runs(call, argument)}
    torch.save(weights, folder / CHECKPOINT, _use_new_zipfile_serialization=is_zip)

    message = refusal(folder)

    assert re.search(rf"it asks for \S*\b{named}\.", message)
    assert f"{folder / CHECKPOINT} is not loaded" in message
    assert "INTERLINEAR_TRUSTED_MODELS" in message
    assert not ran.exists()


def test_a_bare_pickle_is_refused(folder: Path, ran: Path) -> None:
    (folder / CHECKPOINT).write_bytes(pickle.dumps(Runs(os.system, f"touch {ran}")))

    refusal(folder)

    assert not ran.exists()


@pytest.mark.filterwarnings("ignore:.*deprecated")
def test_a_compiled_program_is_refused(folder: Path) -> None:
    torch.jit.save(torch.jit.trace(torch.nn.Linear(1, 1), torch.ones(1)), folder / CHECKPOINT)

    assert "cannot be loaded" in refusal(folder)


def test_a_network_that_pyannote_does_not_have_is_not_imported(
    folder: Path, tmp_path: Path, ran: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "evil.py").write_text(f"open({str(ran)!r}, 'w')")
    monkeypatch.syspath_prepend(tmp_path)
    weights = checkpoint()
    weights["pyannote.audio"]["architecture"] = {"module": "evil", "class": "Network"}
    torch.save(weights, folder / CHECKPOINT)

    assert "its network evil.Network is none of pyannote.audio's" in refusal(folder)
    assert not ran.exists()


def test_a_call_among_the_parameters_of_a_network_is_refused(folder: Path) -> None:
    weights = checkpoint()
    weights["hyper_parameters"]["_instantiator"] = "os.system"
    torch.save(weights, folder / CHECKPOINT)

    assert "cannot be loaded" in refusal(folder)


@pytest.mark.parametrize(
    "config",
    [
        "pipeline: {{name: subprocess.Popen, params: {{args: [touch, {ran}]}}}}",
        "pipeline: {{name: os.system, params: {{command: touch {ran}}}}}",
        "pipeline: !!python/object/apply:os.system ['touch {ran}']",
    ],
)
def test_what_a_configuration_names_is_not_called(folder: Path, ran: Path, config: str) -> None:
    (folder / "config.yaml").write_text(config.format(ran=ran))

    assert "cannot be loaded" in refusal(folder)
    assert not ran.exists()


def test_preprocessors_of_a_configuration_are_not_called(folder: Path, ran: Path) -> None:
    with (folder / "config.yaml").open("a") as file:
        file.write(f"preprocessors: {{a: {{name: os.system, params: {{command: touch {ran}}}}}}}\n")

    PyannoteFolder(folder).load(LoadOptions())

    assert not ran.exists()


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ("", "describes no pipeline"),
        ("pipeline", "describes no pipeline"),
        ("[" * 2000, "describes no pipeline"),
        ("pipeline: {params: {}}", "describes no pipeline"),
        ("\x00", "describes no pipeline"),
        (AS_3_1.format(segmentation="$model/none", embedding="$model/embedding"), "none"),
        (AS_3_1.format(segmentation="a/b/c.bin", embedding="$model/embedding"), "does not exist"),
        (AS_3_1.format(segmentation="", embedding="x"), "does not say where its segmentation"),
        (AS_3_1.format(segmentation="{a: b}", embedding="x"), "does not say where"),
        (
            AS_3_1.format(segmentation="$model/segmentation\n    cache_dir: x", embedding="x"),
            "cache_dir, which is not known",
        ),
    ],
)
def test_a_sloppy_configuration_is_explained(folder: Path, config: str, says: str) -> None:
    (folder / "config.yaml").write_text(config)

    message = refusal(folder)

    assert str(folder) in message
    assert says in message


def test_a_trusted_folder_may_do_what_it_likes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "voices.py").write_text(
        "from demo.embedding import SmallSpeakerEmbedding\n"
        "class Voices(SmallSpeakerEmbedding):\n    pass\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    place = folder / "embedding" / "pytorch_model.bin"
    weights = checkpoint(place)
    weights["pyannote.audio"]["architecture"] = {"module": "voices", "class": "Voices"}
    torch.save(weights, place)

    assert "its network voices.Voices is none" in refusal(folder)
    PyannoteFolder(folder).load(LoadOptions(trusted=frozenset({folder.resolve()})))


PLACES = {
    "inside": ("$model/segmentation", "$model/embedding"),
    "elsewhere": (str(PIPELINE / "segmentation"), str(PIPELINE / "embedding")),
    "files": (
        "segmentation/pytorch_model.bin",
        str(PIPELINE / "embedding" / "pytorch_model.bin"),
    ),
    "names of the hub": ("pyannote/segmentation", "pyannote/embedding"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_a_copied_3_1_needs_no_plda_and_no_hub(folder: Path, kind: str) -> None:
    shutil.rmtree(folder / "plda")
    segmentation, embedding = PLACES[kind]
    (folder / "config.yaml").write_text(
        AS_3_1.format(segmentation=segmentation, embedding=embedding)
    )

    diarizer = PyannoteFolder(folder).load(LoadOptions())
    silence = Waveform(np.zeros(2 * SAMPLE_RATE, np.float32))
    chunks = diarizer.segment_and_embed(silence, lambda _: None)
    diarization = diarizer.cluster([chunks], silence.duration, DiarizationOptions())

    assert diarization.turns == ()


def test_a_part_that_is_nowhere_is_told_in_one_line(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    shutil.rmtree(folder / "segmentation")
    config = AS_3_1.format(segmentation="pyannote/segmentation-3.0", embedding="$model/embedding")
    (folder / "config.yaml").write_text(config)

    with pytest.raises(NetworkError) as caught:
        PyannoteFolder(folder).load(LoadOptions())

    assert f"{folder} lacks its segmentation." in str(caught.value)
    assert "pyannote/segmentation-3.0 cannot be fetched" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_network_trained_with_a_loss_of_its_own_is_loaded_without_it(folder: Path) -> None:
    weights = checkpoint()
    weights["state_dict"]["loss_func.weight"] = torch.zeros(1)
    torch.save(weights, folder / CHECKPOINT)

    PyannoteFolder(folder).load(LoadOptions())


def test_a_checkpoint_without_some_of_its_weights_is_broken(folder: Path) -> None:
    weights = checkpoint()
    weights["state_dict"].popitem()
    torch.save(weights, folder / CHECKPOINT)

    assert "Missing key" in refusal(folder)


@pytest.mark.parametrize("n_bytes", [0, 100, 100_000])
def test_a_cut_checkpoint_is_broken(folder: Path, n_bytes: int) -> None:
    whole = (folder / CHECKPOINT).read_bytes()
    (folder / CHECKPOINT).write_bytes(whole[:n_bytes])

    assert "get it again" in refusal(folder)


def test_a_checkpoint_of_something_else_is_broken(folder: Path) -> None:
    beside = io.BytesIO()
    torch.save({"weight": torch.zeros(1)}, beside)
    (folder / CHECKPOINT).write_bytes(beside.getvalue())

    assert "get it again" in refusal(folder)
