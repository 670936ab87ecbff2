"""Post news to the webhook, signed as Standard Webhooks has it, and for hours if need be.

https://www.standardwebhooks.com has libraries that check a signature, in many languages.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import httpx
from prefect.deployments import run_deployment
from prefect.exceptions import ObjectNotFound

from flows.settings import settings, webhook_secret
from podcast.errors import NetworkError, SetupError

DEPLOYMENT = "call-webhook/call-webhook"
PAUSES = (60, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600)
"""Seconds before each further run that calls it."""
QUICK_PAUSES = (2, 4, 8, 16)
"""Seconds before each further call where there is no deployment to run."""
TIMEOUT = 10.0
"""Seconds that a receiver has to answer."""
BASE64_SECRET = "whsec_"  # noqa: S105  how a secret in base64 begins
_LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


def insist(news: Mapping[str, Any], delivery: str) -> str:
    """Post news, and again at once if the receiver is away: there is no server to do it later.

    Returns:
        What came of it.

    Raises:
        NetworkError: The receiver was away each time.
        SetupError: It refuses, or there is no secret.
    """
    for pause in QUICK_PAUSES:
        try:
            return post(news, delivery)
        except NetworkError:
            time.sleep(pause)
    return post(news, delivery)


def deliver(news: Mapping[str, Any], delivery: str, tries: int = 1) -> str:
    """Post news, and let a run of its own do it later if the receiver is away.

    Args:
        news: What the body says.
        delivery: Of these news, the same each time.
        tries: How many there were, with this one.

    Returns:
        What came of it.

    Raises:
        NetworkError: The receiver was away each time.
        SetupError: It refuses, or there is no secret.
    """
    try:
        return post(news, delivery)
    except NetworkError as error:
        if tries > len(PAUSES):
            raise
        moment = datetime.now(UTC) + timedelta(seconds=PAUSES[tries - 1])
        _post_later(news, delivery, tries + 1, moment)
        return f"{error} It is called again at {moment:%H:%M} UTC."


def post(news: Mapping[str, Any], delivery: str) -> str:
    """Post news once.

    Returns:
        What came of it.

    Raises:
        NetworkError: The receiver cannot be reached or is in trouble; worth another try.
        SetupError: It refuses, or there is no secret.
    """
    body = json.dumps(news, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", **_signed(body, delivery, int(time.time()))}
    try:
        answer = httpx.post(settings().webhook, content=body, headers=headers, timeout=TIMEOUT)
    except httpx.InvalidURL as error:
        raise SetupError("INTERLINEAR_WEBHOOK is no address. Mend it.") from error
    except httpx.TransportError as error:
        raise NetworkError(f"The webhook cannot be reached: {error}.") from error
    # Wherever a redirect leads: the news is for the address of the settings and no other.
    if answer.is_server_error or answer.is_redirect or answer.status_code in _LATER:
        raise NetworkError(f"The webhook answers {answer.status_code}.")
    if not answer.is_success:
        raise SetupError(f"The webhook refuses with {answer.status_code}. Look at its own log.")
    return "The webhook was called."


def _post_later(news: Mapping[str, Any], delivery: str, tries: int, moment: datetime) -> None:
    parameters = {"news": dict(news), "delivery": delivery, "tries": tries}
    try:
        run_deployment(
            DEPLOYMENT,
            parameters=parameters,
            flow_run_name=f"{news['show']}: {news['title']}",
            scheduled_time=moment,
            timeout=0,
            idempotency_key=f"{delivery} {tries}",
            as_subflow=False,
        )
    except ObjectNotFound as error:
        raise SetupError(f"There is no deployment {DEPLOYMENT}. `make up` makes it.") from error
    except httpx.HTTPError as error:
        raise NetworkError(f"Prefect's server does not take a later call: {error}.") from error


def _signed(body: bytes, delivery: str, moment: int) -> dict[str, str]:
    """Return the headers that prove from whom a body is, which delivery it is, and of when."""
    signed = f"{delivery}.{moment}.".encode() + body
    digest = hmac.new(_key(), signed, hashlib.sha256).digest()
    return {
        "webhook-id": delivery,
        "webhook-timestamp": str(moment),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def _key() -> bytes:
    secret = webhook_secret()
    if not secret:
        raise SetupError("INTERLINEAR_WEBHOOK needs a secret in INTERLINEAR_WEBHOOK_SECRET.")
    if not secret.startswith(BASE64_SECRET):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix(BASE64_SECRET), validate=True)
    except ValueError as error:
        raise SetupError("INTERLINEAR_WEBHOOK_SECRET begins as base64 and is none.") from error
