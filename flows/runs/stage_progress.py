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
        elapsed: Seconds since the stage began, or the part of it that is being done.
    """

    stage: str
    fraction: float
    speed: float | None
    elapsed: float


WHOLE = Span(0.0, 1.0)

Listener = Callable[[Progress], None]
_listeners: list[Listener] = []


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
    name: str,
    log: logging.Logger | logging.LoggerAdapter[logging.Logger],
    seconds: float = 0.0,
    part: Span = WHOLE,
) -> Iterator[Report]:
    """Follow one stage.

    Args:
        name: What it does.
        log: Where to log its start, its quarters and its end.
        seconds: Of sound that it works through; 0 if it does not.
        part: Which fraction of the stage this is, where it is done in parts.

    Yields:
        A function to call with the fraction of the part that is done. It raises where the run has
        failed meanwhile.
    """
    started = time.monotonic()
    logged = part.start

    def report(done: float) -> None:
        nonlocal logged
        if done < 1.0:  # what is finished is kept, whatever failed meanwhile
            raise_if_cancelled()
        elapsed = time.monotonic() - started
        speed = done * seconds / elapsed if seconds and elapsed else None
        fraction = (1 - done) * part.start + done * part.end
        progress = Progress(name, fraction, speed, elapsed)
        for listener in _listeners:
            listener(progress)
        if fraction - logged >= LOG_STEP or fraction >= 1.0 > logged:
            logged = fraction
            log.info("%s: %s", name, _describe(progress))

    report(0.0)
    yield report
    if logged < part.end:
        report(1.0)


def _describe(progress: Progress) -> str:
    speed = f", {progress.speed:.1f} s of sound a second" if progress.speed else ""
    return f"{progress.fraction:.0%} in {progress.elapsed:.1f} s{speed}"
