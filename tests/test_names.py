"""A name of the product means one thing."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("audio", "flows", "outputs", "podcast", "speech", "translation")


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (path for path in (ROOT / package).rglob("*.py") if path.stem != "__init__")


def public_classes(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = (node.name for node in tree.body if isinstance(node, ast.ClassDef))
    return (name for name in names if not name.startswith("_"))


def names_of_modules() -> Iterator[str]:
    return (path.stem for path in modules())


def names_of_classes() -> Iterator[str]:
    return (name for path in modules() for name in public_classes(path))


@pytest.mark.parametrize("names", [names_of_modules, names_of_classes])
def test_no_two_things_of_the_product_have_one_name(names: object) -> None:
    assert callable(names)
    counted = Counter(names())

    assert len(counted) > len(PACKAGES)
    assert [name for name, count in counted.items() if count > 1] == []
