"""What the doctor says of a machine."""

import socket
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli.commands_models import doctor
from flows.cli.doctor import (
    Diagnosis,
    FolderFacts,
    Machine,
    Severity,
    diagnose,
    inspect_folder,
    inspect_machine,
    is_incomplete,
)
from flows.models.model_catalogue import DEMO_CATALOGUE, Model, wanted_models
from flows.models.model_status import ModelStatus

HERE = Path("/here")
GOOD = Machine(
    python=(3, 12, 1),
    ffmpeg="/bin/ffmpeg",
    torch_gpu="",
    n_ctranslate2_gpus=0,
    device="cpu",
    has_token=True,
    folders=(FolderFacts("output", HERE, is_writable=True, free=10**11),),
)
MODELS = (*DEMO_CATALOGUE, *wanted_models("cpu"))


def _ready(*without: str) -> tuple[ModelStatus, ...]:
    """Every model in its place, but for those named."""
    return tuple(ModelStatus(m, None if m.name in without else HERE) for m in MODELS)


def _real() -> list[Model]:
    return [model for model in MODELS if model not in DEMO_CATALOGUE]


def _finding(name: str, found: tuple[Diagnosis, ...]) -> Diagnosis:
    (finding,) = [finding for finding in found if finding.name == name]
    return finding


def _examine(
    machine: Machine, statuses: tuple[ModelStatus, ...] | None = None, *, wants_real: bool = False
) -> tuple[Diagnosis, ...]:
    return diagnose(machine, _ready() if statuses is None else statuses, wants_real=wants_real)


def test_a_machine_with_everything_needs_nothing() -> None:
    found = _examine(GOOD, wants_real=True)

    assert {finding.state for finding in found} == {Severity.OK}
    assert [finding.cure for finding in found if finding.cure] == []
    assert not is_incomplete(found)


@pytest.mark.parametrize("python", [(3, 10, 9), (3, 14, 0)])
def test_a_python_that_is_too_old_or_too_new_is_missing(python: tuple[int, int, int]) -> None:
    finding = _finding("Python", _examine(replace(GOOD, python=python)))

    assert finding.state is Severity.MISSING
    assert "3.11" in finding.cure


def test_without_ffmpeg_nothing_runs() -> None:
    found = _examine(replace(GOOD, ffmpeg=""))

    assert "imageio-ffmpeg" in _finding("ffmpeg", found).cure
    assert is_incomplete(found)


def test_a_missing_demo_model_is_missing() -> None:
    found = _examine(GOOD, _ready("demo-whisper"))

    assert _finding("demo-whisper", found).state is Severity.MISSING
    assert is_incomplete(found)


def test_missing_real_models_are_a_warning_only() -> None:
    names = [model.name for model in _real()]

    found = _examine(GOOD, _ready(*names))

    assert {_finding(name, found).state for name in names} == {Severity.WARNING}
    assert not is_incomplete(found)


def test_missing_real_models_count_when_they_are_wanted() -> None:
    found = _examine(GOOD, _ready("argos-en-ko"), wants_real=True)

    assert _finding("argos-en-ko", found).state is Severity.MISSING
    assert _finding("argos-en-ko", found).cure == "Run `interlinear models download`."
    assert is_incomplete(found)


def test_the_gated_model_is_cured_with_its_licence_page_and_a_token() -> None:
    found = _examine(replace(GOOD, has_token=False), _ready("diarization"))

    cure = _finding("diarization", found).cure
    assert "https://huggingface.co/pyannote/speaker-diarization-community-1" in cure
    assert "HF_TOKEN" in cure
    assert _finding("hub token", found).state is Severity.WARNING


def test_without_a_token_nothing_is_wrong_once_the_gated_model_is_here() -> None:
    finding = _finding("hub token", _examine(replace(GOOD, has_token=False)))

    assert finding.state is Severity.OK


def test_a_broken_package_is_told_with_what_is_wrong() -> None:
    broken = ModelStatus(wanted_models("cpu")[-1], HERE, ("the folder lacks model/model.bin",))

    finding = _finding("argos-en-ja", _examine(GOOD, (broken,)))

    assert finding.says == "the folder lacks model/model.bin"
    assert "Delete" in finding.cure


def test_a_gpu_that_both_libraries_see_is_used() -> None:
    machine = replace(GOOD, torch_gpu="Card", n_ctranslate2_gpus=1, device="cuda")

    assert _finding("GPU", _examine(machine)).says == "Card; models run on it"


@pytest.mark.parametrize(
    ("torch_gpu", "n_gpus", "blind"), [("", 1, "torch"), ("Card", 0, "CTranslate2")]
)
def test_a_gpu_that_one_library_does_not_see_is_a_warning(
    torch_gpu: str, n_gpus: int, blind: str
) -> None:
    machine = replace(GOOD, torch_gpu=torch_gpu, n_ctranslate2_gpus=n_gpus, device="cuda")

    finding = _finding("GPU", _examine(machine))

    assert finding.state is Severity.WARNING
    assert f"{blind} sees none" in finding.says
    assert "INTERLINEAR_DEVICE=cpu" in finding.cure


def test_a_gpu_that_is_not_wanted_is_left_alone() -> None:
    machine = replace(GOOD, torch_gpu="Card", n_ctranslate2_gpus=1)

    assert _finding("GPU", _examine(machine)).says == "Card; models run on the CPU"


def test_a_folder_that_cannot_be_written_is_missing() -> None:
    machine = replace(GOOD, folders=(FolderFacts("output", HERE, is_writable=False, free=1),))

    assert _finding("output", _examine(machine)).state is Severity.MISSING


def test_a_disk_that_is_nearly_full_is_a_warning() -> None:
    machine = replace(GOOD, folders=(FolderFacts("output", HERE, is_writable=True, free=10**9),))

    finding = _finding("output", _examine(machine))

    assert finding.state is Severity.WARNING
    assert "1.0 GB free" in finding.says


def test_a_folder_is_looked_at_without_being_made(tmp_path: Path) -> None:
    facts = inspect_folder("output", tmp_path / "not" / "yet")

    assert facts.is_writable
    assert facts.free > 0
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert not inspect_folder("output", tmp_path / "file").is_writable
    assert not inspect_folder("output", tmp_path / "file" / "below").is_writable


def test_this_machine_can_be_inspected(tmp_path: Path) -> None:
    machine = inspect_machine([("output", tmp_path)], "cpu")

    assert machine.python >= (3, 11, 0)
    assert machine.ffmpeg
    assert [facts.path for facts in machine.folders] == [tmp_path]


class TestCommand:
    @pytest.fixture(autouse=True)
    def somewhere_else(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """Keep the command off this machine's own models and token."""
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
        monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
        monkeypatch.setenv("HF_TOKEN", "hf_secretsecret")

    def test_a_missing_real_model_leaves_with_5_when_it_is_wanted(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(socket, "create_connection", _refuse)

        result = CliRunner().invoke(doctor, ["--real"])

        assert result.exit_code == 5
        assert "Run `interlinear models download`." in result.output
        assert "hf_secretsecret" not in result.output
        assert "set (not shown)" in result.output


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("the doctor asks nobody")


def test_torch_is_not_imported_where_there_is_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 0)
    monkeypatch.setattr("flows.cli.doctor.NVIDIA_DRIVER", Path("/nowhere"))
    monkeypatch.setitem(sys.modules, "torch", None)  # an import of it fails

    assert inspect_machine((), "cpu").torch_gpu == ""
