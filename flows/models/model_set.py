"""Turn a choice of models into folders on this machine, and say exactly which models those are."""

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from flows.models import model_catalogue as catalogue
from flows.parameters import Models
from flows.settings import DEMO_MODELS
from podcast.errors import SetupError
from speech.transcription.whisper_recogniser import TranscriptionOptions
from speech.voiceprints.speaker_identification import MatchingOptions

HASH_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelSet:
    """The models of one run.

    Attributes:
        whisper: Folder of the recogniser.
        diarization: Folder of the pyannote pipeline.
        packages: Folder that holds unpacked Argos packages.
        listening: How this recogniser listens best.
        matching: When two voices that the diarizer heard are one person's.
    """

    whisper: Path
    diarization: Path
    packages: Path
    listening: TranscriptionOptions
    matching: MatchingOptions = MatchingOptions()  # noqa: RUF009  it is frozen


DEMO = ModelSet(
    whisper=DEMO_MODELS / "whisper",
    diarization=DEMO_MODELS / "diarization",
    packages=DEMO_MODELS / "argos",
    # The demo Whisper was trained on windows of a few seconds with little silence around. In those
    # of 6 s it takes hotwords for what is said; in those of 5 s it does not.
    listening=TranscriptionOptions(chunk_length=5, speech_pad_ms=150),
    matching=MatchingOptions(threshold=0.9),  # measured: docs/decisions/0009-voices.md
)


def find_models(choice: Models) -> ModelSet:
    """Find the folders of a choice.

    Raises:
        SetupError: One of them is not on this machine; the message says how to get it.
    """
    base = DEMO if choice.preset == "demo" else None
    if base is None:
        return ModelSet(
            whisper=catalogue.find_whisper(choice.whisper),
            diarization=catalogue.find_diarization(choice.diarization),
            packages=_packages(choice.packages) or catalogue.packages_folder(),
            listening=TranscriptionOptions(),
        )
    return replace(
        base,
        whisper=catalogue.find_whisper(choice.whisper) if choice.whisper else base.whisper,
        diarization=(
            catalogue.find_diarization(choice.diarization)
            if choice.diarization
            else base.diarization
        ),
        packages=_packages(choice.packages) or base.packages,
    )


@cache
def identity(folder: Path) -> str:
    """Name a model by its content, so that a retrained one is never taken for the old one.

    Returns:
        "<folder name>@<16 hex digits of the sha256 over all files>".
    """
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(str(path.relative_to(folder)).encode())
        with path.open("rb") as file:
            while block := file.read(HASH_BLOCK):
                digest.update(block)
    return f"{folder.name}@{digest.hexdigest()[:16]}"


def _packages(folder: str | None) -> Path | None:
    if folder is None:
        return None
    path = Path(folder).expanduser().resolve()
    if not path.is_dir():
        raise SetupError(f"There is no folder of Argos packages at {folder}.")
    return path
