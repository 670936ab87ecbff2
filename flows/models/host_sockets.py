"""Where model hosts are found: a socket each, in a folder of the user, for one set of settings.

A place is the path of a socket. Its lock belongs to the caller for the length of a call, so there
are as many hosts as calls at the same time, and one that is to end can tell whether it is wanted.
"""

import hashlib
import itertools
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.settings import ROOT
from podcast.errors import SetupError
from podcast.files.locks import locked_if_free

DECIDING = ("ARGOS_", "CUDA_", "HF_", "INTERLINEAR_", "LD_", "MKL_", "OMP_", "OPENBLAS_")
"""How the names of those variables begin that decide what a model does, and how.

Not PYTHONPATH, which Prefect gives its runs, nor CT2_FORCE_CPU_ISA, which
`flows.models.cpu_features` sets: the folder of a worker's runs is known before they begin."""

PACKAGES = ("audio", "flows", "outputs", "podcast", "speech", "translation")


def folder_of_hosts(environment: Mapping[str, str]) -> Path:
    """Return the folder of the hosts that run under these settings and this code.

    Raises:
        SetupError: The folder above it belongs to somebody else.
    """
    own = Path(tempfile.gettempdir()) / f"interlinear-{os.getuid()}"
    own.mkdir(mode=0o700, exist_ok=True)
    found = own.lstat()
    if found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise SetupError(f"{own} must be a folder of yours that nobody else may use (mode 700).")
    settings = sorted(item for item in environment.items() if item[0].startswith(DECIDING))
    newest = max(p.stat().st_mtime_ns for name in PACKAGES for p in (ROOT / name).rglob("*.py"))
    folder = own / f"{_mark((sys.executable, settings))}-{_mark(newest)}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def log_of(place: Path) -> Path:
    """Return the file that holds what a host said last."""
    return place.with_suffix(".log")


@contextmanager
def free_place(first: int = 0) -> Iterator[Path]:
    """Hold a place that no call uses.

    Args:
        first: Number of the place that is taken if it is free; else the lowest one is.
    """
    folder = folder_of_hosts(os.environ)
    for number in itertools.chain((first,), itertools.count()):
        place = folder / str(number)
        with locked_if_free(place) as is_free:
            if is_free:
                yield place
                return


@contextmanager
def connection_to(place: Path) -> Iterator[socket.socket]:
    """Connect to the host at a place that is held; start it if there is none."""
    with _connected(place) or _started(place) as connection:
        try:
            yield connection
        finally:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)  # a file on it would keep it open


def end_idle_hosts(folder: Path) -> None:
    """End the hosts that no call uses: of a folder, and of its settings under any other code."""
    of_settings = folder.name.partition("-")[0]
    for lock in folder.parent.glob(f"{of_settings}-*/.*.lock"):
        place = lock.with_name(lock.name[1:].removesuffix(".lock"))
        with locked_if_free(place) as is_free:
            if is_free and (connection := _connected(place)):
                connection.close()  # who calls and asks for nothing wants it to end


def _mark(what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()[:8]


def _connected(place: Path) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(place))
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    return connection


def _started(place: Path) -> socket.socket:
    """Start a host. It inherits the socket, which takes calls before the host is up."""
    place.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener, log_of(place).open("wb") as log:
        listener.bind(str(place))
        listener.listen()
        command = (
            sys.executable,
            "-m",
            "flows.models.model_host",
            str(listener.fileno()),
            str(place),
        )
        host = subprocess.Popen(  # noqa: S603  our own module
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=(listener.fileno(),),
            start_new_session=True,  # a signal for the run's processes is not for the host
        )
    host.returncode = 0  # it is to live on; Python need not wait for it nor warn
    connection = _connected(place)
    if connection is None:
        raise SetupError(f"No process can be started to hold the models. See {log_of(place)}.")
    return connection
