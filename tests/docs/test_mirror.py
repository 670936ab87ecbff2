"""Every module has a test of its name, or `tests/README.md` says which test is the better one."""

import ast
import re
from functools import cache
from pathlib import Path

import grimp
import pytest

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
PACKAGES = ("audio", "flows", "outputs", "podcast", "speech", "translation")
STEPS = 2

FILES = [path.relative_to(ROOT) for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
MODULES = {
    ".".join(path.with_suffix("").parts): str(path.with_name(f"test_{path.name}"))
    for path in FILES
    if path.stem != "__init__"
}
"""Module -> the test of its name, whether there is one or not."""
OF_ITS_NAME = [(module, test) for module, test in MODULES.items() if (TESTS / test).is_file()]
TABLE = (TESTS / "README.md").read_text("utf-8")
ROWS = re.findall(r"^\| `(\S+)` \| (.*) \|$", TABLE, re.MULTILINE)
LISTED = [(module, test) for test, modules in ROWS for module in re.findall(r"`(\S+)`", modules)]


def test_every_module_has_a_test_of_its_name_or_is_listed_once() -> None:
    assert sorted(module for module, _ in LISTED) == sorted(MODULES.keys() - dict(OF_ITS_NAME))


@pytest.mark.parametrize(("module", "test"), [*sorted(OF_ITS_NAME), *LISTED])
def test_the_test_of_a_module_reaches_it(module: str, test: str) -> None:
    assert module in _reached(TESTS / test)


@cache
def _reached(test: Path) -> set[str]:
    """Return what a test and its fixtures import, in some steps."""
    fixtures = (
        folder / "conftest.py" for folder in test.parents if TESTS in (folder, *folder.parents)
    )
    found = {module for path in (test, *fixtures) if path.exists() for module in _named(path)}
    for _ in range(STEPS):
        found |= {m for near in found for m in _graph().find_modules_directly_imported_by(near)}
    return found


def _named(path: Path) -> set[str]:
    """Return the modules that a file imports, or names in its text."""
    text = path.read_text("utf-8")
    names = set(re.findall(rf"\b(?:{'|'.join(PACKAGES)})\.[\w.]*\w", text))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{name.name}" for name in node.names}
    return names & MODULES.keys()


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES)
