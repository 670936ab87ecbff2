"""Run a stage, or take its result that is kept from an earlier run, and note which it was."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar, cast

from prefect import Task, get_run_logger, runtime
from prefect.tasks import TaskRunNameCallbackWithParameters

from flows.runs.concurrency import raise_if_cancelled
from flows.runs.stage_progress import WorkTimes, listening
from podcast.language import Language
from podcast.stage import Stage

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class RunLog:
    """What one run has done so far.

    Attributes:
        redo_from: The first stage that is done again although its result is kept.
        reused: What was kept from an earlier run.
        made: What is new.
        times: How long the run has worked on each stage.
    """

    redo_from: Stage | None = None
    reused: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    times: WorkTimes = field(default_factory=WorkTimes)

    def redoes(self, stage: Stage) -> bool:
        """Whether a stage is done again in any case."""
        return self.redo_from is not None and stage.place >= self.redo_from.place

    def __str__(self) -> str:
        # A long recording is worked through in pieces; each stage is named once.
        lists = (dict.fromkeys(names) for names in (self.reused, self.made))
        reused, made = (", ".join(names) or "nothing" for names in lists)
        return f"reused: {reused}; made: {made}"


_log: ContextVar[RunLog | None] = ContextVar("log", default=None)


@contextmanager
def logging_run(redo_from: Stage | None) -> Iterator[RunLog]:
    """Note what the stages of this run do, and do some of them again."""
    log = RunLog(redo_from)
    token = _log.set(log)
    try:
        with listening(log.times):
            yield log
    finally:
        _log.reset(token)


def run_stage(task: Task[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Run a task of a stage, or take its kept result.

    Raises:
        OtherFailedError: The chain of stages beside this one has failed.
    """
    raise_if_cancelled()
    log = _log.get() or RunLog()
    again = log.redoes(Stage(task.name))
    chosen = task.with_options(refresh_cache=True) if again else task
    state = chosen(*arguments, **named, return_state=True)
    result: R = state.result()
    name = _name(task.name, arguments)
    is_reused = state.name == "Cached"
    (log.reused if is_reused else log.made).append(name)
    if is_reused:
        get_run_logger().info("%s: kept from an earlier run", name)
    return result


def _named_after_episode(parameters: dict[str, Any]) -> str:
    name = _name(runtime.task_run.task_name, parameters.values())
    return f"{name} ({runtime.flow_run.name})"


named_after_episode = cast("TaskRunNameCallbackWithParameters", _named_after_episode)
"""Names a task's run after its episode too; Prefect begins each of its lines of the log so."""


def _name(task: str, arguments: Iterable[object]) -> str:
    return " ".join([task, *(value.value for value in arguments if isinstance(value, Language))])
