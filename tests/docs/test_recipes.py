"""Each recipe of `docs/recipes.md` applies to the code as it is, works, and touches few files."""

import re
import subprocess
import sys
from os import environ
from pathlib import Path
from shutil import copytree

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGE = (ROOT / "docs" / "recipes.md").read_text("utf-8")
PRODUCT = ("audio", "flows", "outputs", "podcast", "speech", "translation")
RECORD = ROOT / "tests" / "outputs" / "published" / "episode.json"

MOST_FILES = {"target language": 6, "caption format": 3, "translator": 2, "recogniser": 5}


@pytest.mark.parametrize("addition", MOST_FILES)
def test_a_recipe_touches_as_few_files_as_it_says(addition: str) -> None:
    section = _section(addition)
    touched = re.findall(r"^\+\+\+ b/(\S+)$", section, re.MULTILINE)

    assert {path.split("/")[0] for path in touched} <= set(PRODUCT)
    assert section.startswith(f"\n{len(touched)} product files")
    assert len(touched) <= MOST_FILES[addition]


@pytest.mark.live
@pytest.mark.parametrize("addition", MOST_FILES)
def test_a_recipe_applies_and_works(addition: str, tmp_path: Path) -> None:
    for package in PRODUCT:
        copytree(ROOT / package, tmp_path / package)
    (diff,) = re.findall(r"^```diff\n(.*?)^```$", _section(addition), re.MULTILINE | re.DOTALL)
    use = HERE / "recipes" / f"{addition.replace(' ', '_')}.py"
    python = (sys.executable, "-P", "-W", "ignore", str(use), str(RECORD))

    applied = _run("git", "apply", "-", cwd=tmp_path, given=diff)
    used = _run(*python, cwd=tmp_path)

    assert applied.returncode == 0, applied.stderr
    assert used.returncode == 0, used.stderr


def _section(addition: str) -> str:
    """Return what the page says under the heading of an addition."""
    (found,) = re.findall(rf"^## A {addition}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return found


def _run(*command: str, cwd: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program with the code in a folder; git takes that for no part of a repository."""
    own = {"PYTHONPATH": str(cwd), "GIT_CEILING_DIRECTORIES": str(cwd.parent)}
    return subprocess.run(
        command,
        cwd=cwd,
        input=given,
        env=environ | own,
        capture_output=True,
        text=True,
        check=False,
    )
