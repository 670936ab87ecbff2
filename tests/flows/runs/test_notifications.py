"""What the server's events and the webhook are told of an episode."""

import json
from pathlib import Path
from typing import Any

import pytest

from flows.runs.notifications import without_folders
from flows.settings import settings


def run(audio: Path, out: Path) -> Path:
    from flows.episode import process_episode
    from flows.parameters import Models

    fixed: dict[str, Any] = {"show": "Open Ears", "title": "A title", "languages": ["ko"]}
    return process_episode(audio=str(audio), out=out, models=Models(preset="demo"), **fixed)


@pytest.mark.usefixtures("prefect", "fakes")
def test_a_publication_is_told_with_what_a_dashboard_shows_and_no_folder_of_this_machine(
    tone: Path, tmp_path: Path, receiver: Any
) -> None:
    receiver.answers = [200]

    run(tone, tmp_path / "out")

    ((_, body),) = receiver.got
    news = json.loads(body)
    assert news["event"] == "interlinear.episode.published"
    assert (news["path"], news["languages"], news["lines"]) == ("open-ears/a-title", ["ko"], 3)
    assert {"decode", "transcribe", "translate ko"} <= news["seconds"].keys()
    assert 0 < news["real_time_factor"] < 100
    assert sum(news["rows"]["ko"].values()) == 3
    assert news["unheard_seconds"] == pytest.approx(0.0, abs=6.0)
    assert str(tmp_path) not in body.decode()


@pytest.mark.parametrize(("events", "told"), [("published", 0), ("published,failed", 1)])
@pytest.mark.usefixtures("prefect", "fakes")
def test_a_failure_is_told_if_that_is_wanted(
    tmp_path: Path, receiver: Any, monkeypatch: pytest.MonkeyPatch, events: str, told: int
) -> None:
    monkeypatch.setenv("INTERLINEAR_WEBHOOK_EVENTS", events)
    settings.cache_clear()
    receiver.answers = [200]

    with pytest.raises(Exception, match="missing one"):
        run(tmp_path / "my podcasts" / "missing one.mp3", tmp_path / "out")

    assert len(receiver.got) == told
    for _, body in receiver.got:
        news = json.loads(body)
        assert (news["event"], news["audio"]) == ("interlinear.episode.failed", "missing one.mp3")
        assert "missing one.mp3" in news["reason"]
        assert str(tmp_path) not in body.decode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/home/ann/My shows/a b.mp3 is empty", "a b.mp3 is empty"),
        ("'/srv/models/whisper/model.bin' is damaged", "'model.bin' is damaged"),
        ("see ~/interlinear/prefect/server.log.", "see server.log."),
        ("https://host/a/b.mp3 answered 404", "https://host/a/b.mp3 answered 404"),
        ("it took 3/4 of the time and/or more", "it took 3/4 of the time and/or more"),
    ],
)
def test_folders_are_taken_out_and_addresses_stay(text: str, shown: str) -> None:
    assert without_folders(text, Path("/home/ann/My shows")) == shown
