"""A webhook is signed, tried again for hours, and told nothing of this machine."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from prefect import flow
from prefect.client.orchestration import get_client

from flows.runs import webhook
from flows.runs.webhook import PAUSES, deliver, insist, post
from flows.settings import settings
from podcast.errors import BadInputError, NetworkError, SetupError

NEWS = {"show": "Open Ears", "title": "A title"}
CUT = 0
"""The connection is cut in the place of an answer."""


@pytest.mark.parametrize(
    ("secret", "key"),
    [("of-the-test", b"of-the-test"), ("whsec_b2YtdGhlLXRlc3Q=", b"of-the-test")],
)
def test_the_time_and_the_delivery_are_signed_with_the_body(
    receiver: Any, monkeypatch: pytest.MonkeyPatch, secret: str, key: bytes
) -> None:
    monkeypatch.setenv("INTERLINEAR_WEBHOOK_SECRET", secret)
    receiver.answers = [204]

    post(NEWS, "msg_1")

    ((headers, body),) = receiver.got
    signed = f"msg_1.{headers['webhook-timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert (headers["webhook-id"], headers["webhook-signature"]) == ("msg_1", f"v1,{digest}")
    assert abs(int(headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60
    assert json.loads(body) == NEWS


@pytest.mark.parametrize("answer", [429, 408, 425, 500, 503, 301, 302, 307, CUT])
def test_what_may_go_away_is_worth_another_try(receiver: Any, answer: int) -> None:
    receiver.answers = [answer]

    with pytest.raises(NetworkError):
        post(NEWS, "msg_1")


@pytest.mark.parametrize("answer", [400, 401, 403, 404, 410])
def test_a_refusal_is_final(receiver: Any, monkeypatch: pytest.MonkeyPatch, answer: int) -> None:
    receiver.answers = [answer]
    monkeypatch.setattr(webhook, "QUICK_PAUSES", (0, 0))

    with pytest.raises(SetupError, match=f"refuses with {answer}"):
        insist(NEWS, "msg_1")
    assert len(receiver.got) == 1


def test_without_a_deployment_it_is_tried_again_at_once(
    receiver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.answers = [503, 503, 200]
    monkeypatch.setattr(webhook, "QUICK_PAUSES", (0, 0))

    assert insist(NEWS, "msg_1") == "The webhook was called."
    assert [headers["webhook-id"] for headers, _ in receiver.got] == 3 * ["msg_1"]


@flow(name="call-webhook")
def calling(news: dict[str, Any], delivery: str, tries: int) -> None:
    """Stand for the flow of the deployment, which no worker runs here."""


@pytest.mark.usefixtures("prefect")
def test_a_run_of_its_own_tries_it_later(receiver: Any) -> None:
    receiver.answers = [503]
    with get_client(sync_client=True) as client:
        client.create_deployment(client.create_flow(calling), name="call-webhook")
        delivery, before = f"msg_{uuid4()}", datetime.now(UTC)

        told = deliver(NEWS, delivery, 2)

        runs = [run for run in client.read_flow_runs() if delivery in str(run.parameters)]
    (run,) = runs
    assert run.parameters == {"news": NEWS, "delivery": delivery, "tries": 3}
    pause = run.expected_start_time - before
    assert timedelta(seconds=PAUSES[1]) <= pause < timedelta(seconds=PAUSES[1] + 60)
    assert "answers 503" in told


def test_it_is_given_up_after_many_hours(receiver: Any) -> None:
    receiver.answers = [503]

    with pytest.raises(NetworkError, match="503"):
        deliver(NEWS, "msg_1", len(PAUSES) + 1)
    assert sum(PAUSES) > 12 * 3600


def test_what_no_webhook_can_be_told_is_said(
    receiver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERLINEAR_WEBHOOK_EVENTS", "published, broken")
    settings.cache_clear()

    with pytest.raises(BadInputError, match="published and failed"):
        settings()
