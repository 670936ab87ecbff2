"""Background processes that outlive the command that starts them, known again by number and start.

A process id is used again by the system some day; together with the moment of its start, as the
kernel tells it, it names one process only.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

POLL = 0.1
"""Seconds between two looks at a process that is to end."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process that was started here.

    Attributes:
        pid: Its number, also that of its session.
        started: Its start in clock ticks since the machine's, from /proc.
    """

    pid: int
    started: int

    @property
    def is_alive(self) -> bool:
        """Whether this very process still runs."""
        return _started(self.pid) == self.started


def start(command: Sequence[str], environment: Mapping[str, str], log: Path, cwd: Path) -> Process:
    """Start a process in a session of its own, its output appended to a file."""
    # A shell's `&` leaves the interrupt ignored, children inherit that, and Prefect's worker,
    # which ends by interrupting itself, would then never end.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with log.open("ab") as output:
        child = subprocess.Popen(  # noqa: S603  our own commands
            command,
            env=dict(environment),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    child.returncode = 0  # it is to live on; Python need not wait for it nor warn
    return Process(child.pid, _started(child.pid) or 0)


def stop(process: Process, patience: float) -> None:
    """End a process and all that it started; by force what is left after some seconds."""
    if not process.is_alive:
        return
    family = [process, *_descendants(process.pid)]
    os.kill(process.pid, signal.SIGTERM)
    for member in _wait(family, patience):
        os.kill(member.pid, signal.SIGKILL)
    _wait(family, patience)  # the kernel takes a moment


def _wait(family: Sequence[Process], seconds: float) -> list[Process]:
    """Wait until all have ended, at most some seconds; return those that have not."""
    deadline = time.monotonic() + seconds
    while (left := [member for member in family if member.is_alive]) and (
        time.monotonic() < deadline
    ):
        time.sleep(POLL)
    return left


def save(path: Path, processes: Mapping[str, Process]) -> None:
    """Write down which processes run."""
    beside = path.with_suffix(".new")
    content = {name: asdict(process) for name, process in processes.items()}
    beside.write_text(json.dumps(content) + "\n", encoding="utf-8")
    beside.replace(path)


def load_alive(path: Path) -> dict[str, Process]:
    """Return those that were written down and still run."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    processes = {name: Process(**fields) for name, fields in content.items()}
    return {name: process for name, process in processes.items() if process.is_alive}


def _started(pid: int) -> int | None:
    fields = _status(pid)
    return int(fields[19]) if fields and fields[0] != "Z" else None


def _status(pid: int) -> list[str]:
    """Return the fields of /proc/<pid>/stat after the command, which may hold spaces."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()


def _descendants(pid: int) -> list[Process]:
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (fields := _status(int(folder.name))):
            parents.setdefault(int(fields[1]), []).append(int(folder.name))
    found: list[Process] = []
    waiting = [pid]
    while waiting:
        for child in parents.get(waiting.pop(), []):
            waiting.append(child)
            found.append(Process(child, _started(child) or 0))
    return found
