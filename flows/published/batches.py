"""Do the same work for many published episodes, in batches that stop no other when they fail."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from prefect import Task, get_run_logger
from prefect.futures import PrefectFuture

from flows.published.batch_results import BatchResult
from flows.published.cluster import started_runner
from flows.settings import settings

TASKS = 100
"""So many batches at most. Each costs the server a task run, which an episode is not worth."""


Batch = Task[Any, tuple[BatchResult, ...]]
"""Takes `folders`, and whatever else the work needs."""
Result = Callable[[], tuple[BatchResult, ...]]
"""Returns what came of a batch, once that is known."""


def in_batches(
    batch: Batch, folders: Sequence[Path], **parameters: object
) -> Iterator[BatchResult]:
    """Give episodes out in batches, to this process or to the Dask cluster of the settings.

    Args:
        batch: The work, of a module that Dask's workers can import.
        folders: Of the episodes, as the workers see them.
        parameters: Of the work, besides the folders.

    Yields:
        What became of each.

    Raises:
        BadInputError: The setting names no cluster.
        NetworkError: The cluster cannot be reached, or has no worker.
    """
    size = math.ceil(len(folders) / TASKS)
    parts = [tuple(folders[n : n + size]) for n in range(0, len(folders), size)]
    n_done = 0
    for part, result in zip(parts, _results(batch, parts, parameters), strict=True):
        yield from _outcomes(part, result)
        n_done += len(part)
        get_run_logger().info("%d of %d episodes are through", n_done, len(folders))


def _results(
    batch: Batch, parts: Sequence[Sequence[Path]], parameters: Mapping[str, object]
) -> Iterator[Result]:
    """Do the batches one after the other, or all at once on the Dask cluster of the settings."""
    each = [{"folders": part, **parameters} for part in parts]
    if settings().dask:
        with started_runner(settings().dask) as runner:
            futures: list[PrefectFuture[Any]] = [runner.submit(batch, asked) for asked in each]
            yield from (future.result for future in futures)
    else:  # not in a thread, which no signal reaches when the run is cancelled
        yield from (partial(batch, **asked) for asked in each)


def _outcomes(part: Sequence[Path], result: Result) -> tuple[BatchResult, ...]:
    try:
        return result()
    except Exception as error:  # noqa: BLE001  such as a worker that dies: its episodes are named
        reason = f"its batch died ({type(error).__name__}: {error}); do it again"
        return tuple(
            BatchResult(folder, f"{folder}: {reason}", is_changed=False) for folder in part
        )
