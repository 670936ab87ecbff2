"""Machines and their server on a real PostgreSQL: each is a worker with folders of its own."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

FETCHED = Path(sys.prefix) / "postgres" / "root"
PASSWORD = "of-the-database"
AWS_SECRET = "of-the-object-storage"


def _programs(root: Path) -> Path | None:
    """Return the newest folder with PostgreSQL's programs, as Debian lays them."""
    found = sorted((root / "usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return int(any_port.getsockname()[1])


@dataclass(frozen=True)
class Postgres:
    """A database server of the tests' own.

    Attributes:
        programs: Where its programs lie.
        folder: Of its data.
        port: On the loopback.
    """

    programs: Path
    folder: Path
    port: int

    def url(self, database: str) -> str:
        return f"postgresql://interlinear:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def command(self, program: str, *arguments: str) -> "subprocess.Popen[str]":
        """Start one of its programs; the server refuses to run as root, and nobody does not."""
        known = {"LC_ALL": "C", "PGPASSWORD": PASSWORD, "HOME": str(self.folder)}
        fetched = self.folder / "root"
        libraries = {"LD_LIBRARY_PATH": ":".join(map(str, fetched.glob("usr/lib/*-linux-gnu")))}
        as_nobody: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        return subprocess.Popen(
            [self.programs / program, *arguments],
            cwd=self.folder,
            env=known | (libraries if fetched.exists() else {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **(as_nobody if os.getuid() == 0 else {}),
        )

    def run(self, program: str, *arguments: str) -> str:
        with self.command(program, *arguments) as process:
            said, _ = process.communicate(timeout=60)
        assert process.returncode == 0, said
        return said

    def dump(self, database: str) -> str:
        """Return all that is in a database, as text."""
        at = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "interlinear")
        return self.run("pg_dump", *at, "--inserts", database)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    # Not pytest's folder, which only its owner may enter, and nobody is not the owner.
    folder = Path(tempfile.mkdtemp(prefix="interlinear-postgres-"))
    programs = _programs(Path("/"))
    if programs is None and (on_path := shutil.which("initdb")):
        programs = Path(on_path).resolve().parent
    if programs is None and FETCHED.exists():
        shutil.copytree(FETCHED, folder / "root", symlinks=True)  # nobody may not enter ours
        programs = _programs(folder / "root")
    if programs is None:
        pytest.fail("There is no PostgreSQL. `make postgres` fetches it on Debian.")
    (folder / "password").write_text(PASSWORD)
    if os.getuid() == 0:
        for path in (folder, folder / "password"):
            shutil.chown(path, "nobody", "nogroup")
    server = Postgres(programs, folder, _free_port())
    data = str(folder / "data")
    as_owner = ("--auth=scram-sha-256", "-U", "interlinear", f"--pwfile={folder / 'password'}")
    server.run("initdb", "-D", data, "-E", "UTF8", "--locale=C", "--no-sync", *as_owner)
    at = ("-h", "127.0.0.1", "-p", str(server.port), "-k", "")
    with server.command("postgres", "-D", data, *at, "-c", "fsync=off", "-c", "jit=off") as running:
        assert running.stdout is not None
        said = ""
        while "ready to accept connections" not in said:
            line = running.stdout.readline()
            assert line, said
            said += line
        yield server
        running.terminate()
        running.communicate(timeout=30)
    shutil.rmtree(folder)


@dataclass(frozen=True)
class Machine:
    """A worker with a cache and data of its own.

    Attributes:
        name: Of the worker.
        process: Of the worker.
        log: What it says.
    """

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def environment(self) -> dict[str, str]:
        """Return what its processes know."""
        entries = Path(f"/proc/{self.process.pid}/environ").read_bytes().decode().split("\0")
        return dict(entry.partition("=")[::2] for entry in entries if entry)


@dataclass(frozen=True)
class Machines:
    """A server that keeps its data in PostgreSQL, and the machines that work for it.

    Attributes:
        prefect: The server.
        workers: The machines by name.
        published: The folder that they share.
        kept: The object storage that they share.
    """

    prefect: Any
    workers: dict[str, Machine]
    published: Path
    kept: str

    def send(self, deployment: str, queue: str | None = None, **parameters: Any) -> str:
        """Start a run, in another queue than the deployment's if one is named."""
        found = self.prefect.call("GET", f"/deployments/name/{deployment}/{deployment}")
        body = {"parameters": parameters} | ({"work_queue_name": queue} if queue else {})
        path = f"/deployments/{found['id']}/create_flow_run"
        return str(self.prefect.call("POST", path, body)["id"])

    def worker_of(self, run: str) -> str:
        found = self.prefect.call("GET", f"/flow_runs/{run}")
        return str(found["labels"]["prefect.worker.name"])


ONE = ("--pool", "big", "--queue", "gpu")
TWO = ("--pool", "big", "--queue", "cpu")
THREE = ("--pool", "small")
"""The machines: two of one class for different stages, and one of another."""


@pytest.fixture(scope="session")
def machines(
    tmp_path_factory: pytest.TempPathFactory,
    prefect_type: Any,
    postgres: Postgres,
    s3_server: str,
) -> Iterator[Machines]:
    folder = tmp_path_factory.mktemp("machines")
    postgres.run(
        *("createdb", "-h", "127.0.0.1", "-p", str(postgres.port), "-U", "interlinear", "prefect")
    )
    kept = _make_bucket(s3_server)
    given = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "INTERLINEAR_"))}
    shared = given | {
        "INTERLINEAR_OUT": str(folder / "published"),
        "INTERLINEAR_RESULTS": kept,
        "INTERLINEAR_IDLE": "5",
        "INTERLINEAR_OPEN_HOSTS": "127.0.0.1",
        "AWS_ENDPOINT_URL": s3_server,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": AWS_SECRET,
        "NO_PROXY": "*",
        "PREFECT_WORKER_QUERY_SECONDS": "0.5",
    }
    of_server = {
        "INTERLINEAR_CACHE": str(folder / "cache"),
        "INTERLINEAR_DATA": str(folder / "data"),
        "INTERLINEAR_DATABASE": postgres.url("prefect"),
        "INTERLINEAR_GPU_POOL": "big",
        "INTERLINEAR_CPU_POOL": "small",
        "INTERLINEAR_EPISODES_AT_ONCE": "2",
    }
    prefect = prefect_type(folder, shared | of_server)
    workers: dict[str, Machine] = {}
    try:
        prefect.command("up", "--server-only", "--port", str(_free_port()))
        for name, options in {"one": ONE, "two": TWO, "three": THREE}.items():
            workers[name] = _join(folder / name, shared, prefect, options)
        _wait_for(prefect, workers)
        yield Machines(prefect, workers, folder / "published", kept)
    finally:
        for machine in workers.values():
            machine.process.terminate()
        for machine in workers.values():
            machine.process.wait(timeout=60)
        prefect.command("down")


