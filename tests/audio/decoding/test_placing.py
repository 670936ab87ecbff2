"""Silence goes where sound is missing, and nowhere else."""

from collections.abc import Iterable

import pytest

from audio.decoding.matroska import Block
from audio.decoding.placing import SampleClock, place
from podcast.errors import BadInputError

SECOND = 16_000


def test_blocks_without_gaps_stay_as_they_are() -> None:
    assert timeline(blocks((7000, 1), (8000, 1), (9000, 1)), SampleClock()) == [(3, "sound")]


def test_a_late_start_is_padded_once() -> None:
    placed = timeline(blocks((0, 1), (1000, 1)), SampleClock(late=4.0))

    assert placed == [(4, "silence"), (2, "sound")]


def test_times_may_count_from_an_origin_before_the_first_block() -> None:
    placed = timeline(blocks((3000, 1), (4000, 1)), SampleClock(late=1.0, origin_ms=0))

    assert placed == [(4, "silence"), (2, "sound")]


def test_a_gap_in_the_middle_keeps_the_containers_times() -> None:
    placed = timeline(blocks((0, 1), (5000, 2)), SampleClock())

    assert placed == [(1, "sound"), (4, "silence"), (2, "sound")]


def test_rounded_times_make_no_gap() -> None:
    assert timeline(blocks((0, 1), (1025, 1), (2000, 1)), SampleClock()) == [(3, "sound")]


def test_small_gaps_add_up_until_they_count() -> None:
    placed = timeline(blocks((0, 1), (1020, 1), (2040, 1)), SampleClock())

    assert placed == [(2, "sound"), (0.04, "silence"), (1, "sound")]


@pytest.mark.parametrize("time_ms", [0, 500, 1001])
def test_times_that_go_back_take_nothing_away(time_ms: int) -> None:
    placed = timeline(blocks((0, 2), (time_ms, 2), (time_ms + 2000, 2)), SampleClock())

    assert placed == [(6, "sound")]


def test_without_a_clock_frames_follow_on_each_other() -> None:
    placed = timeline(blocks((0, 1), (90_000_000, 1)), SampleClock(is_kept=False))

    assert placed == [(2, "sound")]


@pytest.mark.parametrize("clock", [SampleClock(max_silence=9), SampleClock(late=3, max_silence=12)])
def test_more_silence_than_allowed_is_refused_before_any_is_made(clock: SampleClock) -> None:
    placed = place(blocks((0, 1), (11_000, 1)), clock, "a.mka")

    with pytest.raises(BadInputError, match=r"^a\.mka has a gap of 1\d s .*INTERLINEAR_GAP_LIMIT"):
        [block.data for block in placed]


def test_a_gap_as_long_as_allowed_is_filled_in_small_pieces() -> None:
    placed = list(place(blocks((0, 1), (601_000, 1)), SampleClock(), "a.mka"))

    assert len(placed) == 2 + 600


def blocks(*times: tuple[int, float]) -> Iterable[Block]:
    """Blocks of two channels, each with its time and its seconds."""
    for time_ms, seconds in times:
        yield Block(time_ms, 2, b"\1\1" * 2 * round(seconds * SECOND))


def timeline(given: Iterable[Block], clock: SampleClock) -> list[tuple[float, str]]:
    """How long there is sound and silence, in turn."""
    runs: list[tuple[float, str]] = []
    for block in place(given, clock, "a.mka"):
        kind = "sound" if any(block.data) else "silence"
        seconds = len(block.data) / 4 / SECOND
        if runs and runs[-1][1] == kind:
            runs[-1] = (runs[-1][0] + seconds, kind)
        else:
            runs.append((seconds, kind))
    return runs
