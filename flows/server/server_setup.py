"""What a Prefect server must hold before runs start: pools, limits, and a watch over runs.

Run as `python -m flows.server.server_setup` and one of the commands at the end, with the server
in the environment.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from prefect.automations import Automation
from prefect.cli import app
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import (
    DeploymentUpdate,
    GlobalConcurrencyLimitCreate,
    WorkPoolCreate,
)
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.filesystems import RemoteFileSystem
from prefect.states import Crashed

from flows.models.device import overlaps
from flows.server.workers import HEARTBEAT, block_name, local_worker
from flows.settings import settings

WATCH = "interlinear: a run without a sign of life has crashed"
ENDS = ("Completed", "Failed", "Cancelled", "Crashed")
HEARTBEAT_EVENT = "prefect.flow-run.heartbeat"


def prepare(client: SyncPrefectClient) -> None:
    """Make what is missing, and the deployments; what else is changed in the UI stays."""
    join(client, settings().gpu_pool)
    join(client, settings().cpu_pool)
    if not client.read_automations_by_name(WATCH):
        _watch().create()
    _deploy()
    _allow_more(client)


def join(client: SyncPrefectClient, pool: str) -> None:
    """Make what is missing for a machine that takes its runs from a pool."""
    with suppress(ObjectAlreadyExists):
        client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
    name = settings().models_limit
    try:
        client.read_global_concurrency_limit_by_name(name)
    except ObjectNotFound:
        places = 2 if overlaps() else 1
        limit = GlobalConcurrencyLimitCreate(name=name, limit=places)
        client.create_global_concurrency_limit(limit)
    if address := settings().results_address:
        # Without keys: each machine has its own in its environment.
        RemoteFileSystem(basepath=address).save(block_name(address), overwrite=True)


def end_runs(client: SyncPrefectClient) -> None:
    """Mark runs as crashed that cannot run any more, since the worker of `up` was stopped."""
    running = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
    among = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=running)))
    for run in client.read_flow_runs(flow_run_filter=among):
        if run.labels.get("prefect.worker.name", local_worker()) != local_worker():
            continue  # another machine's, whose worker goes on
        message = "The worker was stopped. Retry the run; finished stages are kept."
        client.set_flow_run_state(run.id, Crashed(message=message), force=True)


def _deploy() -> None:
    """Do what `prefect deploy --all` does, without the seconds that another Python takes."""
    sys.argv = ["prefect", "--no-prompt", "deploy", "--all"]  # which is all that it reads
    try:
        app()
    except SystemExit as ended:
        if ended.code:
            raise


def _allow_more(client: SyncPrefectClient) -> None:
    """Let machines process several episodes at the same time.

    `prefect deploy` takes a number from prefect.yaml only, which is that of one machine.
    """
    if settings().episodes_at_once == 1:
        return
    deployment = client.read_deployment_by_name("process-episode/process-episode")
    changed = DeploymentUpdate(concurrency_limit=settings().episodes_at_once)
    client.update_deployment(deployment.id, changed)


def _watch() -> Automation:
    return Automation(
        name=WATCH,
        description="Without this, a run whose machine or worker dies stays Running for ever.",
        trigger=EventTrigger(
            after={HEARTBEAT_EVENT},
            expect={HEARTBEAT_EVENT, *(f"prefect.flow-run.{end}" for end in ENDS)},
            match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=timedelta(seconds=3 * HEARTBEAT),
        ),
        actions=[
            ChangeFlowRunState(
                name=None,
                force=False,
                state=StateType.CRASHED,
                message="No sign of life. Retry the run; finished stages are kept.",
            )
        ],
    )


if __name__ == "__main__":
    commands: dict[str, Callable[..., None]]
    commands = {"prepare": prepare, "join": join, "end-runs": end_runs}
    with get_client(sync_client=True) as connected:
        commands[sys.argv[1]](connected, *sys.argv[2:])
