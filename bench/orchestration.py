"""What Prefect costs beside the bare pipeline: time and CPU of an episode, start-up, and memory.

The bare pipeline is the flow's own function with nothing of Prefect in it: no run, no tasks, no
kept results, no artifacts and no events. Both take the demo's models, loaded beforehand.
"""

import argparse
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from bench.local_server import LocalServer
from bench.measuring import machine

EPISODE = Path(__file__).resolve().parents[1] / "demo" / "episode" / "episode.mp3"
CLI = (sys.executable, "-m", "flows.cli.main")


@dataclass(frozen=True, slots=True)
class Cost:
    """What episodes cost, as medians.

    Attributes:
        cpu: Seconds of all processes that take part.
        wall: Seconds on the clock, from the order to the published page.
    """

    cpu: float
    wall: float


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="episodes that count; one warms up")
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as folder:
        os.environ |= _environment(Path(folder))
        bare = _bare(Path(folder), rounds)
        first, again, prefect, memory = _orchestrated(rounds)
    print(f"{machine()}\n\n| an episode | CPU s | wall s | ratio of CPU s |\n|---|---|---|---|")
    for name, cost in (("bare", bare), ("a run of the deployment", prefect)):
        print(f"| {name} | {cost.cpu:.1f} | {cost.wall:.1f} | {cost.cpu / bare.cpu:.2f} |")
    print(f"\n`interlinear up`: {first:.1f} s with a new database, {again:.1f} s with an old one.")
    print("Memory: " + ", ".join(f"{name} {size:.0f} MB" for name, size in memory.items()) + ".")


def _environment(folder: Path) -> dict[str, str]:
    names = ("CACHE", "DATA", "OUT")
    own = {f"INTERLINEAR_{name}": str(folder / name.lower()) for name in names}
    return own | {"PREFECT_WORKER_QUERY_SECONDS": "1", "NO_PROXY": "*"}


def _bare(folder: Path, rounds: int) -> Cost:
    """Process the episode in this process, again and again."""
    from flows.episode import process_episode
    from flows.parameters import Models

    process = partial(process_episode.fn, str(EPISODE), "Open Ears", "Bare")
    with _without_prefect():
        return _median([_timed(partial(process, models=Models(preset="demo"), out=folder / "bare"))
                        for _ in range(rounds + 1)])  # fmt: skip


@contextmanager
def _without_prefect() -> Iterator[None]:
    """Do the stages of a run directly."""
    from flows import episode
    from flows.stages import attribution, completing, recognising, tasks, translating

    def run_stage(task: Any, *arguments: Any) -> Any:
        return task.fn(*arguments)

    def call_model(work: Any, *arguments: Any, report: Any, **_: Any) -> Any:
        return work(*arguments, report)

    logger = partial(logging.getLogger, __name__)
    with ExitStack() as changes:
        for module, name, replacement in (
            *(
                (module, "run_stage", run_stage)
                for module in (recognising, completing, translating)
            ),
            (tasks, "call_model", call_model),
            (episode, "progress_on_page", lambda _targets: nullcontext()),
            (episode, "show_result", lambda *_: None),
            (episode, "announce", lambda *_: None),
            (episode, "get_run_logger", logger),
            (tasks, "get_run_logger", logger),
            (attribution, "get_run_logger", logger),
            (episode, "fetch", Path),
            (episode, "decode_recording", tasks.decode_recording.fn),
        ):
            changes.enter_context(patch.object(module, name, replacement))
        yield


def _timed(work: Callable[[], Any]) -> Cost:
    cpu, wall = time.process_time(), time.monotonic()
    work()
    return Cost(time.process_time() - cpu, time.monotonic() - wall)


def _orchestrated(rounds: int) -> tuple[float, float, Cost, dict[str, float]]:
    """Start Prefect, stop it, start it again, and process the episode through its deployment."""
    try:
        first = _timed(partial(_interlinear, "up")).wall
        _interlinear("down")
        again = _timed(partial(_interlinear, "up")).wall
        server = LocalServer.of_this_environment()
        costs = []
        for _ in range(rounds + 1):
            cpu, wall = server.cpu(), time.monotonic()
            server.process(EPISODE)
            took = time.monotonic() - wall
            costs.append(Cost(server.cpu() - cpu, took))
        return first, again, _median(costs), server.memory()
    finally:
        _interlinear("down")


def _median(costs: list[Cost]) -> Cost:
    counted = costs[1:]  # the first one has loaded the models
    return Cost(median(cost.cpu for cost in counted), median(cost.wall for cost in counted))


def _interlinear(command: str) -> None:
    subprocess.run((*CLI, command), check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
