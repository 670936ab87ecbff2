"""What a cancelled run has not finished is cancelled, and nothing else is."""

import pytest
from prefect import flow, task
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import FlowRun, State
from prefect.states import Cancelling, Completed, Crashed, Failed, Running, Scheduled

from flows.runs.cancelled_tasks import cancel_tasks

pytestmark = pytest.mark.usefixtures("prefect")

STATES = (Completed, Failed, Crashed, Running, Scheduled)


@flow
def of_five() -> None:
    """Stand for a run with five tasks."""


@task
def one_of_five() -> None:
    """Stand for one."""


@pytest.mark.parametrize(
    ("state", "ends"),
    [
        (Cancelling(), ["Completed", "Failed", "Cancelled", "Cancelled", "Cancelled"]),
        (Running(), ["Completed", "Failed", "Crashed", "Running", "Scheduled"]),
    ],
)
def test_what_a_cancelled_run_has_not_finished_is_cancelled(
    state: State[None], ends: list[str]
) -> None:
    with get_client(sync_client=True) as client:
        run = client.create_flow_run(of_five, state=state)
        begin_tasks(client, run)

        cancel_tasks(of_five, run, state)

        assert states_of_tasks(client, run) == ends


def begin_tasks(client: SyncPrefectClient, run: FlowRun) -> None:
    for number, state in enumerate(STATES):
        client.create_task_run(one_of_five, run.id, str(number), state=state())


def states_of_tasks(client: SyncPrefectClient, run: FlowRun) -> list[str | None]:
    wanted = FlowRunFilter(id=FlowRunFilterId(any_=[run.id]))
    tasks = client.read_task_runs(flow_run_filter=wanted)
    return [t.state_name for t in sorted(tasks, key=lambda t: t.dynamic_key)]
