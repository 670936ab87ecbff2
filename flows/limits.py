"""Share the processor or the GPU: so many runs ask a model at the same time, on all machines."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

MODELS_LIMIT = "interlinear-models"
"""The global concurrency limit of the server. `interlinear up` makes it, the UI changes it."""
LEASE = 60.0
"""Seconds after which the place of a run that died is free again."""


@contextmanager
def model_place() -> Iterator[None]:
    """Wait for a place among those that may ask a model.

    Only runs of a deployment do, which share their machine with others: asking takes a second or
    two each time, and a run that somebody started by hand is alone.
    """
    from prefect import runtime
    from prefect.concurrency.sync import concurrency

    place = concurrency(MODELS_LIMIT, lease_duration=LEASE) if runtime.deployment.id else None
    with place or nullcontext():
        yield
