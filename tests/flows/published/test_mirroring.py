"""What is published is copied to object storage by itself, and again when somebody asks."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from flows.cli.main import cli
from flows.settings import settings
from podcast.errors import BadInputError

pytestmark = pytest.mark.usefixtures("prefect")

ADDRESS = "s3://transcripts/site"


def published_title(s3: Any) -> str:
    def get(path: str) -> Any:
        return json.loads(s3.get_object(Bucket="transcripts", Key=f"site/{path}")["Body"].read())

    (entry,) = get("index.json")["episodes"]
    manifest = get(entry["manifest"])
    (record,) = [file["path"] for file in manifest["files"] if file["role"] == "record"]
    assert get(f"{entry['path']}/{record}")["title"] == manifest["title"]
    return str(manifest["title"])


@pytest.fixture
def mirrored(monkeypatch: pytest.MonkeyPatch, s3: Any) -> Any:
    monkeypatch.setenv("INTERLINEAR_MIRROR", ADDRESS)
    settings.cache_clear()
    return s3


def run(audio: Path, out: Path, title: str, *languages: str, only: bool = False) -> Path:
    from flows.episode import process_episode
    from flows.parameters import Models

    return process_episode(
        audio=str(audio),
        show="Open Ears",
        title=title,
        languages=list(languages or ["ko"]),
        only=only,
        guid="42",
        models=Models(preset="demo"),
        out=out,
    )


def test_a_processed_and_a_corrected_episode_reach_the_store(
    mirrored: Any, fakes: Any, tone: Path, tmp_path: Path
) -> None:
    folder = run(tone, tmp_path / "out", "A title")
    assert published_title(mirrored) == "A title"

    command = ["correct", str(folder), "0001", "--ko", "그래요."]
    done = CliRunner().invoke(cli, command, catch_exceptions=False)

    assert done.exit_code == 0
    keys = [e["Key"] for e in mirrored.list_objects_v2(Bucket="transcripts")["Contents"]]
    pages = [key for key in keys if key.endswith("/ko.txt")]
    texts = [mirrored.get_object(Bucket="transcripts", Key=key)["Body"].read() for key in pages]
    assert any("그래요." in text.decode() for text in texts)


def languages_of(s3: Any) -> Any:
    body = s3.get_object(Bucket="transcripts", Key="site/index.json")["Body"].read()
    (entry,) = json.loads(body)["episodes"]
    assert entry["pages"].keys() == set(entry["languages"])
    return entry["languages"]


def test_a_language_that_is_not_asked_for_leaves_the_store_by_choice_alone(
    mirrored: Any, fakes: Any, tone: Path, tmp_path: Path
) -> None:
    run(tone, tmp_path / "out", "A title", "ko", "zh")

    run(tone, tmp_path / "out", "A title", "ja")
    assert languages_of(mirrored) == ["ko", "zh-Hans", "ja"]

    run(tone, tmp_path / "out", "A title", "ja", only=True)
    assert languages_of(mirrored) == ["ja"]


class Clock:
    """Goes on by a second whenever somebody looks."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 25, tzinfo=UTC)

    def now(self, _zone: Any) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


def test_machines_with_folders_of_their_own_keep_the_languages_of_each_other(
    mirrored: Any, fakes: Any, tone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.published.published_record.datetime", Clock())

    run(tone, tmp_path / "a", "A title", "ko")
    run(tone, tmp_path / "b", "A title", "ja")
    run(tone, tmp_path / "a", "A title", "zh")
    assert languages_of(mirrored) == ["ko", "zh-Hans", "ja"]

    run(tone, tmp_path / "a", "A title", "zh", only=True)
    run(tone, tmp_path / "b", "A title", "ko")
    assert languages_of(mirrored) == ["ko", "zh-Hans"]


def test_the_command_copies_what_is_there(s3: Any, fakes: Any, tone: Path, tmp_path: Path) -> None:
    run(tone, tmp_path / "out", "A title")

    done = CliRunner().invoke(
        cli, ["mirror", str(tmp_path / "out"), "--to", ADDRESS], catch_exceptions=False
    )

    assert done.stdout == f"Copied 1 episode to {ADDRESS}.\n"
    assert published_title(s3) == "A title"


def test_the_command_asks_where_to(fakes: Any, tone: Path, tmp_path: Path) -> None:
    run(tone, tmp_path / "out", "A title")

    with pytest.raises(BadInputError, match="INTERLINEAR_MIRROR"):
        CliRunner().invoke(cli, ["mirror", str(tmp_path / "out")], catch_exceptions=False)


def test_the_command_shows_no_password_of_the_address(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    run(tone, tmp_path / "out", "A title")

    address = "memory://me:secret@host/site"
    done = CliRunner().invoke(cli, ["mirror", str(tmp_path / "out"), "--to", address])

    assert done.exit_code == 0
    assert "Copied 1 episode" in done.output
    assert "secret" not in done.output


@pytest.mark.parametrize("to", ["/some/folder", "folder", "s3://", "s3:///", "bucket/folder", ""])
def test_what_names_no_store_is_wrong_usage(to: str) -> None:
    result = CliRunner().invoke(cli, ["mirror", "--to", to])

    assert result.exit_code == 2
    assert f"{to!r} names no store. Give s3://bucket/folder." in result.output
