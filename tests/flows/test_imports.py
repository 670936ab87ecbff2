"""What importing and running costs: libraries come in where their models load, and not before."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.live

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    *("torch", "torchaudio", "pyannote.audio", "faster_whisper", "ctranslate2", "onnxruntime"),
    *("argostranslate", "stanza", "spacy", "transformers", "scipy", "pandas", "matplotlib"),
)


def loaded_by(script: str, tmp_path: Path) -> set[str]:
    """Run a script in a process of its own and return which heavy libraries it loaded."""
    tail = f"\nimport sys\nprint(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script + tail],
        capture_output=True, text=True, check=True, cwd=ROOT,
        env=os.environ | {"HOME": str(tmp_path), "INTERLINEAR_CACHE": str(tmp_path)},
    )  # fmt: skip
    return set(run.stdout.split())


def test_the_flow_is_imported_without_a_library_of_models(tmp_path: Path) -> None:
    assert loaded_by("import flows.episode", tmp_path) == set()


def test_translating_loads_nothing_of_what_argostranslate_would_load(tmp_path: Path) -> None:
    script = (
        "from podcast.language import Language\n"
        "from flows.settings import DEMO_MODELS\n"
        "from translation.engines.argos_packages import find_packages\n"
        "from translation.engines.argos import ArgosTranslator\n"
        "translator = ArgosTranslator(packages=find_packages(DEMO_MODELS / 'argos'))\n"
        "from translation.conversation import SourceRow, Style\n"
        "row = SourceRow('Yeah.')\n"
        "assert translator.translate([row], Language.KO, Style(), lambda _: None)[0].text\n"
    )

    assert loaded_by(script, tmp_path) == {"argostranslate", "ctranslate2"}


def test_transcribing_loads_neither_torch_nor_pyannote(tmp_path: Path) -> None:
    script = (
        "from flows.settings import DEMO_MODELS\n"
        "from podcast.model_reference import LoadOptions\n"
        "from speech.transcription.whisper_recogniser import WhisperFolder\n"
        "WhisperFolder(DEMO_MODELS / 'whisper').load(LoadOptions())\n"
    )

    assert loaded_by(script, tmp_path) <= {"faster_whisper", "ctranslate2", "onnxruntime"}
