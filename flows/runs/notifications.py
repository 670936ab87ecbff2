"""Tell others that an episode is published, or is not: Prefect's events, and a signed webhook."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import httpx
from prefect import get_run_logger, task
from prefect.events import emit_event
from prefect.tasks import exponential_backoff

from audio.web.address import without_secrets
from flows.runs.retrying import raised
from flows.runs.site_urls import address_of
from flows.settings import settings, webhook_secret
from outputs.record.record_types import EpisodeRecord
from podcast.errors import NetworkError, SetupError

PUBLISHED = "interlinear.episode.published"
FAILED = "interlinear.episode.failed"
SIGNATURE = "X-Interlinear-Signature"
TIMEOUT = 10.0
"""Seconds that a receiver has to answer."""
LONGEST_REASON = 1000


def announce(record: EpisodeRecord, folder: Path) -> None:
    """Emit the event, then call the webhook if there is one; the episode is published anyway."""
    news = {
        "show": record.show,
        "title": record.title,
        "guid": record.guid,
        "folder": str(folder),
        "address": address_of(folder),
        "languages": list(record.titles),
        "lines": len(record.lines),
        "duration": record.recording.duration,
    }
    emit_event(PUBLISHED, resource=_resource(f"{folder.parent.name}.{folder.name}"), payload=news)
    if settings().webhook:
        state = call_webhook({"event": PUBLISHED, **news}, return_state=True)
        if state.is_failed():
            get_run_logger().warning("Published, but the webhook was not reached.")


def announce_failure(flow: Any, flow_run: Any, state: Any) -> None:  # noqa: ARG001  Prefect's
    """Emit the event of a run that failed or crashed; Prefect calls this."""
    given = flow_run.parameters
    audio = str(given.get("audio", ""))
    news = {
        "show": given.get("show", ""),
        "title": given.get("title", ""),
        "guid": given.get("guid", ""),
        "audio": without_secrets(audio) if "://" in audio else audio,
        "flow_run_id": str(flow_run.id),
        "state": state.name,
        "reason": (state.message or "")[:LONGEST_REASON],
    }
    emit_event(FAILED, resource=_resource(str(flow_run.id)), payload=news)


@task(
    name="webhook",
    persist_result=False,
    retries=4,
    retry_delay_seconds=exponential_backoff(backoff_factor=2),
    retry_condition_fn=raised(NetworkError),
)
def call_webhook(news: dict[str, Any]) -> None:
    """Post the news as JSON, signed with the secret of the environment.

    Raises:
        NetworkError: The receiver cannot be reached or is in trouble; worth another try.
        SetupError: There is no secret, or the receiver refuses.
    """
    body = json.dumps(news, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", SIGNATURE: sign(body)}
    try:
        answer = httpx.post(settings().webhook, content=body, headers=headers, timeout=TIMEOUT)
    except httpx.TransportError as error:
        raise NetworkError(f"The webhook cannot be reached: {error}.") from error
    if answer.is_server_error:
        raise NetworkError(f"The webhook answers {answer.status_code}.")
    if not answer.is_success:
        raise SetupError(f"The webhook refuses with {answer.status_code}. Look at its own log.")


def sign(body: bytes) -> str:
    """Return `sha256=` and the HMAC-SHA256 of a body under the secret, in hexadecimal.

    Raises:
        SetupError: There is no secret.
    """
    secret = webhook_secret()
    if not secret:
        raise SetupError("INTERLINEAR_WEBHOOK needs a secret in INTERLINEAR_WEBHOOK_SECRET.")
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def _resource(name: str) -> dict[str, str]:
    return {"prefect.resource.id": f"interlinear.episode.{name}"}
