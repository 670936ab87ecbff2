"""A process (`flows.models.model_host`) holds models from run to run, and ends with its asker."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from flows.models import host_client, host_sockets
from flows.models.host_client import call_host
from flows.models.host_sockets import end_idle_hosts, folder_of_hosts, free_place, log_of
from flows.settings import ROOT, settings
from podcast.errors import BadInputError, ModelHostError, TimeLimitError

pytestmark = pytest.mark.live

WORK = """
import hashlib, logging, os, time
from podcast.errors import BadInputError

def pid(report): return os.getpid()
def other(report): return os.getpid()
def halves(report): report(0.5); report(1.0); return "done"
def complain(report): raise BadInputError("no")
def odd(report):
    class Odd(Exception): pass
    raise Odd("cannot be sent")
def warn(report): logging.getLogger("speech.test").warning("listen to %s", "this")
def network(report): raise ConnectionResetError("of the work, not of the host")
def die(report): os.kill(os.getpid(), 9)
def native(path, report):
    with open(path, "w") as file: file.write(str(os.getpid()))
    hashlib.pbkdf2_hmac("sha256", b"a", b"b", 2_000_000_000)
"""
"""What hosts are asked to do here instead of models: `native` is a call that nothing interrupts."""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    name = f"host_work_{tmp_path.name}"
    (tmp_path / f"{name}.py").write_text(WORK, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("INTERLINEAR_DATA", str(tmp_path))  # makes hosts of this test's own
    monkeypatch.setattr(host_sockets.tempfile, "gettempdir", lambda: str(tmp_path))
    yield import_module(name)
    end_idle_hosts(folder_of_hosts(os.environ))
    settings.cache_clear()


def ask(work: Callable[..., Any], *arguments: Any, limit: float = 60) -> Any:
    return call_host(work, arguments, lambda _: None, limit)


def is_alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def wait_until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_one_process_does_all_calls(work: Any) -> None:
    first = ask(work.pid)

    assert first != os.getpid()
    assert ask(work.pid) == first


def test_what_it_says_on_the_way_arrives(work: Any, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[float] = []

    assert call_host(work.halves, (), heard.append, 60) == "done"
    ask(work.warn)

    assert heard == [0.5, 1.0]
    assert [(r.name, r.message) for r in caplog.records] == [("speech.test", "listen to this")]


def test_an_error_of_the_work_is_the_callers_and_the_host_lives_on(work: Any) -> None:
    pid = ask(work.pid)

    with pytest.raises(BadInputError, match=r"^no$"):
        ask(work.complain)
    with pytest.raises(ConnectionResetError, match="not of the host"):
        ask(work.network)
    with pytest.raises(RuntimeError, match="cannot be sent"):
        ask(work.odd)

    assert ask(work.pid) == pid


def test_a_host_that_dies_is_said_and_replaced(work: Any) -> None:
    pid = ask(work.pid)

    with pytest.raises(ModelHostError, match=r"in the middle of its work \(die\)"):
        ask(work.die)

    assert ask(work.pid) != pid


def test_native_work_over_its_limit_is_ended(work: Any, tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    ask(work.pid)  # is up

    with pytest.raises(TimeLimitError, match="INTERLINEAR_STAGE_LIMIT"):
        ask(work.native, noted, limit=1.0)

    wait_until(lambda: not is_alive(int(noted.read_text())))


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_native_work_ends_with_its_caller(work: Any, tmp_path: Path, end: signal.Signals) -> None:
    noted = tmp_path / "pid"
    code = (
        f"import tempfile; tempfile.tempdir = {str(tmp_path)!r}\n"
        f"from flows.models.host_client import call_host; import {work.__name__} as work\n"
        f"call_host(work.native, ({str(noted)!r},), print, 600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) as caller:
        wait_until(lambda: noted.exists() and noted.read_text() != "")
        caller.send_signal(end)

        assert caller.wait(timeout=10) == -end
    wait_until(lambda: not is_alive(int(noted.read_text())))


def test_calls_at_the_same_time_have_a_host_each(work: Any, tmp_path: Path) -> None:
    noted = tmp_path / "pid"

    def busy() -> None:
        with pytest.raises(ModelHostError):
            ask(work.native, noted)

    other = threading.Thread(target=busy)
    other.start()
    wait_until(lambda: noted.exists() and noted.read_text() != "")

    assert ask(work.pid) != int(noted.read_text())
    os.kill(int(noted.read_text()), signal.SIGKILL)
    other.join()


def test_another_setting_has_another_host(work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pid = ask(work.pid)
    before = dict(os.environ)
    monkeypatch.setenv("INTERLINEAR_THREADS", "1")

    assert ask(work.pid) != pid
    end_idle_hosts(folder_of_hosts(before))
    wait_until(lambda: not is_alive(pid))


def test_hosts_of_changed_code_are_found_by_who_knows_the_old(
    work: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folder_of_hosts(os.environ)
    monkeypatch.setattr(host_sockets, "PACKAGES", (str(tmp_path),))
    pid = ask(work.pid)

    assert folder_of_hosts(os.environ) != before
    end_idle_hosts(before)
    wait_until(lambda: not is_alive(pid))


def test_what_works_side_by_side_stays_in_hosts_of_its_own(
    work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERLINEAR_SIDE_BY_SIDE", "yes")
    settings.cache_clear()
    monkeypatch.setattr(host_client, "WHISPER_WORK", (work.pid,))

    words = ask(work.pid)
    voices = ask(work.other)

    assert words != voices
    assert (ask(work.pid), ask(work.other)) == (words, voices)


def test_nobody_asks_so_it_ends(work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERLINEAR_IDLE", "1")
    pid = ask(work.pid)
    with free_place() as place:
        pass

    wait_until(lambda: not is_alive(pid))

    assert not place.exists()
    assert log_of(place).read_text() == ""
    assert ask(work.pid) != pid


def test_the_folder_is_the_users_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_sockets.tempfile, "gettempdir", lambda: str(tmp_path))
    (tmp_path / f"interlinear-{os.getuid()}").mkdir(mode=0o755)

    with pytest.raises(host_sockets.SetupError, match="nobody else may use"):
        host_sockets.folder_of_hosts({})
