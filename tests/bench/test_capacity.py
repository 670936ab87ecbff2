"""The figures of docs/capacity.md can be made again, and the queue behind them behaves like one."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench import fleet
from bench.capacity import core_table, hours_a_day, stage_table
from bench.costs import StageCosts, load_costs
from bench.fleet import growth_table, simulate
from bench.fleet_pieces import load_pieces

COSTS = StageCosts("a machine", decode=5, diarize=500, transcribe=400, translate=90, write=5)


def test_what_was_measured_can_be_read_and_is_shown_whole() -> None:
    costs = load_costs()

    assert f"| all | {costs.total:.0f} | 100% |" in stage_table(costs)
    assert growth_table([10, 100], costs, load_pieces()).count("\n") == 12


def test_cores_add_up() -> None:
    assert hours_a_day(86_400 * 0.8) == 1
    assert "| 1 | 69 |" in core_table(COSTS)
    assert "| 2 | 138 |" in core_table(COSTS)
    assert "| 1 | 35 |" in core_table(replace(COSTS, diarize=1500))


def test_with_places_enough_an_episode_waits_for_the_poll_and_its_own_work_only() -> None:
    waited = simulate(n_shows=50, workers=50, service=60, duration=fleet.WEEK)

    assert 0.4 < waited.median < 0.7
    assert waited.late < 1.2


def test_with_too_few_places_the_queue_grows() -> None:
    hours = 50 * fleet.MEDIAN / 3600
    service = fleet.WEEK / hours  # the one place is busy all week with half of the work or less

    waited = simulate(n_shows=100, workers=1, service=service, duration=fleet.WEEK)

    assert waited.use > 0.95
    assert waited.left > 30


@pytest.mark.parametrize("shows", [[1], [10, 100, 1_000]])
def test_the_table_has_a_column_for_each_number_of_shows(shows: list[int]) -> None:
    lines = growth_table(shows, COSTS, load_pieces()).splitlines()

    assert {line.count("|") for line in lines} == {len(shows) + 2}


def test_the_page_shows_what_the_scripts_print() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "capacity.md").read_text("utf-8")
    costs = load_costs()

    assert stage_table(costs) in page
    assert core_table(costs) in page
    assert growth_table([100, 1_000, 10_000], costs, load_pieces()) in page
