"""Which Prefect server a run in this process has: one that is named, or one of its own."""

import atexit
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.server.ports import HOST
from flows.server.side_collector import ASIDE
from podcast.errors import NetworkError, SetupError, StorageError

DATABASE, LOG = "prefect.db", "server.log"
OF_ONE_RUN = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "ERROR",
}
"""As Prefect starts a server that ends with a run, without pages; its log says why one died."""

TIMEOUT = 10.0
"""Seconds. A server that takes longer to say that it is there would not keep up with a run."""
LOOK_AGAIN = 0.1
"""Seconds between two looks whether a server of our own is there."""


def require_server(tell: Callable[[str], object] = lambda _: None) -> None:
    """Ask the Prefect server of the environment or of the profile, or start one of our own.

    Args:
        tell: Called with what takes long.

    Raises:
        NetworkError: The named one does not answer.
        SetupError: One of our own does not start; the message names its log.
        StorageError: Its folder cannot be written.
    """
    import httpx

    url = _named()
    if not url:
        _start(tell)
        return
    try:
        httpx.get(f"{url}/health", timeout=TIMEOUT)
    except httpx.TransportError as error:
        raise NetworkError(
            f"The Prefect server at {url} does not answer: {error}. Start it, or unset "
            "PREFECT_API_URL (or choose another Prefect profile) to run without one."
        ) from error


@contextmanager
def unwatched() -> Iterator[None]:
    """Send no heartbeats to a server of our own, which ends with the run that they would tell of.

    Prefect waits for the thread that sends them, up to a second at the end of each run.
    """
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with temporary_settings({} if _named() else {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


def _start(tell: Callable[[str], object]) -> None:
    """Start the server that Prefect would start, and notice when it dies.

    Prefect starts one that cannot use its database again and again, for ever, and lets it write
    its tracebacks to the terminal.
    """
    from prefect.server.api.server import SubprocessASGIServer
    from prefect.settings import PREFECT_HOME

    home = Path(PREFECT_HOME.value())
    first = "" if (home / DATABASE).exists() else "; its first start makes a database: minutes"
    tell(f"Starting Prefect{first} ...")
    server = SubprocessASGIServer()
    server.port = server.find_available_port()
    server.server_process = _run(server.port, home)
    server.running = True  # Prefect's clients find it there
    atexit.register(server.stop)
    try:
        _wait_for(server.api_url, server.server_process, home)
    except BaseException:
        server.stop()
        raise


def _run(port: int, home: Path) -> subprocess.Popen[bytes]:
    from prefect.settings import get_current_settings

    app = ("--factory", "prefect.server.api.server:create_app", "--lifespan", "on")
    place = ("--host", HOST, "--port", str(port), "--log-level", "error")
    known = get_current_settings().to_environment_variables(exclude_unset=True)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with (home / LOG).open("ab") as output:
            return subprocess.Popen(  # noqa: S603  our own command
                (sys.executable, "-m", ASIDE, "uvicorn", *app, *place),
                env={**os.environ, **known, **OF_ONE_RUN},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
    except OSError as error:
        raise StorageError(
            f"Prefect's folder {home} cannot be written: {error.strerror}. Make it writable, or "
            "choose another place with INTERLINEAR_CACHE."
        ) from error


def _wait_for(api: str, process: subprocess.Popen[bytes], home: Path) -> None:
    import httpx
    from prefect.settings import PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS as LIMIT

    deadline = time.monotonic() + LIMIT.value()
    with httpx.Client(trust_env=False) as client:  # a proxy has nothing to do with the loopback
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise SetupError(
                    f"Prefect's server does not start; {home / LOG} says why. If its database is "
                    f"damaged, delete {home / DATABASE}: finished stages are kept elsewhere."
                )
            try:
                if client.get(f"{api}/health").is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(LOOK_AGAIN)
    raise SetupError(
        f"Prefect's server is not there after {LIMIT.value()} s; {home / LOG} may say why. A slow "
        f"machine needs more time: set {LIMIT.name} higher."
    )


def _named() -> str | None:
    from prefect.settings import PREFECT_API_URL

    url: str | None = PREFECT_API_URL.value()
    return url
