"""The Dask cluster that the settings name, for batches of episodes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prefect.task_runners import TaskRunner

from podcast.errors import BadInputError, NetworkError

LOCAL = "local:"
"""With a number behind it: a cluster of so many processes on this machine, for one run only."""

PATIENCE = 30
"""Seconds in which a scheduler must answer and have a worker."""


@contextmanager
def started_runner(where: str) -> Iterator[TaskRunner[Any]]:
    """Return what runs tasks, ready to take them.

    Args:
        where: Address of a Dask scheduler, or `local:N` for N processes.

    Raises:
        BadInputError: It is neither.
        NetworkError: The scheduler cannot be reached, or has no worker.
    """
    with _runner(where) as runner:
        _wait_for_worker(runner, where)
        yield runner


def _runner(where: str) -> TaskRunner[Any]:
    from prefect_dask.task_runners import DaskTaskRunner

    number = where.removeprefix(LOCAL)
    if where.startswith(LOCAL) and number.isdecimal() and int(number):
        processes = {"n_workers": int(number), "threads_per_worker": 1}
        return DaskTaskRunner(cluster_kwargs={**processes, "dashboard_address": None})
    if where.startswith(("tcp://", "tls://")):
        return DaskTaskRunner(address=where, client_kwargs={"timeout": PATIENCE})
    raise BadInputError(
        f"INTERLINEAR_DASK is {where!r}, which is no cluster. Give the address of a scheduler, "
        "such as tcp://scheduler:8786, or local:4 for four processes on this machine."
    )


def _wait_for_worker(runner: TaskRunner[Any], where: str) -> None:
    """Without a worker, tasks would wait without end and without a word."""
    try:
        client: Any = runner.client  # type: ignore[attr-defined]  # Dask's; this connects
        client.wait_for_workers(1, timeout=PATIENCE)
    except (OSError, TimeoutError) as error:
        raise NetworkError(
            f"The Dask cluster {where} does not answer, or has no worker: {error}. "
            "Start `dask scheduler` and `dask worker`, or unset INTERLINEAR_DASK."
        ) from error
