"""What is installed: the product and its tools, and more for who trains or measures."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def pinned(name: str) -> set[str]:
    """Return the packages of a lock, each as `name==version`."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return set(re.findall(r"^[a-z0-9._-]+==[^ ]+", text, re.MULTILINE))


def test_transformers_is_for_training_and_benches_alone() -> None:
    more = pinned("requirements-training.lock") - pinned("requirements.lock")

    assert [package.partition("==")[0] for package in more] == ["transformers"]


def test_no_lock_holds_the_address_of_a_registry() -> None:
    locks = sorted(ROOT.glob("requirements*.lock"))

    assert len(locks) > 3
    assert [lock.name for lock in locks if "://" in lock.read_text(encoding="utf-8")] == []
