"""What is learnt of how fast this machine works; that it is learnt is in test_terminal.py."""

from pathlib import Path

import pytest

from flows.cli.pace import Pace, length
from flows.parameters import Models
from flows.runs.stage_progress import Progress, WorkTimes
from flows.settings import settings
from podcast.language import Language

PACE = Pace(Models(preset="demo"), (Language.KO,))


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INTERLINEAR_CACHE", str(tmp_path))
    settings.cache_clear()


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"a": "x"}', '{"a": null}'])
def test_a_damaged_file_of_paces_is_as_good_as_none(content: str) -> None:
    (settings().cache / "pace.json").write_text(content, encoding="utf-8")

    assert "How long that takes" in PACE.forecast(600.0)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (9.4, "9 seconds"),
        (89, "89 seconds"),
        (90, "2 minutes"),
        (3600, "60 minutes"),
        (9000, "2.5 hours"),
    ],
)
def test_a_length_is_written_as_a_person_says_it(seconds: float, said: str) -> None:
    assert length(seconds) == said


def test_a_cache_that_cannot_be_written_fails_no_run_that_has_published(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("INTERLINEAR_CACHE", str(tmp_path / "file"))
    settings.cache_clear()
    times = WorkTimes()
    for stage in ("segment", "transcribe", "translate ko"):
        times(Progress(stage, 1.0, None, 10.0))

    PACE.learn(600.0, times)
