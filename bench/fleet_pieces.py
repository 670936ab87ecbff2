"""Measure what a fleet of shows asks of Prefect's server, of the polls and of the disk.

All of it is real: a Prefect server on SQLite, feeds on the loopback, and the product's own flow.
"""

import argparse
import json
import math
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Process
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from bench.costs import ROWS
from bench.synthetic_episodes import synthetic_episode
from outputs.bundle import render_bundle

PIECES = Path(__file__).with_name("fleet_pieces.json")
ITEMS = 100
"""Episodes in a feed."""
IDLE = 0.3
"""CPU seconds that a server uses in five seconds without work, and somewhat more."""
PAGES = ("page_count", "page_size")
STATES = ("PENDING", "RUNNING", "COMPLETED")


@dataclass(frozen=True, slots=True)
class FleetPieces:
    """What one of each costs.

    Attributes:
        poll_unchanged: Seconds on the clock for a show whose server answers 304.
        poll_unchanged_cpu: CPU seconds of the run for it.
        poll_new_cpu: CPU seconds of the run for a feed that is read.
        poll_server_cpu: CPU seconds of Prefect's server for a poll.
        poll_kilobytes: Growth of the database with a poll.
        run: Seconds on the clock to create a flow run and take it through its states.
        run_server_cpu: CPU seconds of Prefect's server for that.
        run_kilobytes: Growth of the database with it.
        state_kilobytes: Size of what is known of a show.
        episode_kilobytes: Size of all published files of an hour of talk.
    """

    poll_unchanged: float
    poll_unchanged_cpu: float
    poll_new_cpu: float
    poll_server_cpu: float
    poll_kilobytes: float
    run: float
    run_server_cpu: float
    run_kilobytes: float
    state_kilobytes: float
    episode_kilobytes: float


def load_pieces(path: Path = PIECES) -> FleetPieces:
    """Read what was measured."""
    return FleetPieces(**json.loads(path.read_text(encoding="utf-8")))


def main() -> None:
    """Measure, print, and keep the figures for `bench.fleet`."""
    parser = argparse.ArgumentParser(prog="python -m bench.fleet_pieces", description=__doc__)
    parser.add_argument("--shows", type=int, default=200)
    parser.add_argument("--runs", type=int, default=200)
    asked = parser.parse_args()
    with TemporaryDirectory() as name, _feeds() as feeds, _server(Path(name)) as server:
        pieces = _measure(Path(name), feeds, server, asked.shows, asked.runs)
    PIECES.write_text(json.dumps(asdict(pieces), indent=1) + "\n", encoding="utf-8")
    print(json.dumps(asdict(pieces), indent=1))


