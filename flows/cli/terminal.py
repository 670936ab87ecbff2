"""Show a run in the terminal: a bar for each stage, or a line where there is no screen."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from flows.runs.stage_progress import Progress as Step
from flows.runs.stage_progress import listening


@contextmanager
def showing_progress(console: Console) -> Iterator[None]:
    """Follow every stage on a console for as long as the block runs."""
    if console.is_terminal:
        with _bars(console) as bars, listening(_Bars(bars)):
            yield
    else:
        with listening(_Lines(console)):
            yield


def _bars(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description:<14}"),
        BarColumn(bar_width=32),
        TextColumn("{task.percentage:>4.0f} %"),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[speed]}"),
        console=console,
    )


class _Bars:
    """One bar for each stage."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: Step) -> None:
        if step.stage not in self._tasks:
            self._tasks[step.stage] = self._progress.add_task(step.stage, total=1.0, speed="")
        self._progress.update(self._tasks[step.stage], completed=step.fraction, speed=_speed(step))


class _Lines:
    """One line at the end of each stage."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._finished: set[str] = set()
        self._spent: dict[str, list[float]] = {}

    def __call__(self, step: Step) -> None:
        parts = self._spent.setdefault(step.stage, [0.0])
        if step.elapsed < parts[-1]:  # the clock starts again with each part of a stage
            parts.append(0.0)
        parts[-1] = step.elapsed
        if step.fraction >= 1.0 and step.stage not in self._finished:
            self._finished.add(step.stage)
            line = f"{step.stage:<14} {sum(parts):6.1f} s  {_speed(step)}"
            self._console.print(line.rstrip(), highlight=False)


def _speed(step: Step) -> str:
    return f"{step.speed:.1f} s of sound a second" if step.speed else ""
