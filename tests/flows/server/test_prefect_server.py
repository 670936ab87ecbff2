"""The server of a run: one that does not start is named, and one of our own gets no heartbeats."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS,
    temporary_settings,
)

from flows.server.prefect_server import _run, _wait_for, unwatched
from podcast.errors import SetupError, StorageError

pytestmark = pytest.mark.live


def test_no_heartbeats_go_to_a_server_of_our_own() -> None:
    with temporary_settings({PREFECT_API_URL: None}), unwatched():
        assert PREFECT_FLOWS_HEARTBEAT_FREQUENCY.value() is None
    assert PREFECT_FLOWS_HEARTBEAT_FREQUENCY.value()


def test_a_server_that_is_named_gets_them() -> None:
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:1/api"}):
        sent = PREFECT_FLOWS_HEARTBEAT_FREQUENCY.value()
        assert sent
        with unwatched():
            assert sent == PREFECT_FLOWS_HEARTBEAT_FREQUENCY.value()


def test_a_server_that_does_not_start_is_said_in_one_line_with_its_log(
    tone: Path, tmp_path: Path
) -> None:
    home = tmp_path / "cache" / "prefect"
    home.mkdir(parents=True)
    (home / "prefect.db").write_text("no database\n" * 100)
    command = (Path(sys.executable).with_name("interlinear"), "process", tone)
    named = ("--show", "Open Ears", "--title", "A title", "--models", "demo", "--out", tmp_path)
    places = {"INTERLINEAR_CACHE": str(tmp_path / "cache")}
    alone = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")} | places

    run = subprocess.run((*command, *named), capture_output=True, text=True, env=alone, check=False)

    assert run.returncode == 5
    _, line = run.stderr.splitlines()  # the first says that Prefect is starting
    assert line.startswith(
        f"Error: Prefect's server does not start; {home / 'server.log'} says why"
    )
    assert "file is not a database" in (home / "server.log").read_text()


def test_a_server_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with (
        subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as slow,
        temporary_settings({PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS: 1}),
        pytest.raises(SetupError, match=r"not there after 1 s; .*server\.log"),
    ):
        _wait_for("http://127.0.0.1:9/api", slow, tmp_path)


def test_a_folder_of_prefect_s_that_cannot_be_written_is_named() -> None:
    with pytest.raises(StorageError, match="/proc/none cannot be written"):
        _run(4200, Path("/proc/none"))
