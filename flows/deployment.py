"""Which deployment this run is of."""

from functools import lru_cache


def deployment_id() -> str | None:
    """Return the id of the deployment that this run was ordered from; None for none.

    Prefect asks its server each time, this once for each run.
    """
    from prefect import runtime

    return _deployment_of(runtime.flow_run.id)


@lru_cache(maxsize=16)
def _deployment_of(_flow_run: str | None) -> str | None:
    from prefect import runtime

    return runtime.deployment.id or None