@dataclass(frozen=True, slots=True)
class _Server:
    process: int
    database: Path

    def cpu(self) -> float:
        """Return the CPU seconds that it has used."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8").split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")

    def kilobytes(self) -> float:
        """Return the size of the database, with what is not merged into its file yet."""
        address = f"file:{self.database}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=60)) as database:
            sizes = [database.execute(f"PRAGMA {n}").fetchone()[0] for n in PAGES]
        return float(math.prod(sizes)) / 1000

    def settle(self) -> None:
        """Wait until it has written down what it was told, half a minute at most."""
        for _ in range(6):
            before = self.cpu()
            time.sleep(5)
            if self.cpu() - before < IDLE:
                return


def _measure(home: Path, feeds: str, server: _Server, n_shows: int, n_runs: int) -> FleetPieces:
    from flows.show import follow_shows

    folder = home / "shows"
    folder.mkdir()
    for number in range(n_shows):
        text = f'feed = "{feeds}/{number}.xml"\nold_episodes = 0\n'
        (folder / f"show-{number:05}.toml").write_text(text, encoding="utf-8")
    poll = partial(follow_shows, folder, deployment="process-episode/process-episode")
    poll_new = _cost(poll, server)
    poll_again = _cost(poll, server)
    runs = _cost(partial(_create_runs, n_runs), server)
    states = list((home / "data" / "shows").glob("*.json"))
    files = render_bundle(synthetic_episode(0, ROWS))
    return FleetPieces(
        poll_unchanged=poll_again.wall / n_shows,
        poll_unchanged_cpu=poll_again.cpu / n_shows,
        poll_new_cpu=poll_new.cpu / n_shows,
        poll_server_cpu=poll_again.server_cpu / n_shows,
        poll_kilobytes=poll_again.kilobytes / n_shows,
        run=runs.wall / n_runs,
        run_server_cpu=runs.server_cpu / n_runs,
        run_kilobytes=runs.kilobytes / n_runs,
        state_kilobytes=sum(file.stat().st_size for file in states) / len(states) / 1000,
        episode_kilobytes=sum(map(len, files.values())) / 1000,
    )


@dataclass(frozen=True, slots=True)
class _Cost:
    wall: float
    cpu: float
    server_cpu: float
    kilobytes: float


def _cost(work: Callable[[], object], server: _Server) -> _Cost:
    server.settle()
    before, size = server.cpu(), server.kilobytes()
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    server.settle()
    return _Cost(wall, cpu, server.cpu() - before, server.kilobytes() - size)


def _create_runs(n_runs: int) -> None:
    """Create runs through the API and take each through the states that it has in its life."""
    with httpx.Client(base_url=os.environ["PREFECT_API_URL"], timeout=60) as client:
        flow = _post(client, "/flows/", {"name": "measured"})["id"]
        for number in range(n_runs):
            body = {"flow_id": flow, "name": f"run-{number}", "state": {"type": "SCHEDULED"}}
            run = _post(client, "/flow_runs/", body)["id"]
            for state in STATES:
                change = {"state": {"type": state}, "force": True}
                _post(client, f"/flow_runs/{run}/set_state", change)


def _post(client: httpx.Client, path: str, body: object) -> Any:
    """Ask as Prefect's own client does: again after a while where the database was busy."""
    for pause in (1, 2, 4, 8, 16):
        answer = client.post(path, json=body)
        if answer.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
            break
        time.sleep(pause)
    return answer.raise_for_status().json()


@contextmanager
def _server(home: Path) -> Iterator[_Server]:
    """Start a server of our own, and be a run of it."""
    port = _free_port()
    os.environ |= {
        "DO_NOT_TRACK": "1",
        "INTERLINEAR_CACHE": str(home / "cache"),
        "INTERLINEAR_DATA": str(home / "data"),
        "INTERLINEAR_HOST_PAUSE": "0",
        "INTERLINEAR_OPEN_HOSTS": "127.0.0.1",
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_HOME": str(home),
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api/health")
        yield _Server(process.pid, home / "prefect.db")
    finally:
        process.terminate()
        process.wait(60)


def _wait_for(address: str) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            httpx.get(address, timeout=5).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(f"{address} does not answer.")


@contextmanager
def _feeds() -> Iterator[str]:
    """Serve feeds on the loopback, in a process of their own."""
    port = _free_port()
    process = Process(target=_serve, args=(port,), daemon=True)
    process.start()
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.join()


def _serve(port: int) -> None:
    ThreadingHTTPServer(("127.0.0.1", port), _Feed).serve_forever()


class _Feed(BaseHTTPRequestHandler):
    """A feed that never changes, and knows it."""

    def do_GET(self) -> None:
        """Answer 304 whoever has it."""
        is_known = self.headers.get("If-None-Match") == '"one"'
        self.send_response(304 if is_known else 200)
        self.send_header("ETag", '"one"')
        content = b"" if is_known else _feed()
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of the base
        """Say nothing."""


def _feed() -> bytes:
    items = "".join(
        f"<item><title>Episode {n}</title><guid>guid-{n}</guid>"
        f"<pubDate>Mon, 0{n % 9 + 1} Jun 2026 06:00:00 GMT</pubDate>"
        f"<description>{'What we speak about today. ' * 30}</description>"
        f'<enclosure url="http://127.0.0.1/{n}.mp3" length="{n}000000" type="audio/mpeg"/></item>'
        for n in range(ITEMS)
    )
    return f'<rss version="2.0"><channel><title>Measured</title>{items}</channel></rss>'.encode()


def _free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        port: int = any_port.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
