"""Show a run in the terminal: a bar for each stage, or lines where there is no screen."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Column

from flows.cli.pace import Pace, length
from flows.runs.stage_progress import Progress as Step
from flows.runs.stage_progress import WorkTimes, describe_speed, listening
from podcast.stage import PHASES, Stage

NAME_WIDTH = 22
"""Columns of "4/5 identify-languages"."""
SAID_WIDTH = 48
"""Columns of the share, the time, the speed and what is left; with less there is no bar."""
LOADED_SLOWLY = 1.0
"""Seconds of loading that lines without a screen tell of."""

MODELS = {
    Stage.DIARIZE: "the voice model",
    Stage.TRANSCRIBE: "the speech model",
    Stage.TRANSLATE: "the translation model",
}


@contextmanager
def showing_progress(console: Console, pace: Pace, *, fetches: bool = False) -> Iterator[None]:
    """Follow every stage on a console for as long as the block runs.

    Args:
        console: Where to show it.
        pace: Says how long it may take, and learns how long it took.
        fetches: Whether the first stage is to fetch the sound.
    """
    phases = PHASES if fetches else PHASES[1:]
    times = WorkTimes()
    forecast = _Forecast(console, pace)
    with listening(times), listening(forecast):
        if console.is_terminal:
            with _bars(console) as bars, listening(_Bars(bars, phases, times)):
                yield
        else:
            with listening(_Lines(console, phases, times)):
                yield
    pace.learn(forecast.talk, times)


class _Forecast:
    """Says once how long the talk is, and how long it is going to take."""

    def __init__(self, console: Console, pace: Pace) -> None:
        self._console, self._pace = console, pace
        self.talk = 0.0

    def __call__(self, step: Step) -> None:
        if step.stage == Stage.SEGMENT and not self.talk:
            self.talk = step.sound
            text = self._pace.forecast(step.sound)
            self._console.print(text, highlight=False, soft_wrap=True)


def _bars(console: Console) -> Progress:
    columns = (
        TextColumn("{task.description}", table_column=Column(min_width=NAME_WIDTH)),
        BarColumn(bar_width=min(32, console.width - NAME_WIDTH - SAID_WIDTH)),
        TextColumn("{task.percentage:>3.0f} %", table_column=Column(min_width=5)),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[says]}"),
    )
    is_narrow = console.width < NAME_WIDTH + SAID_WIDTH + 4
    return Progress(*columns[:: 2 if is_narrow else 1], console=console)


class _Bars:
    """One bar for each stage."""

    def __init__(self, progress: Progress, phases: tuple[Stage, ...], times: WorkTimes) -> None:
        self._progress, self._phases, self._times = progress, phases, times
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: Step) -> None:
        if step.stage not in self._tasks:
            name = _numbered(step.stage, self._phases)
            self._tasks[step.stage] = self._progress.add_task(name, total=1.0, says="")
        task = self._tasks[step.stage]
        says = self._says(step)
        self._progress.update(task, completed=step.fraction, says=says, refresh=True)

    def _says(self, step: Step) -> str:
        if step.is_loading:
            return f"loading {_model(step.stage)}"
        if not 0 < step.fraction < 1:
            return describe_speed(step.speed)
        left = self._times.of(step.stage) * (1 / step.fraction - 1)
        return ", ".join(filter(None, (describe_speed(step.speed), f"{length(left)} left")))


class _Lines:
    """One line at the start of each stage and one at its end."""

    def __init__(self, console: Console, phases: tuple[Stage, ...], times: WorkTimes) -> None:
        self._console, self._phases, self._times = console, phases, times
        self._started: set[str] = set()
        self._finished: set[str] = set()
        self._loading = 0.0

    def __call__(self, step: Step) -> None:
        if step.stage not in self._started:
            self._started.add(step.stage)
            self._say(step, "...")
        if self._loading > LOADED_SLOWLY and not step.is_loading:
            self._say(step, f"loaded {_model(step.stage)} in {length(self._loading)}")
        self._loading = step.elapsed if step.is_loading else 0.0
        if step.fraction >= 1.0 and step.stage not in self._finished:
            self._finished.add(step.stage)
            took = f"done in {self._times.of(step.stage):.1f} s"
            self._say(step, ", ".join(filter(None, (took, describe_speed(step.speed)))))

    def _say(self, step: Step, text: str) -> None:
        name = _numbered(step.stage, self._phases)
        self._console.print(f"{name:<{NAME_WIDTH}} {text}", highlight=False, soft_wrap=True)


def _phase(stage: str) -> Stage:
    return Stage(stage.split(maxsplit=1)[0]).phase


def _numbered(stage: str, phases: tuple[Stage, ...]) -> str:
    number = phases.index(_phase(stage)) + 1 if _phase(stage) in phases else 1
    return f"{number}/{len(phases)} {stage}"


def _model(stage: str) -> str:
    return MODELS.get(_phase(stage), "the model")
