"""Measure ways to do the same work beside each other, in one process and one thread."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Seconds:
    """What some work cost."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Way:
    """One way to do the work.

    Attributes:
        name: What the table calls it.
        run: Does the work once.
    """

    name: str
    run: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """What one way cost, as medians of its runs.

    Attributes:
        name: The way's name.
        cpu: CPU seconds of the process, all its threads together.
        wall: Seconds on the clock.
        ratio: CPU seconds of the first way divided by those of this one, run by run.
    """

    name: str
    cpu: float
    wall: float
    ratio: float


def measure(ways: Sequence[Way], rounds: int) -> tuple[Figure, ...]:
    """Run all ways in turn, round after round, so that a busy machine is busy for all of them.

    Args:
        ways: The first is what the others are compared with.
        rounds: Runs of each way; one more warms up and does not count.
    """
    for way in ways:
        way.run()
    taken = [[_timed(way.run) for way in ways] for _ in range(rounds)]
    return medians([way.name for way in ways], taken)


def medians(names: Sequence[str], taken: Sequence[Sequence[Seconds]]) -> tuple[Figure, ...]:
    """Sum up rounds.

    Args:
        names: Of the ways; the first is what the others are compared with.
        taken: What each way took, round by round.
    """
    return tuple(
        Figure(
            name=name,
            cpu=statistics.median(row[n].cpu for row in taken),
            wall=statistics.median(row[n].wall for row in taken),
            ratio=statistics.median(row[0].cpu / row[n].cpu for row in taken),
        )
        for n, name in enumerate(names)
    )


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of the ffmpeg that has decoded for it."""
    return sum(os.times()[:4])


def table(figures: Iterable[Figure]) -> str:
    """Return figures as a Markdown table."""
    lines = ["| | CPU s | wall s | ratio |", "|---|---|---|---|"]
    lines += [f"| {f.name} | {f.cpu:.2f} | {f.wall:.2f} | {f.ratio:.2f} |" for f in figures]
    return "\n".join(lines)


def machine() -> str:
    """Describe the machine in one line."""
    load = os.getloadavg()[0]
    cores = len(os.sched_getaffinity(0))
    return (
        f"{_processor()}, {cores} cores, load {load:.1f}; Python {platform.python_version()}; "
        f"{os.environ.get('OMP_NUM_THREADS', 'all')} thread(s) for each library"
    )


def _timed(run: Callable[[], Any]) -> Seconds:
    cpu, wall = time.process_time(), time.perf_counter()
    run()
    return Seconds(time.process_time() - cpu, time.perf_counter() - wall)


def _processor() -> str:
    with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
        names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
        return next(names, platform.machine())
