"""Prefect as `interlinear up` starts it: real server, worker and models, and short sounds."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from audio.decoding.ffmpeg import find_ffmpeg

ROOT = Path(__file__).resolve().parents[2]
EPISODE = ROOT / "demo" / "episode" / "episode.mp3"
ENDS = ("Completed", "Failed", "Crashed", "Cancelled")
AGAIN = ("redecode", "decode-alone", "retry")
"""Stages of which it depends on the models whether there is anything to do."""


def wait_until(is_so: Callable[[], Any], what: str, seconds: float = 90) -> Any:
    """Ask again and again until the answer is true, and return it."""
    deadline = time.monotonic() + seconds
    while not (answer := is_so()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.25)  # the server, too, works for each answer
    return answer


@dataclass(frozen=True, eq=False)
class LocalPrefect:
    """A server and a worker as `interlinear up` starts them, on a free port."""

    folder: Path
    environment: dict[str, str]
    printed: str = ""

    @property
    def home(self) -> Path:
        return self.folder / "data" / "prefect"

    @property
    def published(self) -> Path:
        return self.folder / "published"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{(self.home / 'port').read_text().strip()}"

    @property
    def password(self) -> str:
        return (self.home / "password").read_text().strip()

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run `interlinear`; if it fails, say what server and worker said."""
        command = [sys.executable, "-m", "flows.cli.main", *arguments]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=240, check=False
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}{self.said()}"
        return done

    def said(self) -> str:
        """Return the last lines of the logs of server and worker."""
        logs = sorted(self.home.glob("*.log"))
        return "".join(f"\n--- {log.name}\n{log.read_text()[-3000:]}" for log in logs)

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Call the API as its owner; once more while its database is busy, as Prefect does."""

        def answered() -> httpx.Response | None:
            answer = self._client().request(method, f"/api{path}", json=body)
            return None if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else answer

        answer = wait_until(answered, f"{method} {path}", 180)  # a lock may take 60 s to be lost
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def close(self) -> None:
        """Hang up."""
        self._client().close()

    @cache  # noqa: B019  there is one for all tests
    def _client(self) -> httpx.Client:
        user, _, password = self.password.partition(":")
        anew = httpx.Limits(max_keepalive_connections=0)  # the server hangs up after five seconds
        client = httpx.Client(base_url=self.address, auth=(user, password), timeout=90, limits=anew)
        token = client.get("/api/csrf-token", params={"client": "tests"}).json()["token"]
        client.headers.update({"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": "tests"})
        return client

    def deployment(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"/deployments/name/{name}/{name}")
        return found

    def start(self, deployment: str, after: timedelta = timedelta(), **parameters: Any) -> str:
        """Start a run of a deployment through the API, some time later, and return its id."""
        path = f"/deployments/{self.deployment(deployment)['id']}/create_flow_run"
        moment = (datetime.now(UTC) + after).isoformat()
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": moment}}
        return str(self.call("POST", path, {"parameters": parameters, "state": state})["id"])

    def process(self, audio: object, title: str, **parameters: Any) -> str:
        """Start a run for an episode with the demo's models and return its id."""
        models = {"preset": "demo"} | parameters.pop("models", {})
        known = {"audio": str(audio), "show": "Open Ears", "title": title, "models": models}
        return self.start("process-episode", **known, **parameters)

    def state(self, run: str) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"/flow_runs/{run}")["state"]
        return found

    def wait(self, run: str, *states: str, seconds: float = 240) -> dict[str, Any]:
        """Wait until a run is in one of some states, and return the state."""

        def reached() -> Any:
            state = self.state(run)
            assert state["name"] not in set(ENDS) - set(states), f"{state}{self.said()}"
            return state if state["name"] in states else None

        found: dict[str, Any] = wait_until(reached, f"run {run} in {states}", seconds)
        return found

    def retry(self, run: str) -> None:
        """Do what the UI's button does."""
        state = {"type": "SCHEDULED", "name": "AwaitingRetry", "message": "Retry from the UI"}
        self.call("POST", f"/flow_runs/{run}/set_state", {"state": state, "force": True})

    def log(self, run: str) -> list[str]:
        """Return what a run has logged; the last lines arrive after the state that ends it."""
        wanted = {"logs": {"flow_run_id": {"any_": [run]}}, "sort": "TIMESTAMP_ASC"}

        def entries() -> list[dict[str, Any]]:
            found: list[dict[str, Any]] = self.call("POST", "/logs/filter", wanted)
            return found

        def is_whole() -> bool:
            last = entries()[-1]  # tasks end in states of their own
            return last["task_run_id"] is None and last["message"].startswith(f"{end}(")

        if (name := self.state(run)["name"]) in {"Completed", "Failed"}:
            end = f"Finished in state {name}"
            self.until(is_whole, "the end of the log")
        return [entry["message"] for entry in entries()]

    def artifacts(self, run: str) -> dict[str, Any]:
        """Return what a run shows, by how its heading begins; of several the newest."""
        wanted = {"artifacts": {"flow_run_id": {"any_": [run]}}, "sort": "CREATED_DESC"}
        found = self.call("POST", "/artifacts/filter", wanted)
        return {
            str(artifact["description"]).partition(":")[0]: artifact for artifact in reversed(found)
        }

    def work(self, run: str) -> tuple[set[str], set[str]]:
        """Return the stages that a run took as they were, and those that it did anew.

        Second tries, of a row or of a stretch of speech, are the models' affair and left out.
        """
        page = self.artifacts(run)["Result"]["data"]
        ((reused, made),) = re.findall(r"Work reused: (.*?); made: (.*?)\.", page)
        both = (set(part.split(", ")) - {"nothing"} for part in (reused, made))
        old, new = ({s for s in part if not s.startswith(AGAIN)} for part in both)
        return old, new

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return what was emitted under a name, the newest first."""
        wanted = {"filter": {"event": {"name": [name]}}, "limit": 50}
        found: list[dict[str, Any]] = self.call("POST", "/events/filter", wanted)["events"]
        return found

    def until(self, is_so: Callable[[], Any], what: str, seconds: float = 240) -> Any:
        """Ask again and again until the answer is true, and return it."""
        return wait_until(is_so, f"{what}{self.said()}", seconds)

    def is_gone(self, run: str) -> bool:
        """Say whether no process works for a run."""
        return not self._processes(run)

    def process_of(self, run: str) -> int:
        """Return the process of a run: what it has started may be there, too."""
        found = self._processes(run)
        (process,) = [pid for pid in found if _parent_of(pid) not in found]
        return process

    def worker(self) -> int:
        """Return the process of the worker."""
        return int(json.loads((self.home / "processes.json").read_text())["worker"]["pid"])

    def kill(self, run: str) -> None:
        """Kill the process of a run, and wait until the worker has said all that it has to say.

        It reports the end twice, some seconds apart. A retry in between would be taken for dead.
        """
        log = self.home / "worker.log"
        second = "prefect.flow_runs.worker - Check whether the flow run"
        before = log.read_text().count(second)
        os.kill(self.process_of(run), signal.SIGKILL)
        self.wait(run, "Crashed")
        self.until(lambda: log.read_text().count(second) > before, "the second report of a crash")

    def kept(self) -> dict[str, int]:
        """Return the finished stages that are kept, and when each was written."""
        results = self.folder / "cache" / "results"
        files = (path for path in results.rglob("*") if path.is_file())
        return {str(path.relative_to(results)): path.stat().st_mtime_ns for path in files}

    def is_model_at_work(self) -> bool:
        """Say whether a run holds a place among those that may ask a model."""
        limit = self.call("GET", "/v2/concurrency_limits/interlinear-models")
        return bool(limit["active_slots"])

    def free_places(self) -> None:
        """Free what a process held that was killed: at once, not after the minute it takes."""
        self.call("PATCH", "/v2/concurrency_limits/interlinear-models", {"active_slots": 0})
        for limit in self.call("POST", "/v2/concurrency_limits/filter", {"limit": 200}):
            if limit["name"].startswith("interlinear-episode-"):
                self.call("DELETE", f"/v2/concurrency_limits/{limit['id']}")

    @contextmanager
    def runs_at_once(self, deployment: str, limit: int) -> Iterator[None]:
        """Let so many runs go on at the same time in a deployment's queue, for a while."""
        path = f"/work_queues/{self.deployment(deployment)['work_queue_id']}"
        self.call("PATCH", path, {"concurrency_limit": limit})
        try:
            yield
        finally:
            self.call("PATCH", path, {"concurrency_limit": 1})

    def hosts(self) -> list[int]:
        """Return the processes that hold models for this server's runs."""
        mark = f"INTERLINEAR_DATA={self.environment['INTERLINEAR_DATA']}"
        return [pid for pid, is_host in _marked(mark) if is_host]

    def _processes(self, run: str) -> list[int]:
        """Find a run's processes by their environment; a host of models outlives its first run."""
        marked = _marked(f"PREFECT__FLOW_RUN_ID={run}")
        return [pid for pid, is_host in marked if not is_host]


