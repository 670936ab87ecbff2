"""When a task is worth another try."""

from collections.abc import Callable
from typing import Any

Condition = Callable[[object, object, Any], bool]
"""Of Prefect's: takes a task, its run and the state that the run ended in."""


def raised(kind: type[Exception]) -> Condition:
    """Try again after one kind of error: what may go away by itself. A broken file stays broken."""

    def is_worth_it(_task: object, _run: object, state: Any) -> bool:
        return isinstance(state.result(raise_on_failure=False), kind)

    return is_worth_it
