"""Share the processor or the GPU: how many calls of models at once, and how long each may take."""

from collections.abc import Iterator
from contextlib import contextmanager

from flows.settings import NO_LIMIT, settings

LEASE = 60.0
"""Seconds after which the place of a run that died is free again."""


LOADING = 600.0
"""Seconds that a model may take before it works at all."""
SOUND_OF_A_ROW = 3.0
"""Seconds of sound that a row of text stands for."""


@contextmanager
def model_place() -> Iterator[None]:
    """Wait for a place among the calls of models that share a processor or GPU."""
    if settings().models_limit == NO_LIMIT:
        yield
        return
    from prefect.concurrency.sync import concurrency

    with concurrency(settings().models_limit, lease_duration=LEASE):
        yield


def time_for_sound(duration: float) -> float:
    """Return the seconds that a stage may take for so many seconds of sound."""
    return LOADING + settings().stage_limit * duration


def time_for_rows(count: int) -> float:
    """Return the seconds that a stage may take which translates so many rows."""
    return time_for_sound(count * SOUND_OF_A_ROW)
