"""One request at a time for each host, and a pause between two."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from audio.web.host_turns import host_turn
from podcast.errors import BadInputError, StorageError

HERE = "https://host.example/a"


def test_the_next_turn_at_a_host_waits_for_the_pause(tmp_path: Path) -> None:
    with host_turn(tmp_path, HERE, 60):  # the first does not wait
        began = time.time()
    with host_turn(tmp_path, "https://HOST.example/b?c", 0.3):
        waited = time.time() - began

    assert 0.29 < waited < 60


def test_another_host_is_asked_at_once_and_meanwhile(tmp_path: Path) -> None:
    with host_turn(tmp_path, HERE, 60), host_turn(tmp_path, "https://other.example", 60):
        pass
    with host_turn(tmp_path, "https://host.example:8443/a", 60):
        pass


def test_threads_ask_a_host_one_after_the_other(tmp_path: Path) -> None:
    inside, most = 0, 0

    def ask() -> None:
        nonlocal inside, most
        with host_turn(tmp_path, HERE, 0):
            inside += 1
            most = max(most, inside)
            time.sleep(0.02)
            inside -= 1

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == 1


def test_a_process_that_dies_gives_its_turn_back(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from audio.web.host_turns import host_turn\n"
        "with host_turn(Path(sys.argv[1]), sys.argv[2], 0): os._exit(9)"
    )
    died = subprocess.run([sys.executable, "-c", program, tmp_path, HERE], check=False, timeout=60)
    assert died.returncode == 9

    with host_turn(tmp_path, HERE, 0):
        pass


def test_a_turn_ends_also_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), host_turn(tmp_path, HERE, 0):
        raise ZeroDivisionError

    with host_turn(tmp_path, HERE, 0):
        pass


def test_what_cannot_be_asked_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError), host_turn(tmp_path, "host.example", 0):
        pass
    (tmp_path / "file").touch()
    with (
        pytest.raises(StorageError, match="cannot be written"),
        host_turn(tmp_path / "file", HERE, 0),
    ):
        pass
