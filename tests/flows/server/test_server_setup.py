"""What `interlinear up` and `interlinear down` do on a server."""

from uuid import UUID

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.states import Completed, Running

from flows.server.server_setup import end_runs, join, limit_episodes
from flows.server.workers import local_worker
from flows.settings import settings

pytestmark = pytest.mark.usefixtures("prefect")


@flow
def anything() -> None:
    pass


@pytest.mark.parametrize(
    ("worker", "state"), [(local_worker(), "Crashed"), ("another machine", "Running")]
)
def test_only_the_runs_of_the_worker_that_was_stopped_are_marked(worker: str, state: str) -> None:
    with get_client(sync_client=True) as client:
        run = client.create_flow_run(anything, state=Running())
        client.update_flow_run_labels(run.id, {"prefect.worker.name": worker})

        end_runs(client)

        assert client.read_flow_run(run.id).state_name == state


@flow(name="process-episode")
def processing() -> None:
    pass


def test_a_run_that_must_wait_is_not_given_to_any_worker() -> None:
    with get_client(sync_client=True) as client:
        join(client, "one")
        flow_id = client.create_flow(processing)
        place = {"work_pool_name": "one", "work_queue_name": "gpu"}
        deployment = client.create_deployment(flow_id, name="process-episode", **place)
        limit_episodes(client, 1)
        first, second = (client.create_flow_run_from_deployment(deployment) for _ in range(2))

        def handed_out() -> list[UUID]:
            return [
                given.flow_run.id for given in client.get_scheduled_flow_runs_for_work_pool("one")
            ]

        assert len(handed_out()) == 1
        client.set_flow_run_state(first.id, Running(), force=True)
        assert handed_out() == []
        client.set_flow_run_state(first.id, Completed(), force=True)
        assert handed_out() == [second.id]


@pytest.mark.parametrize(("side_by_side", "places"), [("yes", 2), ("no", 1)])
def test_a_machine_has_a_place_for_each_model_that_works_at_the_same_time(
    monkeypatch: pytest.MonkeyPatch, side_by_side: str, places: int
) -> None:
    monkeypatch.setenv("INTERLINEAR_SIDE_BY_SIDE", side_by_side)
    monkeypatch.setenv("INTERLINEAR_MODELS_LIMIT", f"models of a machine that says {side_by_side}")
    settings.cache_clear()
    with get_client(sync_client=True) as client:
        join(client, "local")

        limit = client.read_global_concurrency_limit_by_name(settings().models_limit)

    assert limit.limit == places
