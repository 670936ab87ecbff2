"""What a Prefect server must hold before runs start: pools, limits, and watches over runs.

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
from flows.settings import NO_LIMIT, settings

ENDS = tuple(f"prefect.flow-run.{end}" for end in ("Completed", "Failed", "Cancelled", "Crashed"))
HEARTBEAT_EVENT = "prefect.flow-run.heartbeat"
STARTS_IN = 1800
"""Seconds from a worker to a run's first step; a node with a GPU may have to be started first."""


def prepare(client: SyncPrefectClient) -> None:
    """Make what is missing, and the deployments; what else is changed in the UI stays."""
    join(client, settings().gpu_pool)
    join(client, settings().cpu_pool)
    for watch in (_watch_lives(), _watch_starts()):
        if not client.read_automations_by_name(watch.name):
            watch.create()
    _deploy()
    limit_episodes(client, settings().episodes_at_once)


def join(client: SyncPrefectClient, pool: str) -> None:
    """Make what is missing for a machine that takes its runs from a pool."""
    with suppress(ObjectAlreadyExists):
        client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
    _limit_models(client, settings().models_limit)
    if address := settings().results_address:
        # Without keys: each machine has its own in its environment.
        RemoteFileSystem(basepath=address).save(block_name(address), overwrite=True)


def _limit_models(client: SyncPrefectClient, name: str) -> None:
    if name == NO_LIMIT:
        return
    try:
        client.read_global_concurrency_limit_by_name(name)
    except ObjectNotFound:
        places = 2 if overlaps() else 1
        limit = GlobalConcurrencyLimitCreate(name=name, limit=places)
        client.create_global_concurrency_limit(limit)


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


def limit_episodes(client: SyncPrefectClient, limit: int) -> None:
    """Let machines process so many episodes at the same time; the others wait in their queue.

    A limit of the deployment would do the same, but workers would fetch and put back each run that
    waits, and say so in its log, every few seconds.
    """
    deployment = client.read_deployment_by_name("process-episode/process-episode")
    if queue := deployment.work_queue_id:
        client.update_work_queue(queue, concurrency_limit=limit)


def _watch_lives() -> Automation:
    return _watch(
        "interlinear: a run without a sign of life has crashed",
        {HEARTBEAT_EVENT},
        {HEARTBEAT_EVENT, *ENDS},
        3 * HEARTBEAT,
        "No sign of life. Retry the run; finished stages are kept.",
    )


def _watch_starts() -> Automation:
    return _watch(
        "interlinear: a run that was sent to a worker and does not start has crashed",
        {"prefect.flow-run.Pending"},
        {"prefect.flow-run.Running", "prefect.flow-run.AwaitingConcurrencySlot", *ENDS},
        STARTS_IN,
        "Its worker died, or has no machine for it, before it began. Retry the run.",
    )


def _watch(name: str, after: set[str], expect: set[str], seconds: int, message: str) -> Automation:
    return Automation(
        name=name,
        description="Without this, a run whose worker dies keeps its state and its place for ever.",
        trigger=EventTrigger(
            after=after,
            expect=expect,
            match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=timedelta(seconds=seconds),
        ),
        actions=[
            ChangeFlowRunState(name=None, force=False, state=StateType.CRASHED, message=message)
        ],
    )


if __name__ == "__main__":
    commands: dict[str, Callable[..., None]]
    commands = {"prepare": prepare, "join": join, "end-runs": end_runs}
    with get_client(sync_client=True) as connected:
        commands[sys.argv[1]](connected, *sys.argv[2:])
