"""Each recipe of `docs/recipes.md` applies to the code as it is, works, and touches few files."""

import re
import subprocess
import sys
from os import environ
from pathlib import Path
from shutil import copytree

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "recipes.md").read_text("utf-8")
PRODUCT = ("audio", "flows", "outputs", "podcast", "speech", "translation")
RECORD = ROOT / "tests" / "outputs" / "published" / "episode.json"

MOST_FILES = {"language": 6, "caption_format": 3, "translator": 4, "recogniser": 5}


@pytest.mark.parametrize("recipe", MOST_FILES)
def test_a_recipe_touches_as_few_files_as_it_says(recipe: str) -> None:
    section = _section(recipe)
    touched = re.findall(r"^\+\+\+ b/(\S+)$", section, re.MULTILINE)

    assert all(path.split("/")[0] in PRODUCT for path in touched)
    assert f"{len(touched)} product files" in section
    assert len(touched) <= MOST_FILES[recipe]


@pytest.mark.live
@pytest.mark.parametrize("recipe", MOST_FILES)
def test_a_recipe_applies_and_works(recipe: str, tmp_path: Path) -> None:
    for package in PRODUCT:
        copytree(ROOT / package, tmp_path / package)
    (diff,) = re.findall(r"^```diff\n(.*?)^```$", _section(recipe), re.MULTILINE | re.DOTALL)
    alone = {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}

    applied = _run("git", "apply", "-", cwd=tmp_path, given=diff, **alone)
    script = Path(__file__).parent / "recipes" / f"{recipe}.py"
    used = _run(
        *(sys.executable, "-P", "-W", "ignore", str(script), str(RECORD)),
        cwd=tmp_path,
        PYTHONPATH=str(tmp_path),
    )

    assert applied.returncode == 0, applied.stderr
    assert used.returncode == 0, used.stderr


def _section(recipe: str) -> str:
    """Return what the page says under the heading of a recipe."""
    title = recipe.replace("_", " ").replace("language", "target language")
    (found,) = re.findall(rf"^## A {title}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return found


def _run(
    *command: str, cwd: Path, given: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        input=given,
        env=environ | more,
        capture_output=True,
        text=True,
        check=False,
    )
