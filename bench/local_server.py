"""The server of `interlinear up`, its worker and its host of models, seen from outside."""

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ENDS = {"Completed", "Failed", "Crashed", "Cancelled"}
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class LocalServer:
    """What runs on this machine.

    Attributes:
        home: Folder of server and worker.
        client: Asks the server, as its owner.
    """

    home: Path
    client: httpx.Client

    @classmethod
    def of_this_environment(cls) -> "LocalServer":
        """Find what `interlinear up` has started."""
        home = Path(os.environ["INTERLINEAR_DATA"]) / "prefect"
        user, _, password = (home / "password").read_text(encoding="utf-8").strip().partition(":")
        address = f"http://127.0.0.1:{(home / 'port').read_text(encoding='utf-8').strip()}/api"
        client = httpx.Client(base_url=address, auth=(user, password), timeout=60)
        token = client.get("/csrf-token", params={"client": "bench"}).json()["token"]
        client.headers.update({"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": "bench"})
        return cls(home, client)

    def process(self, audio: Path) -> None:
        """Run the deployment for an episode, all of it anew, and wait for its end."""
        found = self._ask("GET", "/deployments/name/process-episode/process-episode")
        parameters = {
            "audio": str(audio),
            "show": "Open Ears",
            "title": "Orchestrated",
            "models": {"preset": "demo"},
            "redo_from": "diarize",
        }
        path = f"/deployments/{found['id']}/create_flow_run"
        run = self._ask("POST", path, {"parameters": parameters})["id"]
        while (state := self._ask("GET", f"/flow_runs/{run}")["state"])["name"] not in ENDS:
            time.sleep(0.2)
        if state["name"] != "Completed":
            raise RuntimeError(f"The run ended as {state['name']}: {state['message']}")

    def cpu(self) -> float:
        """Return the CPU seconds of all of them so far, with the runs that have ended."""
        ticks = 0
        for pid in self._pids().values():
            fields = (
                Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            )
            ticks += sum(map(int, fields[11:15]))  # own and those of children that were waited for
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> dict[str, float]:
        """Return the megabytes that each of them holds."""
        page = os.sysconf("SC_PAGE_SIZE")
        sizes = {
            name: int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
            for name, pid in self._pids().items()
        }
        return {name: size * page / MEGABYTE for name, size in sizes.items()}

    def _pids(self) -> dict[str, int]:
        written = json.loads((self.home / "processes.json").read_text(encoding="utf-8"))
        pids = {name: int(process["pid"]) for name, process in written.items()}
        mark = f"INTERLINEAR_DATA={os.environ['INTERLINEAR_DATA']}\0".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it ends while we look
                is_host = b"flows.models.model_host" in (folder / "cmdline").read_bytes()
                if is_host and mark in (folder / "environ").read_bytes():
                    pids["host of the models"] = int(folder.name)
        return pids

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        answer = self.client.request(method, path, json=body)
        answer.raise_for_status()
        return answer.json()
