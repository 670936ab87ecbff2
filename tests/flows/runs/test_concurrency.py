"""Who speaks and what is said, heard at the same time: the same page, and one failure ends both."""

from collections.abc import Callable, Iterator
from pathlib import Path
from signal import SIGTERM
from threading import Barrier, Event, current_thread, main_thread
from typing import Any

import pytest
from prefect.exceptions import TerminationSignal

from flows.runs.concurrency import (
    OtherFailedError,
    raise_if_cancelled,
    run_concurrently,
    run_sequentially,
)

WAIT = 60
"""Seconds after which a test that waits for another thread gives up."""


def meeting(barrier: Barrier, value: str) -> Callable[[], str]:
    def work() -> str:
        barrier.wait(WAIT)
        return value

    return work


def test_both_work_at_the_same_time_and_the_other_one_where_signals_arrive() -> None:
    barrier = Barrier(2)
    threads: list[Any] = []

    def other() -> str:
        threads.append(current_thread())
        return meeting(barrier, "words")()

    assert run_concurrently(meeting(barrier, "voices"), other) == ("voices", "words")
    assert threads == [main_thread()]


def failing() -> Any:
    raise ValueError("why")


def until_told(ended: Event) -> Callable[[], None]:
    def work() -> None:
        while not ended.wait(0.01):
            try:
                raise_if_cancelled()
            except OtherFailedError:
                ended.set()
                raise

    return work


@pytest.mark.parametrize("fails_first", [True, False])
def test_a_failure_ends_the_other_and_is_what_is_raised(*, fails_first: bool) -> None:
    ended = Event()
    chains = (failing, until_told(ended)) if fails_first else (until_told(ended), failing)

    with pytest.raises(ValueError, match="why"):
        run_concurrently(*chains)

    assert ended.is_set()


def test_a_run_that_a_signal_ends_waits_for_no_thread() -> None:
    may_end, has_ended = Event(), Event()

    def until_free() -> None:
        may_end.wait(WAIT)
        has_ended.set()

    def ended() -> None:
        raise TerminationSignal(SIGTERM)

    with pytest.raises(TerminationSignal):
        run_concurrently(until_free, ended)

    assert not has_ended.is_set()
    may_end.set()
    assert has_ended.wait(WAIT)


def test_what_comes_after_a_failure_goes_on() -> None:
    with pytest.raises(ValueError, match="why"):
        run_concurrently(failing, failing)

    raise_if_cancelled()
    assert run_sequentially(lambda: 1, lambda: 2) == (1, 2)


@pytest.fixture
def _asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from flows.settings import settings

    monkeypatch.setenv("INTERLINEAR_SIDE_BY_SIDE", "yes")
    settings.cache_clear()
    yield
    settings.cache_clear()


def run(audio: Path, out: Path) -> Path:
    from flows.episode import process_episode
    from flows.parameters import Models

    return process_episode(
        audio=str(audio),
        show="Open Ears",
        title="A title",
        models=Models(preset="demo"),
        out=out,
        languages=["ko"],
        redo_from="diarize",
    )


@pytest.mark.usefixtures("prefect")
def test_the_pages_are_the_same(
    fakes: Any, tone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.settings import settings

    in_turn_pages = run(tone, tmp_path / "in turn")
    barrier = Barrier(2)
    hear, transcribe = fakes.segment_and_embed, fakes.transcribe
    monkeypatch.setattr(fakes, "segment_and_embed", lambda *a: (barrier.wait(WAIT), hear(*a))[1])
    monkeypatch.setattr(fakes, "transcribe", lambda *a: (barrier.wait(WAIT), transcribe(*a))[1])
    monkeypatch.setenv("INTERLINEAR_SIDE_BY_SIDE", "yes")
    settings.cache_clear()

    pages = run(tone, tmp_path / "side by side")

    for name in ("ko.txt", "ko.vtt", "ko.html"):
        assert (pages / name).read_bytes() == (in_turn_pages / name).read_bytes()


@pytest.mark.usefixtures("prefect", "_asked")
@pytest.mark.parametrize(
    ("broken", "left"), [("segment_and_embed", "transcribe"), ("transcribe", "segment_and_embed")]
)
def test_the_stage_beside_a_failed_one_ends_with_its_next_report(
    fakes: Any,
    tone: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    left: str,
) -> None:
    begun, told = Event(), Event()

    def fail(*_: Any) -> None:
        begun.wait(WAIT)
        raise RuntimeError("the power went off")

    def go_on_until_ended(*arguments: Any) -> None:
        begun.set()
        try:
            while not told.wait(0.01):
                arguments[-1](0.5)
        except OtherFailedError:
            told.set()
            raise

    monkeypatch.setattr(fakes, broken, fail)
    monkeypatch.setattr(fakes, left, go_on_until_ended)

    with pytest.raises(RuntimeError, match="power"):
        run(tone, tmp_path / "out")

    assert told.is_set()
    assert fakes.calls == []  # who is who, and every translation, come after both
