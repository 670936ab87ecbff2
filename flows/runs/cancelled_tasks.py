"""The tasks of a run that is cancelled: Prefect says that they crashed, or leaves them running."""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

import httpx
from prefect import runtime
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    TaskRunFilter,
    TaskRunFilterState,
    TaskRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import TerminationSignal
from prefect.states import Cancelled

P = ParamSpec("P")
R = TypeVar("R")

UNFINISHED = [StateType.PENDING, StateType.SCHEDULED, StateType.RUNNING, StateType.CRASHED]
MESSAGE = "Its run was cancelled."


class _NoCrash(logging.Filter):
    """Drops what Prefect logs of a task whose run is ended: the run says why it was."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "aborted by a termination signal" not in record.getMessage()


_NO_CRASH = _NoCrash()


def cancelling_tasks(work: Callable[P, R]) -> Callable[P, R]:
    """Let the task at work be cancelled as soon as its flow is, and have no crash in the log."""

    @wraps(work)
    def run(*arguments: P.args, **named: P.kwargs) -> R:
        logging.getLogger("prefect.task_runs").addFilter(_NO_CRASH)
        try:
            return work(*arguments, **named)
        except TerminationSignal:
            with suppress(httpx.HTTPError):  # `cancel_tasks` comes later
                _cancel_tasks_of(UUID(runtime.flow_run.id))
            raise

    return run


def cancel_tasks(flow: object, flow_run: FlowRun, state: object) -> None:  # noqa: ARG001  Prefect's
    """Let tasks be cancelled that the server did not know yet, or whose process had to be killed.

    Prefect calls this in a process of its own, when that of the run has ended.
    """
    _cancel_tasks_of(flow_run.id)


def _cancel_tasks_of(run: UUID) -> None:
    """Let all that a run has not finished be cancelled, if the run is."""
    unfinished = TaskRunFilterState(type=TaskRunFilterStateType(any_=UNFINISHED))
    with get_client(sync_client=True) as client:
        state = client.read_flow_run(run).state
        if state is None or not state.is_cancelling():
            return
        for task in client.read_task_runs(
            flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run])),
            task_run_filter=TaskRunFilter(state=unfinished),
        ):
            client.set_task_run_state(task.id, Cancelled(message=MESSAGE), force=True)
