"""Of which deployment a run is does not change while it runs."""

import pytest
from prefect import flow
from prefect.runtime import deployment

from flows.deployment import deployment_id


def test_each_run_asks_once_for_its_deployment(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask() -> str:
        asked.append("asked")
        return f"deployment {len(asked)}"

    monkeypatch.setitem(deployment.FIELDS, "id", ask)

    @flow
    def asks_twice() -> list[str | None]:
        return [deployment_id(), deployment_id()]

    assert [asks_twice() for _ in range(2)] == [["deployment 1"] * 2, ["deployment 2"] * 2]


def test_a_call_outside_of_runs_is_of_no_deployment() -> None:
    assert deployment_id() is None
