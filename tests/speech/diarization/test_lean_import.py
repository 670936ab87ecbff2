"""PyTorch's compiler stays out of a process until somebody asks for it, and then works."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.model

ROOT = Path(__file__).resolve().parents[3]


def printed_by(script: str, *path: Path) -> list[str]:
    """Run a script in a process of its own, with folders before the libraries."""
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        capture_output=True, text=True, check=True, cwd=path[0] if path else ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (*path, ROOT)))},
    )  # fmt: skip
    return run.stdout.splitlines()


@pytest.fixture(scope="module")
def process() -> list[str]:
    """What a process says that loads the demo's diarizer, and then asks for the compiler."""
    return printed_by(
        "import gc, sys\n"
        "from flows.settings import DEMO_MODELS\n"
        "from podcast.model_reference import LoadOptions\n"
        "from speech.diarization.pyannote_diarizer import PyannoteFolder\n"
        "PyannoteFolder(DEMO_MODELS / 'diarization').load(LoadOptions())\n"
        "frozen = gc.get_freeze_count()\n"
        "PyannoteFolder(DEMO_MODELS / 'diarization').load(LoadOptions())\n"
        "print(sum(name.partition('.')[0] == 'sympy' for name in sys.modules))\n"
        "print(sum(name.startswith('torch._dynamo') for name in sys.modules))\n"
        "import torch\n"
        "model = torch.compile(torch.nn.Identity(), backend='eager')\n"
        "print(type(model).__module__, torch._dynamo.__file__ == torch._dynamo.__spec__.origin)\n"
        "print(gc.isenabled(), frozen > 200_000, gc.get_freeze_count() <= frozen)\n"
    )


def test_loading_a_diarizer_imports_nothing_of_the_compiler(process: list[str]) -> None:
    assert process[:2] == ["0", "0"]


def test_the_compiler_is_pytorchs_own_for_whoever_asks_afterwards(process: list[str]) -> None:
    assert process[2] == "torch._dynamo.eval_frame True"


def test_libraries_are_never_searched_for_garbage_and_models_are(process: list[str]) -> None:
    assert process[3] == "True True True"


@pytest.fixture
def libraries(tmp_path: Path) -> Path:
    """A Lightning that wants more of the compiler, and a PyTorch whose compiler has it."""
    files = {
        "torch/__init__.py": "",
        "torch/_dynamo.py": "class OptimizedModule: ...\nnew = 'new'\n",
        "lightning/__init__.py": "from lightning import wrappers, trainer\n",
        "lightning/wrappers.py": "from torch._dynamo import OptimizedModule\n",
        "lightning/trainer.py": "from torch._dynamo import new\n",
        "beside.py": "print('beside')\n",
        "user.py": "import beside\nimport lightning\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_another_lightning_is_imported_again_with_the_compiler(libraries: Path) -> None:
    lines = printed_by(
        "from speech.diarization.lean_import import import_without_compiler\n"
        "import_without_compiler('user')\n"
        "import lightning, torch._dynamo\n"
        "print(lightning.wrappers.OptimizedModule is torch._dynamo.OptimizedModule)\n"
        "print(lightning.trainer.new)\n",
        libraries,
    )

    assert lines == ["beside", "True", "new"]


def test_a_compiler_that_is_loaded_already_is_the_one_that_is_used(libraries: Path) -> None:
    lines = printed_by(
        "import torch._dynamo as compiler\n"
        "from speech.diarization.lean_import import import_without_compiler\n"
        "wrappers = import_without_compiler('lightning').wrappers\n"
        "print(wrappers.OptimizedModule is compiler.OptimizedModule)\n",
        libraries,
    )

    assert lines == ["True"]


def test_a_module_that_cannot_be_imported_at_all_says_why(libraries: Path) -> None:
    (libraries / "lightning" / "trainer.py").write_text("import nothing\n", encoding="utf-8")

    lines = printed_by(
        "from speech.diarization.lean_import import import_without_compiler\n"
        "try:\n"
        "    import_without_compiler('lightning')\n"
        "except ImportError as error:\n"
        "    import torch._dynamo\n"
        "    print(error, torch._dynamo.new)\n",
        libraries,
    )

    assert lines == ["No module named 'nothing' new"]
