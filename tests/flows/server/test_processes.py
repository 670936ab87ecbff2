"""Processes that outlive the command that started them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.server import processes
from flows.server.processes import Process

pytestmark = pytest.mark.live


@pytest.fixture(autouse=True)
def keep_interrupt_handler() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def start(code: str, folder: Path) -> Process:
    command = (sys.executable, "-c", code)
    return processes.start(command, dict(os.environ), folder / "log", folder)


def wait_for(path: Path) -> str:
    deadline = time.monotonic() + 60
    while not path.exists() or not path.read_text():
        assert time.monotonic() < deadline, f"{path} never came"
        time.sleep(0.01)
    return path.read_text()


def test_a_process_is_stopped_with_what_it_started(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time, pathlib\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'],"
        " start_new_session=True)\n"
        "pathlib.Path('child').write_text(str(child.pid))\n"
        "time.sleep(60)\n"
    )
    process = start(code, tmp_path)
    child = int(wait_for(tmp_path / "child"))

    processes.stop(process, patience=2)

    assert not process.is_alive
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_process_that_ignores_the_signal_is_stopped_by_force(tmp_path: Path) -> None:
    code = (
        "import pathlib, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "pathlib.Path('ready').write_text('yes')\n"
        "time.sleep(60)\n"
    )
    process = start(code, tmp_path)
    wait_for(tmp_path / "ready")

    processes.stop(process, patience=2)

    assert not process.is_alive


def test_a_process_of_the_same_number_that_began_at_another_time_is_left_alone(
    tmp_path: Path,
) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as stranger:
        processes.save(tmp_path / "running.json", {"server": Process(stranger.pid, 1)})

        known = processes.load_alive(tmp_path / "running.json")
        processes.stop(Process(stranger.pid, 1), patience=0)

        assert known == {}
        assert stranger.poll() is None
        stranger.kill()
