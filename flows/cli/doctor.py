"""Find out what is missing on this machine, and say how to get it."""

import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from flows.models.model_catalogue import Bundled, FromEngine, FromHub
from flows.models.model_status import ModelStatus
from flows.models.model_status import State as ModelState
from flows.models.translator_status import TranslatorStatus
from podcast.errors import SetupError
from speech.hub.hub_errors import TOKEN_PAGE, licence_page

OLDEST_PYTHON, FIRST_UNKNOWN_PYTHON = (3, 11), (3, 14)
DOWNLOAD = "interlinear models download"
NVIDIA_DRIVER = Path("/proc/driver/nvidia")
LITTLE_SPACE = 2_000_000_000
"""Bytes; below this an episode may not fit beside its decoded sound."""


class Severity(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at.

    Attributes:
        name: What.
        state: How it is.
        says: What was found.
        cure: What to do about it; empty if nothing needs doing.
    """

    name: str
    state: Severity
    says: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """A folder that the product writes to.

    Attributes:
        purpose: What is kept there.
        path: The folder, which may not exist yet.
        is_writable: Whether it can be written or made.
        free: Bytes free on its disk.
    """

    purpose: str
    path: Path
    is_writable: bool
    free: int


@dataclass(frozen=True, slots=True)
class Machine:
    """What this machine is like.

    Attributes:
        python: Version of the running Python.
        ffmpeg: Path of the program; empty if there is none.
        torch_gpu: Name of the GPU that torch sees; empty if it sees none.
        n_ctranslate2_gpus: GPUs that CTranslate2 sees.
        device: What models will run on.
        has_token: Whether a hub token is set up.
        folders: Where the product writes.
    """

    python: tuple[int, int, int]
    ffmpeg: str
    torch_gpu: str
    n_ctranslate2_gpus: int
    device: str
    has_token: bool
    folders: tuple[FolderFacts, ...]


def inspect_machine(folders: Iterable[tuple[str, Path]], device: str) -> Machine:
    """Look at the machine; torch, which takes seconds, is imported only where a GPU may be.

    Args:
        folders: The purpose and the path of each folder that is written to.
        device: What models will run on.
    """
    import ctranslate2

    from speech.hub.hub_snapshots import has_token

    n_gpus = ctranslate2.get_cuda_device_count()
    return Machine(
        python=sys.version_info[:3],
        ffmpeg=_ffmpeg(),
        torch_gpu=_torch_gpu() if n_gpus or device == "cuda" or NVIDIA_DRIVER.exists() else "",
        n_ctranslate2_gpus=n_gpus,
        device=device,
        has_token=has_token(),
        folders=tuple(inspect_folder(purpose, path) for purpose, path in folders),
    )


def inspect_folder(purpose: str, path: Path) -> FolderFacts:
    """Look at a folder without making it."""
    path = path.expanduser().absolute()
    existing = next(place for place in (path, *path.parents) if place.exists())
    is_writable = existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
    return FolderFacts(purpose, path, is_writable, shutil.disk_usage(existing).free)


def diagnose(
    machine: Machine, statuses: tuple[ModelStatus, ...], *, wants_real: bool
) -> tuple[Diagnosis, ...]:
    """Judge what was found.

    Args:
        machine: What it is like.
        statuses: The demo models and the real models that this machine needs.
        wants_real: Whether a missing real model counts as missing; else it is a warning.
    """
    return (
        _judge_python(machine.python),
        _judge_ffmpeg(machine.ffmpeg),
        _judge_gpu(machine),
        *(_judge_folder(facts) for facts in machine.folders),
        *(_judge_model(status, wants_real=wants_real) for status in statuses),
        _judge_token(machine, statuses),
    )


def judge_translators(
    statuses: Iterable[TranslatorStatus], *, wants_real: bool
) -> tuple[Diagnosis, ...]:
    """Judge the translators of the settings and the server of language models."""
    bad = Severity.MISSING if wants_real else Severity.WARNING
    return tuple(
        Diagnosis(one.name, Severity.OK, f"{one.says}; licence: {one.licence}")
        if one.state is ModelState.READY
        else Diagnosis(one.name, bad, one.says, "See docs/translators.md.")
        for one in statuses
    )


def is_incomplete(findings: Iterable[Diagnosis]) -> bool:
    """Say whether something is missing without which nothing runs."""
    return any(finding.state is Severity.MISSING for finding in findings)


def _torch_gpu() -> str:
    import torch

    return torch.cuda.get_device_name() if torch.cuda.is_available() else ""


def _ffmpeg() -> str:
    from audio.decoding.ffmpeg import find_ffmpeg

    try:
        return find_ffmpeg()
    except SetupError:
        return ""


def _judge_python(python: tuple[int, int, int]) -> Diagnosis:
    says = ".".join(str(number) for number in python)
    if OLDEST_PYTHON <= python < FIRST_UNKNOWN_PYTHON:
        return Diagnosis("Python", Severity.OK, says)
    return Diagnosis("Python", Severity.MISSING, says, "Use Python 3.11, 3.12 or 3.13.")


def _judge_ffmpeg(path: str) -> Diagnosis:
    if path:
        return Diagnosis("ffmpeg", Severity.OK, path)
    cure = "Install ffmpeg, or reinstall imageio-ffmpeg, which brings one along."
    return Diagnosis("ffmpeg", Severity.MISSING, "not found", cure)


def _judge_gpu(machine: Machine) -> Diagnosis:
    """Say what will be used; diarization runs on torch, everything else on CTranslate2."""
    sees_both = bool(machine.torch_gpu) and machine.n_ctranslate2_gpus > 0
    if machine.device == "cuda" and not sees_both:
        blind = "torch" if not machine.torch_gpu else "CTranslate2"
        cure = "Mend the CUDA installation, or set INTERLINEAR_DEVICE=cpu."
        return Diagnosis("GPU", Severity.WARNING, f"asked for, but {blind} sees none", cure)
    if machine.device == "cuda":
        return Diagnosis("GPU", Severity.OK, f"{machine.torch_gpu}; models run on it")
    seen = machine.torch_gpu or "none"
    return Diagnosis("GPU", Severity.OK, f"{seen}; models run on the CPU")


def _judge_folder(facts: FolderFacts) -> Diagnosis:
    says = f"{facts.path}, {facts.free / 1e9:.1f} GB free"
    if not facts.is_writable:
        cure = "Mend its rights, or choose another place (see the settings in the guide)."
        return Diagnosis(facts.purpose, Severity.MISSING, f"{facts.path} cannot be written", cure)
    if facts.free < LITTLE_SPACE:
        return Diagnosis(facts.purpose, Severity.WARNING, says, "Make room on that disk.")
    return Diagnosis(facts.purpose, Severity.OK, says)


def _judge_model(status: ModelStatus, *, wants_real: bool) -> Diagnosis:
    name = status.model.name
    if status.state is ModelState.READY:
        return Diagnosis(name, Severity.OK, f"ready, {status.folder}")
    says = "; ".join(status.problems) or "not on this machine"
    if isinstance(status.model.origin, Bundled):
        cure = "Get the program again: its folder demo/models is incomplete."
        return Diagnosis(name, Severity.MISSING, says, cure)
    state = Severity.MISSING if wants_real else Severity.WARNING
    return Diagnosis(name, state, says, _download_cure(status))


def _download_cure(status: ModelStatus) -> str:
    match status.model.origin:
        case FromHub(repo_id) if status.model.is_gated:
            page = licence_page(repo_id)
            return f"Accept its licence at {page}, set HF_TOKEN, run `{DOWNLOAD}`."
        case FromEngine() if status.problems:
            return f"Delete the broken package and run `{DOWNLOAD}`."
        case _:
            return f"Run `{DOWNLOAD}`."


def _judge_token(machine: Machine, statuses: tuple[ModelStatus, ...]) -> Diagnosis:
    """A token is needed once, to fetch the gated model."""
    if machine.has_token:
        return Diagnosis("hub token", Severity.OK, "set (not shown)")
    if all(s.state is ModelState.READY for s in statuses if s.model.is_gated):
        return Diagnosis("hub token", Severity.OK, "not set, and not needed any more")
    cure = f"Make a read token at {TOKEN_PAGE} and set HF_TOKEN to it."
    return Diagnosis("hub token", Severity.WARNING, "not set", cure)
