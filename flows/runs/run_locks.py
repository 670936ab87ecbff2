"""One run at a time for an episode."""

import hashlib
from asyncio import CancelledError
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
from prefect import get_run_logger
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate
from prefect.concurrency.asyncio import ConcurrencySlotAcquisitionError
from prefect.concurrency.sync import concurrency
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound

from flows.models.deployment import deployment_id
from flows.models.limits import LEASE
from flows.runs.active_runs import living
from flows.settings import settings
from podcast.files.locks import locked, locked_if_free

WAITS = "Another run works on this episode; this one waits for it."


@contextmanager
def only_run_of(folder: Path) -> Iterator[None]:
    """Hold an episode for the length of a run; wait for another run that has it."""
    with living(), _held_on_this_machine(folder), _held_on_all_machines(folder):
        yield


@contextmanager
def _held_on_this_machine(folder: Path) -> Iterator[None]:
    """Hold a lock of the kernel's, which whoever dies lets go."""
    place = place_of(folder)
    with locked_if_free(place) as is_free:
        if is_free:
            yield
            return
    get_run_logger().warning(WAITS)
    with locked(place):
        yield


@contextmanager
def _held_on_all_machines(folder: Path) -> Iterator[None]:
    """Hold a place under a limit of the server that is named after the episode.

    The limit is there only as long as somebody holds it. A run that dies has lost its place after
    a minute; one that cannot renew it is ended, so that there are never two, unless its work is
    done. Only runs of a deployment have a server that other machines know.
    """
    if deployment_id() is None:
        yield
        return
    name, is_done = f"interlinear-episode-{_mark(f'{folder.parent.name}/{folder.name}')}", False
    try:
        with get_client(sync_client=True) as client, ExitStack() as held:
            while not _is_taken(client, name, held):
                pass  # the limit went with the run that held it; the next try makes it anew
            try:
                yield
            except Exception:
                _forget(client, name)
                raise
            is_done = True
            _forget(client, name)  # not if this run is being ended: it may be another's by now
    except (CancelledError, httpx.HTTPError) as error:
        if not is_done:
            raise
        get_run_logger().warning("The place was lost after the work was done: %r", error)


def _forget(client: SyncPrefectClient, name: str) -> None:
    with suppress(ObjectNotFound):
        client.delete_global_concurrency_limit_by_name(name)


def _is_taken(client: SyncPrefectClient, name: str, held: ExitStack) -> bool:
    """Take the only place under a limit, after whoever has it; False if the limit is gone."""
    try:
        if client.read_global_concurrency_limit_by_name(name).active_slots:
            get_run_logger().warning(WAITS)
    except ObjectNotFound:
        with suppress(ObjectAlreadyExists):
            client.create_global_concurrency_limit(GlobalConcurrencyLimitCreate(name=name, limit=1))
    try:
        held.enter_context(concurrency(name, lease_duration=LEASE, strict=True))
    except ConcurrencySlotAcquisitionError:
        return False
    return True


def place_of(folder: Path) -> Path:
    """Return what stands for an episode's folder among the locks of runs."""
    return settings().cache / "runs" / _mark(str(folder.absolute()))


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
