"""Folder names: readable, safe, and never shared by two titles."""

import re
from pathlib import Path

import pytest

from flows.folders import episode_folder


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Small models, for old phones!", "small-models-for-old-phones"),
        ("../../etc/passwd", r"etc-passwd-[0-9a-f]{8}"),
        ("팟캐스트", r"paskaeseuteu-[0-9a-f]{8}"),
        ("⚡️", r"[0-9a-f]{8}"),
        ("x" * 200, r"x{80}-[0-9a-f]{8}"),
    ],
)
def test_titles_become_safe_names(title: str, name: str) -> None:
    folder = episode_folder(Path("out"), "Open Ears", title)

    assert folder.parent == Path("out/open-ears")
    assert re.fullmatch(name, folder.name)


def test_titles_that_differ_in_lost_letters_have_different_folders() -> None:
    titles = ["C", "C++", "C#", "C&", "⚡️ C"]

    folders = {episode_folder(Path("out"), "Show", title) for title in titles}

    assert len(folders) == len(titles)
