"""Folder names: readable, safe, and never shared by two titles."""

import re
from pathlib import Path

import pytest

from flows.folders import episode_folder, show_folder


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


@pytest.mark.parametrize(
    ("guid", "name"),
    [
        ("https://www.example.org/?p=123", r"example-org-p-123-[0-9a-f]{8}"),
        ("4f1c8d2e-0000-4000-8000-00805f9b34fb", r"4f1c8d2e-.*-[0-9a-f]{8}"),
        ("../..", r"[0-9a-f]{8}"),
        ("y" * 300, r"y{80}-[0-9a-f]{8}"),
    ],
)
def test_guids_become_safe_names(guid: str, name: str) -> None:
    folder = episode_folder(Path("out"), "Open Ears", "A title", guid)

    assert folder.parent == Path("out/open-ears")
    assert re.fullmatch(name, folder.name)


def test_a_new_title_does_not_move_an_episode_that_has_a_guid() -> None:
    before = episode_folder(Path("out"), "Show", "Old title", "tag:example.org,2026:1")

    assert episode_folder(Path("out"), "Show", "New title", "tag:example.org,2026:1") == before


def test_a_guid_and_a_title_that_read_alike_are_two_folders() -> None:
    titled = episode_folder(Path("out"), "Show", "episode 1")

    assert episode_folder(Path("out"), "Show", "Other", "episode 1") != titled


def test_a_show_never_gets_the_folder_of_the_schemas() -> None:
    folder = show_folder(Path("out"), "Schemas")

    assert re.fullmatch(r"schemas-[0-9a-f]{8}", folder.name)


def test_titles_that_differ_in_lost_letters_have_different_folders() -> None:
    titles = ["C", "C++", "C#", "C&", "⚡️ C"]

    folders = {episode_folder(Path("out"), "Show", title) for title in titles}

    assert len(folders) == len(titles)
