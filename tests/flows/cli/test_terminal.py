"""What a run shows: bars in a terminal, one line for each stage elsewhere."""

import io
import logging

import pytest
from rich.console import Console

from flows.cli.terminal import showing_progress
from flows.runs.stage_progress import listening, stage
from podcast.timeline import Span

log = logging.getLogger("tests.progress")


def run_two_stages(console: Console) -> None:
    with showing_progress(console):
        with stage("diarize", log, seconds=60.0) as report:
            report(0.5)
            report(1.0)
        with stage("translate ko", log):
            pass


def test_a_pipe_gets_one_line_for_each_stage() -> None:
    out = io.StringIO()

    run_two_stages(Console(file=out, force_terminal=False, width=100))

    lines = [line.split() for line in out.getvalue().splitlines()]
    assert [words[0] for words in lines] == ["diarize", "translate"]
    assert lines[0][-5:] == ["s", "of", "sound", "a", "second"]
    assert lines[1][-1] == "s"


def test_a_terminal_gets_a_bar_for_each_stage() -> None:
    out = io.StringIO()

    run_two_stages(Console(file=out, force_terminal=True, width=100))

    assert "diarize" in out.getvalue()
    assert "translate ko" in out.getvalue()
    assert "100 %" in out.getvalue()


def test_a_stage_logs_its_quarters_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), stage("transcribe", log, seconds=10.0) as report:
        for percent in range(0, 101, 5):
            report(percent / 100)

    messages = [record.getMessage() for record in caplog.records]
    assert [message.split()[1] for message in messages] == ["25%", "50%", "75%", "100%"]
    assert "s of sound a second" in messages[0]


def test_a_stage_in_parts_is_one_line_and_never_goes_back() -> None:
    out, seen = io.StringIO(), []

    with (
        showing_progress(Console(file=out, force_terminal=False, width=100)),
        listening(lambda step: seen.append(step.fraction)),
    ):
        for part in (Span(0.0, 0.4), Span(0.4, 1.0)):
            with stage("transcribe", log, 60.0, part) as report:
                report(0.5)

    assert out.getvalue().count("transcribe") == 1
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_stage_that_fails_is_not_shown_as_done() -> None:
    out = io.StringIO()
    console = Console(file=out, force_terminal=False, width=100)

    with (
        pytest.raises(ValueError, match="broken"),
        showing_progress(console),
        stage("decode", log),
    ):
        raise ValueError("broken")

    assert out.getvalue() == ""