def _marked(variable: str) -> Iterator[tuple[int, bool]]:
    """Find processes with this in their environment, and say of each whether it holds models."""
    mark = f"{variable}\0".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ends while we look
            if mark in (folder / "environ").read_bytes():
                yield int(folder.name), b"model_host" in (folder / "cmdline").read_bytes()


def _parent_of(process: int) -> int:
    with suppress(OSError):
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
        return int(stat.rpartition(")")[2].split()[1])
    return 0


@pytest.fixture(scope="session")
def prefect_type() -> type[LocalPrefect]:
    """The type of a server, for those who start one of their own."""
    return LocalPrefect


@dataclass
class Host:
    """A web server on the loopback: sounds and feeds to fetch, and a webhook to call.

    Attributes:
        url: Where it is.
        files: What it has, by path; anything else is not found.
        held: Paths that are asked for and do not answer.
        posted: What was sent to it, with the headers.
    """

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    posted: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.asked.append(self.path)
                while self.path in host.held:
                    time.sleep(0.05)
                content = host.files.get(self.path, b"")
                with suppress(ConnectionError):  # whoever asked may have been killed
                    self.send_response(200 if content else 404)
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                host.posted.append((dict(self.headers), self.rfile.read(length)))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        return Handler


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    host = Host()
    server = ThreadingHTTPServer(("127.0.0.1", 0), host.handler())
    server.daemon_threads = True
    host.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield host
    host.held.clear()
    server.shutdown()
    server.server_close()
    thread.join()


