"""Runs of their own for episodes: start one through a deployment, and learn later how it ended."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas import FlowRun
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import StateType
from prefect.deployments import run_deployment
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

from flows.shows.show_plan import AttemptResult, ended
from flows.shows.show_state import SeenEpisode, Status
from podcast.errors import BadInputError, NetworkError, SetupError

LARGEST = 524_288
"""Bytes of parameters that Prefect's server takes."""
AT_ONCE = 200
"""Runs that the server tells of in one answer."""


def start_run(deployment: str, parameters: Mapping[str, Any], key: str, show: str) -> str:
    """Start a run for an episode, and do not wait for it.

    Args:
        deployment: Flow and deployment, such as "process-episode/process-episode".
        parameters: Of the run, as JSON has them.
        key: Of two runs with the same key the second is the first.
        show: Name of the show file, by which the UI finds its runs.

    Returns:
        The run's id.

    Raises:
        BadInputError: The deployment does not take these parameters.
        SetupError: There is no such deployment.
        NetworkError: Prefect's server failed.
    """
    size = len(json.dumps(parameters).encode())
    if size > LARGEST:
        raise BadInputError(
            f"A run takes {LARGEST:,} bytes of parameters, and these are {size:,}. "
            "Shorten the show file."
        )
    try:
        run = cast(
            "FlowRun",  # a coroutine is for callers that are one
            run_deployment(
                deployment,
                parameters=dict(parameters),
                flow_run_name=f"{parameters['show']}: {parameters['title']}",
                timeout=0,
                tags=[show],
                idempotency_key=hashlib.sha256(key.encode()).hexdigest(),
                as_subflow=False,  # the poll ends, the episode goes on
            ),
        )
    except ObjectNotFound as error:
        raise SetupError(
            f"There is no deployment {deployment}. `make up` makes process-episode/process-episode."
        ) from error
    except PrefectHTTPStatusError as error:
        if error.response.is_server_error:
            raise NetworkError(f"Prefect's server failed: {error}. Poll again later.") from error
        raise BadInputError(f"{deployment} does not take this episode: {error}") from error
    return str(run.id)


def settled(seen: Mapping[str, SeenEpisode], tries: int) -> dict[str, SeenEpisode]:
    """Note how the runs ended that earlier polls have started.

    Args:
        seen: Guid -> episode.
        tries: How often one is begun before it is given up.
    """
    begun = {
        guid: episode.run for guid, episode in seen.items() if episode.status == Status.STARTED
    }
    runs = {str(run.id): run for run in _runs(list(begun.values()))}
    after = dict(seen)
    for guid, id_ in begun.items():
        outcome = _outcome(runs.get(id_))
        if outcome is not None:
            after[guid] = ended(seen[guid], outcome, tries)
    return after


def _outcome(run: FlowRun | None) -> AttemptResult | None:
    """Say how a run ended; None while it has not."""
    if run is None or run.state is None:
        return AttemptResult("Prefect's server does not know its run any more.")
    if not run.state.is_final():
        return None
    match run.state.type:
        case StateType.COMPLETED:
            return AttemptResult()
        case StateType.CANCELLED:
            return AttemptResult("Its run was cancelled.", is_final=True)
        case _:
            return AttemptResult(run.state.message or run.state.name or "Its run failed.")


def _runs(ids: Sequence[str]) -> Iterator[FlowRun]:
    with get_client(sync_client=True) as client:
        for first in range(0, len(ids), AT_ONCE):
            some = [UUID(id_) for id_ in ids[first : first + AT_ONCE]]
            wanted = FlowRunFilter(id=FlowRunFilterId(any_=some))
            yield from client.read_flow_runs(flow_run_filter=wanted, limit=AT_ONCE)
