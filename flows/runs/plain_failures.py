"""Let a run that fails for a reason that we know say that reason, and nothing before it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from prefect import get_run_logger
from prefect.states import Failed

from podcast.errors import InterlinearError

P = ParamSpec("P")
R = TypeVar("R")


def failing_plainly(work: Callable[P, R]) -> Callable[P, R]:
    """End a flow with the message of our error as that of its state, without a traceback.

    Whoever calls the flow gets the error all the same; what is no error of ours has its traceback.
    """

    @wraps(work)
    def run(*arguments: P.args, **named: P.kwargs) -> R:
        try:
            return work(*arguments, **named)
        except InterlinearError as error:
            get_run_logger().error("%s", error)
            return cast("R", Failed(message=str(error), data=error))

    return run
