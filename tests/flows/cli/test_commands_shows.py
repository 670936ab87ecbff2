"""`shows check`: what a poll would do, and what is wrong with show files; nothing is done."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from flows.cli.main import cli
from flows.settings import settings
from podcast.errors import BadInputError


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("INTERLINEAR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("INTERLINEAR_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("INTERLINEAR_HOST_PAUSE", "0")
    settings.cache_clear()
    yield
    settings.cache_clear()


def check(*paths: Path) -> Result:
    return CliRunner().invoke(cli, ["shows", "check", *map(str, paths)])


@pytest.fixture
def file(host: Any, tmp_path: Path) -> Path:
    path = tmp_path / "shows" / "ears.toml"
    path.parent.mkdir()
    path.write_text(f'feed = "{host.url}/feed.xml"\ntimezone = "Asia/Seoul"\n')
    host.announce("old", "Old", "one.wav", day=1)
    host.announce("new", "New", "two.wav", day=2)
    return path


def test_what_a_first_poll_would_do_is_told_and_not_done(
    host: Any, file: Path, tmp_path: Path
) -> None:
    result = check(file)

    assert result.output == (
        "ears: Open Ears, 2 episodes, 1 to do\n  process  2026-11-02 15:00 New\n"
    )
    assert result.exit_code == 0
    assert [path for path, _ in host.asked] == ["/feed.xml"]
    assert not (tmp_path / "data" / "shows").exists()


def test_what_is_known_of_a_show_counts(host: Any, file: Path, tmp_path: Path) -> None:
    sound = f"{host.url}/{{}}.wav 1"
    episodes = {
        "old": {"title": "Older", "sound": sound.format("one"), "status": "done"},
        "new": {"title": "New", "sound": sound.format("two"), "status": "started", "run": "x"},
    }
    kept = tmp_path / "data" / "shows" / "ears.json"
    kept.parent.mkdir(parents=True)
    kept.write_text(json.dumps({"title": "Ears", "episodes": episodes}))

    assert check(file.parent).output == (
        "ears: Ears, 2 episodes, 2 to do\n"
        "  retitle  2026-11-01 15:00 Old\n"
        "  running  2026-11-02 15:00 New\n"
    )


def test_a_file_that_cannot_be_used_stops_no_other(host: Any, file: Path) -> None:
    file.with_name("bad.toml").write_text("feed = 1")

    result = check(file.parent)

    assert "bad.toml: feed is 1" in result.output
    assert "ears: Open Ears, 2 episodes" in result.output
    assert result.exit_code == 3


def test_a_folder_without_show_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no show file in"):
        CliRunner().invoke(cli, ["shows", "check", str(tmp_path)], catch_exceptions=False)
