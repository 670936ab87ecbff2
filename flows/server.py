"""Which Prefect server a run in this process has: one that is named, or one of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from podcast.errors import NetworkError

TIMEOUT = 10.0
"""Seconds. A server that takes longer to say that it is there would not keep up with a run."""


def require_server() -> None:
    """Ask the Prefect server of the environment or of the profile, if there is one.

    Raises:
        NetworkError: It does not answer.
    """
    import httpx

    url = _named()
    if not url:
        return  # Prefect starts a server of its own, in this process
    try:
        httpx.get(f"{url}/health", timeout=TIMEOUT)
    except httpx.TransportError as error:
        raise NetworkError(
            f"The Prefect server at {url} does not answer: {error}. Start it, or unset "
            "PREFECT_API_URL (or choose another Prefect profile) to run without one."
        ) from error


@contextmanager
def unwatched() -> Iterator[None]:
    """Send no heartbeats to a server of our own, which ends with the run that they would tell of.

    Prefect waits for the thread that sends them, up to a second at the end of each run.
    """
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with temporary_settings({} if _named() else {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


def _named() -> str | None:
    from prefect.settings import PREFECT_API_URL

    url: str | None = PREFECT_API_URL.value()
    return url