def _make_bucket(s3_server: str) -> str:
    import boto3

    keys = {"aws_access_key_id": "key", "aws_secret_access_key": AWS_SECRET}
    boto3.client("s3", endpoint_url=s3_server, region_name="us-east-1", **keys).create_bucket(
        Bucket="machines"
    )
    return "s3://machines/results"


def _join(folder: Path, shared: dict[str, str], prefect: Any, options: Sequence[str]) -> Machine:
    folder.mkdir()
    environment = shared | {
        "INTERLINEAR_CACHE": str(folder / "cache"),
        "INTERLINEAR_DATA": str(folder / "data"),
        "INTERLINEAR_MODELS_LIMIT": f"models-of-{folder.name}",
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": f"{prefect.address}/api",
        "PREFECT_API_AUTH_STRING": prefect.password,
    }
    command = [sys.executable, "-m", "flows.cli.main", "worker", "--name", folder.name, *options]
    log = folder / "worker.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    return Machine(folder.name, process, log)


def _wait_for(prefect: Any, workers: dict[str, Machine]) -> None:
    """Wait until all workers have said to the server that they are there."""
    deadline = time.monotonic() + 240
    seen: set[str] = set()
    while seen != set(workers):
        said = "".join(machine.log.read_text() for machine in workers.values())
        assert time.monotonic() < deadline, said
        assert all(machine.process.poll() is None for machine in workers.values()), said
        found = [
            worker
            for pool in ("big", "small")
            for worker in prefect.call("POST", f"/work_pools/{pool}/workers/filter", {})
        ]
        seen = {worker["name"] for worker in found}
        time.sleep(0.2)
