"""Of which deployment a run is."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from prefect import flow, task
from prefect.client.orchestration import get_client
from prefect.flow_engine import run_flow
from prefect.runtime import deployment

from flows.models.deployment import deployment_id


@task
def told_to_a_task() -> str | None:
    return deployment_id()


@flow
def asks_twice() -> tuple[str | None, str | None]:
    return deployment_id(), told_to_a_task()


async def ordered() -> tuple[UUID, Any]:
    """Deploy the flow and order a run of it."""
    async with get_client() as client:
        flow_id = await client.create_flow(asks_twice)
        deployed = await client.create_deployment(flow_id, "a deployment")
        return deployed, await client.create_flow_run_from_deployment(deployed)


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count who asks the server for a deployment."""
    questions: list[str] = []
    monkeypatch.setitem(deployment.FIELDS, "id", lambda: questions.append("asked"))
    return questions


@pytest.mark.usefixtures("prefect_server")
def test_a_run_and_its_tasks_know_their_deployment_without_asking(asked: list[str]) -> None:
    deployed, run = asyncio.run(ordered())

    assert run_flow(asks_twice, flow_run=run) == (str(deployed), str(deployed))
    assert not asked


@pytest.mark.usefixtures("prefect_server")
def test_a_run_that_was_called_is_of_no_deployment() -> None:
    assert asks_twice() == (None, None)


def test_a_call_outside_of_runs_is_of_no_deployment() -> None:
    assert deployment_id() is None
