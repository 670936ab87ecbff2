"""Say how far a stage is: to whoever listens, and now and then to the run's log."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flows.runs.concurrency import raise_if_cancelled
from podcast.progress import Report
from podcast.timeline import Span

logger = logging.getLogger(__name__)

LOG_STEP = 0.25
"""A stage logs each time that this much more of it is done."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one stage is.

    Attributes:
        stage: Its name.
        fraction: Done, 0 to 1.
        speed: Seconds of sound a second, for stages that work through the sound; else None.
        elapsed: Seconds since the work on the stage began, or on the part of it that is being
            done; while its model loads, since that began.
        is_loading: Whether it waits for its model.
        sound: Seconds of sound that the whole stage works through; 0 if it does not.
    """

    stage: str
    fraction: float
    speed: float | None
    elapsed: float
    is_loading: bool = False
    sound: float = 0.0


WHOLE = Span(0.0, 1.0)

Log = logging.Logger | logging.LoggerAdapter[logging.Logger]
Listener = Callable[[Progress], None]
_listeners: list[Listener] = []


class WorkTimes:
    """A listener that adds up how long each stage has worked, loading aside."""

    def __init__(self) -> None:
        self._parts: dict[str, list[float]] = {}

    def __call__(self, step: Progress) -> None:
        """See `Listener`."""
        if step.is_loading:
            return
        parts = self._parts.setdefault(step.stage, [0.0])
        if step.elapsed < parts[-1]:  # the clock starts again with each part of a stage
            parts.append(0.0)
        parts[-1] = step.elapsed

    def of(self, stage: str) -> float:
        """Return the seconds of one stage."""
        return sum(self._parts.get(stage, ()))

    def each(self) -> dict[str, float]:
        """Return the seconds of each stage, by its name."""
        return {stage: self.of(stage) for stage in self._parts}

    def total(self) -> float:
        """Return the seconds of all stages."""
        return sum(map(self.of, self._parts))


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Pass every step of every stage of this process to a listener."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


@contextmanager
def stage(
    name: str, log: Log, seconds: float = 0.0, part: Span = WHOLE, *, loads: bool = False
) -> Iterator[Report]:
    """Follow one stage.

    Args:
        name: What it does.
        log: Where to log its start, its quarters and its end.
        seconds: Of sound that it works through; 0 if it does not.
        part: Which fraction of the stage this is, where it is done in parts.
        loads: Whether a model has to be there first: until the first report, it is loading.

    Yields:
        A function to call with the fraction of the part that is done. It raises where the run has
        failed meanwhile.
    """
    follower = _Follower(name, log, seconds, part, is_loading=loads)
    follower.tell(0.0)
    yield follower.report
    if follower.logged < part.end:
        follower.report(1.0)


class _Follower:
    """Tells the listeners how far one part of a stage is, and now and then the log."""

    def __init__(
        self, name: str, log: Log, seconds: float, part: Span, *, is_loading: bool
    ) -> None:
        self.logged = part.start
        self._name, self._log, self._seconds, self._part = name, log, seconds, part
        self._is_loading, self._began = is_loading, time.monotonic()

    def report(self, done: float) -> None:
        """Take in the fraction of the part that is done."""
        if done < 1.0:  # what is finished is kept, whatever failed meanwhile
            raise_if_cancelled()
        if self._is_loading:
            self.tell(0.0)  # how long it took
            self._is_loading, self._began = False, time.monotonic()
        self.tell(done)

    def tell(self, done: float) -> None:
        """Tell the listeners, and the log where a quarter more is done."""
        elapsed = time.monotonic() - self._began
        speed = done * self._seconds / elapsed if self._seconds and elapsed else None
        fraction = (1 - done) * self._part.start + done * self._part.end
        sound = self._seconds / (self._part.end - self._part.start)
        progress = Progress(self._name, fraction, speed, elapsed, self._is_loading, sound)
        for listener in _listeners:
            listener(progress)
        if fraction - self.logged >= LOG_STEP or fraction >= 1.0 > self.logged:
            self.logged = fraction
            self._log.info("%s: %s", self._name, _describe(progress))


def describe_speed(speed: float | None) -> str:
    """Say how fast a stage works through the sound; nothing where it does not."""
    return f"{speed:.1f}x real time" if speed else ""


def _describe(progress: Progress) -> str:
    parts = (f"{progress.fraction:.0%} in {progress.elapsed:.1f} s", describe_speed(progress.speed))
    return ", ".join(part for part in parts if part)
