"""Two machines do the work of one server, which keeps its data in PostgreSQL.

Each works where `flows.server.pull_step` says that its code lies.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.timeout(600)  # the first one starts everything

WAITS = "Another run works on this episode; this one waits for it."
EPISODE = {
    "show": "Open Ears",
    "title": "On two machines",
    "languages": ["ko"],
    "models": {"preset": "demo"},
}


@pytest.fixture(scope="session")
def both(machines: Any, host: Any, cut: Callable[..., Path]) -> list[str]:
    """Run an episode on one machine, and while it runs on another."""
    host.files["/machines.mp3"] = cut("machines.mp3").read_bytes()
    host.held.add("/machines.mp3")
    audio = f"{host.url}/machines.mp3"
    first = machines.send("process-episode", audio=audio, **EPISODE)
    _wait(lambda: "/machines.mp3" in host.asked)
    second = machines.send("process-episode", "cpu", audio=audio, **EPISODE)
    _wait(lambda: WAITS in machines.prefect.log(second))
    host.held.clear()
    for run in (first, second):
        machines.prefect.wait(run, "Completed")
    return [first, second]


def _wait(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 240
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_run_lands_on_the_machine_that_takes_from_its_queue(
    machines: Any, both: list[str]
) -> None:
    assert [machines.worker_of(run) for run in both] == ["one", "two"]


def test_two_machines_never_work_on_an_episode_at_the_same_time(
    machines: Any, both: list[str]
) -> None:
    first, second = (machines.prefect.log(run) for run in both)

    assert WAITS not in first
    assert second.index(WAITS) < next(i for i, line in enumerate(second) if "decode" in line)


def test_a_machine_takes_the_stages_that_another_has_finished(
    machines: Any, both: list[str]
) -> None:
    first, second = (machines.prefect.log(run) for run in both)

    assert any("reused: nothing; made: segment, cluster, transcribe" in line for line in first)
    assert any("reused: segment, cluster, transcribe" in line for line in second)
    assert any("made: nothing" in line for line in second)


def test_nothing_of_a_finished_episode_stays_among_the_limits(
    machines: Any, both: list[str]
) -> None:
    limits = machines.prefect.call("POST", "/v2/concurrency_limits/filter", {})

    names = {limit["name"] for limit in limits}
    assert {f"models-of-{name}" for name in machines.workers} < names
    assert not [name for name in names if name.startswith("interlinear-episode-")]


def test_work_without_models_goes_to_the_machines_for_it(machines: Any, both: list[str]) -> None:
    page = machines.published / "open-ears" / "on-two-machines" / "ko.html"
    page.unlink()

    run = machines.send("rerender")
    machines.prefect.wait(run, "Completed")

    assert machines.worker_of(run) == "three"
    assert page.exists()


def test_the_database_is_known_to_the_server_only(machines: Any) -> None:
    for machine in machines.workers.values():
        assert not [n for n in machine.environment() if "DATABASE" in n]


def test_no_secret_is_in_the_database_the_settings_or_the_logs(
    machines: Any, postgres: Any, both: list[str]
) -> None:
    secrets = ("of-the-database", "of-the-object-storage", machines.prefect.password.split(":")[1])
    logs = [*machines.prefect.home.glob("*.log"), *(m.log for m in machines.workers.values())]
    written = {str(log): log.read_text() for log in logs}
    written["database"] = postgres.dump("prefect")
    written["settings"] = str(machines.prefect.call("GET", "/admin/settings"))

    assert "process-episode" in written["database"]
    assert [name for name, text in written.items() for s in secrets if s in text] == []
