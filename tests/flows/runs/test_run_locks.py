"""A run that has lost its place among all machines is ended, unless its work is done."""

from asyncio import CancelledError
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import pytest
from prefect import flow
from prefect.client.orchestration import SyncPrefectClient

from flows.runs import run_locks
from flows.runs.run_locks import only_run_of

pytestmark = pytest.mark.usefixtures("prefect")

PATIENCE = 30
"""Seconds."""


@pytest.fixture(autouse=True)
def lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server forget who holds the place, as one that is started again may."""
    renew = SyncPrefectClient.renew_concurrency_lease

    def renew_too_late(client: Any, lease_id: UUID, **how_long: float) -> None:
        client.release_concurrency_slots_with_lease(lease_id)
        renew(client, lease_id, **how_long)

    monkeypatch.setattr(SyncPrefectClient, "renew_concurrency_lease", renew_too_late)
    monkeypatch.setattr("prefect.concurrency._leases._RENEWAL_RETRY_BASE_DELAY", 0)
    monkeypatch.setattr(run_locks, "deployment_id", uuid4)


@flow
def work(folder: Path, wait: Callable[[], None]) -> str:
    with only_run_of(folder):
        wait()
    return "published"


def until_ended() -> None:
    for _ in range(10 * PATIENCE):
        sleep(0.1)


def until_done() -> None:
    with suppress(CancelledError):  # as if it came when the last line of the work was done
        until_ended()


def test_a_run_that_lost_its_place_is_ended(tmp_path: Path) -> None:
    with pytest.raises(CancelledError):
        work(tmp_path / "show" / "episode", until_ended)


def test_a_place_that_is_lost_when_all_is_published_changes_nothing(tmp_path: Path) -> None:
    assert work(tmp_path / "show" / "episode", until_done) == "published"
