"""Prefect on this machine: a server that only this machine can reach, a worker, and the pages."""

import os
import secrets
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.models.host_sockets import end_idle_hosts, folder_of_hosts
from flows.server import processes
from flows.server.ports import HOST, choose_port
from flows.server.processes import Process
from flows.server.side_collector import ASIDE
from flows.server.workers import SERVER_ONLY, local_worker, set_up, work_environment, worker_command
from flows.settings import ROOT, database, settings
from podcast.errors import BadInputError, SetupError

USUAL_PORT = 4200
USUAL_PAGES_PORT = 4201
USER = "interlinear"
READY_IN = 180.0
"""Seconds that a server may take to answer; the first start makes the database."""
LOOK_AGAIN = 5
"""Seconds after which a worker looks again for runs."""
STOP_IN = 10.0
"""Seconds that a process has to end by itself."""
LEASES = "prefect.server.concurrency.lease_storage.filesystem"
"""Where places under limits are noted. In memory a server would forget, when it is started again,
who holds which, and they would never be free again."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Where the server and the worker of this machine keep their things.

    Attributes:
        home: Their folder, for the owner of this machine only.
        port: Of the server.
        pages_port: Of the published pages.
    """

    home: Path
    port: int
    pages_port: int

    @property
    def address(self) -> str:
        """Return the address of the UI."""
        return f"http://{HOST}:{self.port}"

    @property
    def site(self) -> str:
        """Return the address of the published pages."""
        return settings().site or f"http://{HOST}:{self.pages_port}"

    @property
    def password_file(self) -> Path:
        """Return the file with the user and the password."""
        return self.home / "password"

    @property
    def record(self) -> Path:
        """Return the file that says which processes run."""
        return self.home / "processes.json"

    @property
    def hosts(self) -> Path:
        """Return the file that says in which folder the worker's runs have their model hosts.

        Which one it is depends on the environment, and `stop` may be called in another one.
        """
        return self.home / "hosts"

    def environment(self) -> dict[str, str]:
        """Return what the worker and every client of the server must know."""
        given = {name: value for name, value in os.environ.items() if name not in SERVER_ONLY}
        return (
            {"PREFECT_WORKER_QUERY_SECONDS": str(LOOK_AGAIN)}
            | given
            | work_environment()
            | {
                "PREFECT_HOME": str(self.home),
                "PREFECT_API_URL": f"{self.address}/api",
                "PREFECT_API_AUTH_STRING": self._password(),
                "INTERLINEAR_SITE": self.site,
                "INTERLINEAR_GPU_POOL": settings().gpu_pool,
                "INTERLINEAR_CPU_POOL": settings().cpu_pool,
            }
        )

    def server_environment(self) -> dict[str, str]:
        """Return what the server must know as well."""
        known = self.environment() | {
            "PREFECT_SERVER_API_AUTH_STRING": self._password(),
            "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
            "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": self.address,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
            "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": LEASES,
        }
        if address := database():
            known["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = address
        return known

    def _password(self) -> str:
        return self.password_file.read_text(encoding="utf-8").strip()


def open_stack(port: int | None) -> Stack:
    """Make the folder and the password, once, and choose a port.

    Raises:
        BadInputError: The server runs already on another port than this one.
    """
    before = _known_stack()
    home, known, pages = before.home, before.port, before.pages_port
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    settings().cache.mkdir(parents=True, exist_ok=True)
    settings().out.mkdir(parents=True, exist_ok=True)
    running = processes.load_alive(before.record)
    if "server" in running and port not in {None, known}:
        raise BadInputError(
            f"The server runs on port {known}. Stop it with `interlinear down` before it can "
            f"run on {port}."
        )
    if "server" not in running:
        known = choose_port(port, known, USUAL_PORT)
        (home / "port").write_text(f"{known}\n", encoding="utf-8")
    if "pages" not in running:
        pages = choose_port(None, pages, USUAL_PAGES_PORT)
        (home / "pages-port").write_text(f"{pages}\n", encoding="utf-8")
    _make_password(before.password_file)
    return Stack(home, known, pages)


def start(stack: Stack, *, with_worker: bool = True) -> None:
    """Start what does not run yet, and prepare the server in between.

    Raises:
        SetupError: Something does not come up; the message names its log.
    """
    running = processes.load_alive(stack.record)
    if "server" not in running:
        command = _server_command(stack)
        running["server"] = _start(stack, "server", command, stack.server_environment())
    environment = stack.environment()
    if not settings().site and "pages" not in running:
        running["pages"] = _start(stack, "pages", _pages_command(stack), environment)
    _wait_for_health(stack, running["server"])
    if "pages" in running and not running["pages"].is_alive:
        raise SetupError(f"The published pages cannot be served. See {stack.home / 'pages.log'}.")
    _deploy(stack, environment)
    if with_worker and "worker" not in running:
        command = worker_command(settings().cpu_pool, local_worker())
        stack.hosts.write_text(str(folder_of_hosts(environment)), encoding="utf-8")
        running["worker"] = _start(stack, "worker", command, environment)


def _server_command(stack: Stack) -> tuple[str, ...]:
    server = ("prefect", "server", "start", "--host", HOST, "--port", str(stack.port))
    return (sys.executable, "-m", ASIDE, *server)


def _pages_command(stack: Stack) -> tuple[str, ...]:
    folder, port = str(settings().out.absolute()), str(stack.pages_port)
    return (sys.executable, "-m", "flows.server.pages_server", folder, port)


def stop() -> bool:
    """Stop what `start` started, the worker first; return whether there was anything."""
    stack = _known_stack()
    running = processes.load_alive(stack.record)
    if worker := running.get("worker"):
        processes.stop(worker, STOP_IN)
    if "server" in running:
        # The runs that went with the worker are said to be running no more.
        set_up(("end-runs",), stack.environment())
        processes.stop(running["server"], STOP_IN)
    if pages := running.get("pages"):
        processes.stop(pages, STOP_IN)
    if stack.hosts.exists():
        end_idle_hosts(Path(stack.hosts.read_text(encoding="utf-8")))
    stack.record.unlink(missing_ok=True)
    return bool(running)


def _start(
    stack: Stack, name: str, command: Sequence[str], environment: Mapping[str, str]
) -> Process:
    log = stack.home / f"{name}.log"
    process = processes.start(command, environment, log, ROOT)
    processes.save(stack.record, processes.load_alive(stack.record) | {name: process})
    return process


def _wait_for_health(stack: Stack, server: Process) -> None:
    import httpx

    deadline = time.monotonic() + READY_IN
    with httpx.Client(trust_env=False) as client:  # a proxy has nothing to do with the loopback
        while server.is_alive and time.monotonic() < deadline:
            try:
                if client.get(f"{stack.address}/api/health").is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.2)
    raise SetupError(f"Prefect's server does not start. See {stack.home / 'server.log'}.")


def _deploy(stack: Stack, environment: Mapping[str, str]) -> None:
    done = set_up(("prepare",), environment)
    if done.returncode:
        log = stack.home / "deploy.log"
        log.write_text(done.stdout + done.stderr, encoding="utf-8")
        raise SetupError(f"The server runs, but the deployments cannot be made. See {log}.")


def _make_password(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{USER}:{secrets.token_urlsafe(24)}\n")


def _known_stack() -> Stack:
    """Return what is running, or ran last; a port is 0 where none was ever chosen."""
    home = settings().data.absolute() / "prefect"
    return Stack(home, _read_port(home / "port"), _read_port(home / "pages-port"))


def _read_port(path: Path) -> int:
    return int(path.read_text(encoding="utf-8").strip() or 0) if path.exists() else 0
