"""The place among the calls of models is held by one process at a time, and given back."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate
from prefect.settings import PREFECT_API_URL

from flows.models.limits import time_for_rows, time_for_sound
from flows.settings import ROOT, settings

HOLDER = """
import sys
from flows.models.limits import model_place
for _ in range(2):
    with model_place(), open(sys.argv[1], "a", buffering=1) as noted:
        noted.write(f"in {sys.argv[2]}\\n")
        noted.write(f"out {sys.argv[2]}\\n")
"""


@pytest.fixture
def _limit(prefect: None) -> Iterator[None]:
    limit = GlobalConcurrencyLimitCreate(name=settings().models_limit, limit=1)
    with get_client(sync_client=True) as client:
        client.create_global_concurrency_limit(limit)
        yield
        client.delete_global_concurrency_limit_by_name(settings().models_limit)


@pytest.mark.usefixtures("_limit")
@pytest.mark.slow
def test_two_processes_never_hold_it_at_once(tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    environment = os.environ | {"PREFECT_API_URL": str(PREFECT_API_URL.value())}

    holders = [
        subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(noted), name], cwd=ROOT, env=environment
        )
        for name in ("one", "two")
    ]

    assert [holder.wait(timeout=120) for holder in holders] == [0, 0]
    lines = noted.read_text(encoding="utf-8").split("\n")[:-1]
    assert sorted(lines) == sorted(2 * ["in one", "out one", "in two", "out two"])
    for entered, left in zip(lines[::2], lines[1::2], strict=True):
        assert (entered.split()[0], left) == ("in", f"out {entered.split()[1]}")


def test_a_stage_may_take_longer_for_longer_sound() -> None:
    assert time_for_sound(3600) - time_for_sound(0) == 20 * 3600
    assert time_for_rows(100) == time_for_sound(300)
