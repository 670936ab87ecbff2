"""Let a run that fails for a reason that we know say that reason, and nothing before it."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from prefect import get_run_logger
from prefect.states import Failed

from podcast.errors import InterlinearError

P = ParamSpec("P")
R = TypeVar("R")


class _SaidPlainly(logging.Filter):
    """Drops what Prefect adds to an error of ours: the way through its code, after the reason."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], InterlinearError))


_SAID_PLAINLY = _SaidPlainly()


def failing_plainly(work: Callable[P, R]) -> Callable[P, R]:
    """End a flow with the message of our error as that of its state, without a traceback.

    Whoever calls the flow gets the error all the same; what is no error of ours has its traceback.
    """

    @wraps(work)
    def run(*arguments: P.args, **named: P.kwargs) -> R:
        for name in ("prefect.flow_runs", "prefect.task_runs"):
            logging.getLogger(name).addFilter(_SAID_PLAINLY)
        try:
            return work(*arguments, **named)
        except InterlinearError as error:
            get_run_logger().error("%s", error)
            return cast("R", Failed(message=str(error), data=error))

    return run
