"""Workers: what they must know wherever they are, and how a machine joins a server elsewhere."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence

from flows.settings import ROOT, settings
from podcast.errors import SetupError

HEARTBEAT = 30
"""Seconds between two signs of life of a run; after three without one it counts as crashed."""

SERVER_ONLY = ("INTERLINEAR_DATABASE", "PREFECT_SERVER_DATABASE_CONNECTION_URL")
"""What the server must know and no run: a run shows everything to the code that it imports."""


def work_environment() -> dict[str, str]:
    """Return what every run must know, apart from where the server is."""
    known = {
        "DO_NOT_TRACK": "1",
        "PREFECT_RESULTS_LOCAL_STORAGE_PATH": str(settings().results.absolute()),
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT),
        "INTERLINEAR_CACHE": str(settings().cache.absolute()),
        "INTERLINEAR_DATA": str(settings().data.absolute()),
        "INTERLINEAR_OUT": str(settings().out.absolute()),
    }
    if address := settings().results_address:
        known["PREFECT_RESULTS_DEFAULT_STORAGE_BLOCK"] = f"remote-file-system/{block_name(address)}"
    return known


def block_name(address: str) -> str:
    """Return the name of the block that stands for an address on the server."""
    return f"interlinear-results-{hashlib.sha256(address.encode()).hexdigest()[:8]}"


def local_worker() -> str:
    """Return the name of the worker that `interlinear up` starts."""
    return f"{socket.gethostname()}-local"


def worker_command(
    pool: str, name: str, queues: Sequence[str] = (), limit: int = 0
) -> tuple[str, ...]:
    """Return the command of a worker.

    Args:
        pool: Where it finds its runs.
        name: Of the worker.
        queues: Of the pool; none for all.
        limit: How many runs it has at the same time; 0 for no limit.
    """
    command = (sys.executable, "-m", "prefect", "worker", "start", "--pool", pool, "--name", name)
    from_queues = (word for queue in queues for word in ("--work-queue", queue))
    return (*command, *from_queues, *(("--limit", str(limit)) if limit else ()))


def set_up(
    command: Sequence[str], environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run `server_setup` in a process of its own: Prefect reads its environment once."""
    return subprocess.run(  # noqa: S603  our own command
        (sys.executable, "-m", "flows.server.server_setup", *command),
        env=dict(environment),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def join(pool: str, name: str, queues: Sequence[str], limit: int) -> None:
    """Become a worker of the server that the environment names; never return.

    Raises:
        SetupError: The environment names no server, or the server cannot be prepared.
    """
    if "PREFECT_API_URL" not in os.environ:
        raise SetupError(
            "Say where the server is: PREFECT_API_URL=https://.../api, with its user and password "
            "in PREFECT_API_AUTH_STRING. docs/machines.md has the rest."
        )
    environment = {k: v for k, v in os.environ.items() if k not in SERVER_ONLY}
    # A machine's models are its own: another machine's runs need not wait for them.
    environment.setdefault("INTERLINEAR_MODELS_LIMIT", f"interlinear-models-{socket.gethostname()}")
    environment |= work_environment()
    settings().cache.mkdir(parents=True, exist_ok=True)
    _prepare(pool, environment)
    os.chdir(ROOT)
    # A shell's `&` leaves the interrupt ignored, and Prefect's worker ends by interrupting itself.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = worker_command(pool, name, queues, limit)
    os.execve(command[0], command, environment)  # noqa: S606  our own command


def _prepare(pool: str, environment: Mapping[str, str]) -> None:
    done = set_up(("join", pool), environment)
    if done.returncode:
        server, why = environment["PREFECT_API_URL"], done.stderr.strip().rpartition("\n")[2]
        raise SetupError(f"The server at {server} does not let us in: {why}")
