"""What `interlinear up` and `interlinear down` do on a server."""

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.states import Running

from flows.server_setup import end_runs
from flows.workers import local_worker

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
