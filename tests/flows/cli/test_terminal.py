"""What a run shows: bars in a terminal, lines at the start and the end of a stage elsewhere."""

import io
import logging
from pathlib import Path

import pytest
from rich.console import Console

from flows.cli.pace import Pace
from flows.cli.terminal import showing_progress
from flows.parameters import Models
from flows.runs import stage_progress
from flows.runs.stage_progress import listening, stage
from flows.settings import settings
from podcast.language import Language
from podcast.timeline import Span

log = logging.getLogger("tests.progress")
PACE = Pace(Models(preset="demo"), (Language.KO,))


class Clock:
    """Says what time it is, as tests want it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(stage_progress, "time", clock)
    return clock


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INTERLINEAR_CACHE", str(tmp_path))
    settings.cache_clear()


def work(clock: Clock) -> None:
    """Ten minutes of talk whose models load for 12 s, and which takes 5 minutes then."""
    with stage("segment", log, seconds=600.0, loads=True) as report:
        clock.wait(12)
        report(0.0)
        for fraction in (0.25, 1.0):
            clock.wait(60)
            report(fraction)
    with stage("transcribe", log, seconds=600.0, loads=True) as report:
        report(0.0)
        clock.wait(170)
        report(1.0)
    with stage("translate ko", log, loads=True) as report:
        report(0.0)
        clock.wait(10)


def shown(clock: Clock, width: int = 0) -> list[str]:
    """Return the lines of a pipe, or of a terminal so wide."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=bool(width), width=width or 100, no_color=True)
    with showing_progress(console, PACE):
        work(clock)
    return out.getvalue().splitlines()


def test_a_pipe_gets_a_line_at_the_start_and_the_end_of_each_stage(clock: Clock) -> None:
    told = [" ".join(line.split()) for line in shown(clock) if "/5" in line]

    assert told == [
        "2/5 segment ...",
        "2/5 segment loaded the voice model in 12 seconds",
        "2/5 segment done in 120.0 s, 5.0x real time",
        "3/5 transcribe ...",
        "3/5 transcribe done in 170.0 s, 3.5x real time",
        "4/5 translate ko ...",
        "4/5 translate ko done in 10.0 s",
    ]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_terminal_gets_a_bar_for_each_stage(clock: Clock, width: int) -> None:
    frames = "\n".join(shown(clock, width))

    assert "2/5 segment" in frames
    assert "4/5 translate ko" in frames
    assert "100 %" in frames


def test_a_bar_says_what_loads_how_fast_it_is_and_what_is_left(clock: Clock) -> None:
    frames = io.StringIO()
    console = Console(file=frames, force_terminal=True, width=120, no_color=True)

    with showing_progress(console, PACE), stage("segment", log, 600.0, loads=True) as report:
        clock.wait(12)
        report(0.0)
        clock.wait(60)
        report(0.25)
        console.print()

    assert "loading the voice model" in frames.getvalue()
    assert "2.5x real time, 3 minutes left" in frames.getvalue()


def test_fetching_is_a_stage_of_its_own_for_an_address() -> None:
    out = io.StringIO()

    with showing_progress(Console(file=out), PACE, fetches=True), stage("decode", log):
        pass

    assert "2/6 decode" in out.getvalue()


def test_a_first_run_says_that_nothing_is_known_and_the_next_how_long_it_takes(
    clock: Clock,
) -> None:
    first, second = shown(clock), shown(clock)

    assert "10 minutes of talk. How long that takes, this machine knows after" in first[0]
    assert second[0] == "10 minutes of talk take about 5 minutes: 2.0x real time"


def test_a_run_that_reused_stages_teaches_nothing(clock: Clock) -> None:
    with showing_progress(Console(file=io.StringIO()), PACE), stage("segment", log, 600.0):
        clock.wait(10)

    assert "How long that takes" in shown(clock)[0]


def test_a_stage_logs_its_quarters_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), stage("transcribe", log, seconds=10.0) as report:
        for percent in range(0, 101, 5):
            report(percent / 100)

    messages = [record.getMessage() for record in caplog.records]
    assert [message.split()[1] for message in messages] == ["25%", "50%", "75%", "100%"]
    assert "x real time" in messages[0]


def test_a_stage_in_parts_is_one_line_and_never_goes_back() -> None:
    out, seen = io.StringIO(), []

    with (
        showing_progress(Console(file=out, force_terminal=False, width=100), PACE),
        listening(lambda step: seen.append(step.fraction)),
    ):
        for part in (Span(0.0, 0.4), Span(0.4, 1.0)):
            with stage("transcribe", log, 60.0, part) as report:
                report(0.5)

    assert out.getvalue().count("done in") == 1
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_stage_that_fails_is_not_shown_as_done() -> None:
    out = io.StringIO()
    console = Console(file=out, force_terminal=False, width=100)

    with (
        pytest.raises(ValueError, match="broken"),
        showing_progress(console, PACE),
        stage("decode", log),
    ):
        raise ValueError("broken")

    assert "done" not in out.getvalue()