SECRETS = {"HF_TOKEN": "hf_secret_of_the_tests", "INTERLINEAR_WEBHOOK_SECRET": "of_the_webhook"}


@pytest.fixture(scope="session")
def local_prefect(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Iterator[LocalPrefect]:
    folder = tmp_path_factory.mktemp("local")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")} | {
        "INTERLINEAR_CACHE": str(folder / "cache"),
        "INTERLINEAR_DATA": str(folder / "data"),
        "INTERLINEAR_OUT": str(folder / "published"),
        "INTERLINEAR_WEBHOOK": f"{host.url}/hook",
        **SECRETS,
        "NO_PROXY": "*",
        "INTERLINEAR_HOST_PAUSE": "0",
        # Prefect's own pauses between two looks, ten seconds and more, are not what is tested.
        "PREFECT_WORKER_QUERY_SECONDS": "0.5",
    }
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        port = str(any_port.getsockname()[1])
    stack = LocalPrefect(folder, environment)
    try:
        printed = stack.command("up", "--port", port).stdout
        started = LocalPrefect(folder, environment, printed)
        yield started
        started.close()
    finally:
        stack.command("down")
    wait_until(lambda: not stack.hosts(), "`interlinear down` ends the processes with models")


Cut = Callable[..., Path]


@pytest.fixture(scope="session")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Cut:
    """Cut a few seconds out of the demo episode: `cut("a.mp3", start=0, seconds=10)`."""
    folder = tmp_path_factory.mktemp("sounds")

    def make(name: str, start: float = 0.0, seconds: float = 9.6) -> Path:
        command = [find_ffmpeg(), "-nostdin", "-loglevel", "error", "-y"]
        part = ["-ss", str(start), "-t", str(seconds), "-i", str(EPISODE), "-c", "copy"]
        subprocess.run([*command, *part, str(folder / name)], check=True, timeout=60)
        return folder / name

    return make


@dataclass(frozen=True)
class Losses:
    """What a worker that was killed left behind.

    Attributes:
        worker: Its process.
        orphan: A run whose process was not killed.
        lost: A run whose process was killed, too.
    """

    worker: int
    orphan: str
    lost: str


@pytest.fixture(scope="session")
def losses(
    local_prefect: LocalPrefect, host: Host, cut: Cut, tmp_path_factory: pytest.TempPathFactory
) -> Losses:
    """Kill the worker and one of its two runs, and start a worker again.

    The first test of all asks for this, the last looks what came of it: that takes 90 seconds.
    """
    show = tmp_path_factory.mktemp("lost") / "lost.toml"
    show.write_text(f'feed = "{host.url}/lost.xml"\n')
    sound = "/orphan.mp3"
    host.files[sound] = cut("orphan.mp3").read_bytes()
    host.held |= {sound, "/lost.xml"}
    orphan = local_prefect.process(f"{host.url}{sound}", "Orphan", languages=["ja"])
    lost = local_prefect.start("follow-show", path=str(show))
    local_prefect.until(lambda: host.held <= set(host.asked), "both runs ask for something")
    # The watch is for runs that have given one; it arrives some time after it was given.
    signs = "prefect.flow-run.heartbeat"
    local_prefect.until(lambda: lost in str(local_prefect.events(signs)), "a sign of life")
    losses = Losses(local_prefect.worker(), orphan, lost)
    os.kill(losses.worker, signal.SIGKILL)
    os.kill(local_prefect.process_of(lost), signal.SIGKILL)
    host.held.clear()
    local_prefect.command("up")
    return losses
