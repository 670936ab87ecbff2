"""Runs of episodes: what they tell, what they redo, how they end when told to, and two at once."""

import base64
import hashlib
import hmac
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from outputs.linepairs import parse_page

pytestmark = pytest.mark.timeout(900)

WEBHOOK_SECRET = b"of_the_webhook"


@pytest.fixture(scope="module")
def sound(cut: Any) -> Path:
    path: Path = cut("plain.mp3", start=17.0, seconds=9.0)
    return path


@pytest.fixture(scope="module")
def plain(local_prefect: Any, sound: Path) -> str:
    """A run that went well."""
    run: str = local_prefect.process(sound, "Plain")
    local_prefect.wait(run, "Completed")
    return run


def test_a_publication_is_told_to_the_server_and_to_the_webhook(
    local_prefect: Any, host: Any, plain: str
) -> None:
    def events() -> list[dict[str, Any]]:
        told = local_prefect.events("interlinear.episode.published")
        return [event for event in told if is_of(event, plain)]

    told = local_prefect.until(events, "the event of a publication")
    posted = [(head, body) for head, body in host.posted if json.loads(body)["title"] == "Plain"]

    assert [event["resource"]["prefect.resource.id"] for event in told] == [
        "interlinear.episode.open-ears.plain"
    ]
    news = told[0]["payload"]
    assert (news["show"], news["title"], news["languages"]) == (
        *("Open Ears", "Plain"),
        ["ko", "zh", "ja"],
    )
    assert news.pop("folder") == str(local_prefect.published / "open-ears" / "plain")
    assert news["lines"] > 2
    assert news["duration"] == pytest.approx(9.0, abs=0.2)
    ((head, body),) = posted
    signed = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + body
    signature = base64.b64encode(hmac.new(WEBHOOK_SECRET, signed, hashlib.sha256).digest())
    assert head["webhook-signature"] == f"v1,{signature.decode()}"
    assert json.loads(body) == {"event": "interlinear.episode.published", **news}


def is_of(event: dict[str, Any], run: str) -> bool:
    return any(run in part["prefect.resource.id"] for part in event["related"])


def test_a_failure_is_told_with_its_reason_and_without_secrets(local_prefect: Any) -> None:
    run = local_prefect.process("http://ann:secret@127.0.0.1:9/a.mp3", "Fails at once")
    local_prefect.wait(run, "Failed")

    def told() -> list[Any]:
        events = local_prefect.events("interlinear.episode.failed")
        return [e["payload"] for e in events if e["payload"]["flow_run_id"] == run]

    (news,) = local_prefect.until(told, "the event of a failure")
    assert (news["title"], news["state"]) == ("Fails at once", "Failed")
    assert news["reason"].startswith("http://127.0.0.1:9/a.mp3 could not be downloaded")
    assert local_prefect.state(run)["message"] == news["reason"]
    assert "Traceback" not in str(local_prefect.log(run))
    advice = local_prefect.artifacts(run)["What to do"]["data"]
    assert "could not be downloaded" in advice
    assert "secret" not in json.dumps(news)


def test_a_rerun_does_what_it_is_told_and_nothing_else(
    local_prefect: Any, sound: Path, plain: str
) -> None:
    work = []
    for change in ({"redo_from": "transcribe"}, {"speakers": {"exactly": 2}}):
        run = local_prefect.process(sound, "Plain", languages=["ko"], **change)
        local_prefect.wait(run, "Completed")
        work.append(local_prefect.work(run))

    assert work == [
        ({"segment", "cluster"}, {"transcribe", "translate ko"}),
        ({"segment", "transcribe", "translate ko"}, {"cluster"}),
    ]
    folder = local_prefect.published / "open-ears" / "plain"
    assert {path.name for path in folder.glob("??.html")} == {"ko.html", "zh.html", "ja.html"}
    assert len(json.loads((folder / "episode.json").read_text())["speakers"]) == 2


def test_two_runs_of_one_episode_do_its_work_once_and_the_second_waits(
    local_prefect: Any, host: Any, cut: Any
) -> None:
    sound, waits = "/twice.mp3", "this one waits for it"
    host.files[sound] = cut("twice.mp3", start=26.0, seconds=9.0).read_bytes()
    host.held.add(sound)  # so that the first is not done before the second begins
    with local_prefect.runs_at_once("process-episode", 2):
        runs = [local_prefect.process(f"{host.url}{sound}", "Twice") for _ in range(2)]
        local_prefect.until(
            lambda: any(waits in str(local_prefect.log(run)) for run in runs), waits
        )
        host.held.clear()
        for run in runs:
            local_prefect.wait(run, "Completed")

    logs = ["\n".join(local_prefect.log(run)) for run in runs]
    second = next(log for log in logs if waits in log)
    (first,) = [log for log in logs if log is not second]
    assert "reused: nothing" in first
    assert "made: nothing" in second
    folder = local_prefect.published / "open-ears" / "twice"
    assert len(parse_page((folder / "ko.txt").read_text("utf-8")).pairs) > 2


def test_a_run_that_is_cancelled_within_a_call_of_a_model_is_gone_in_ten_seconds(
    local_prefect: Any, cut: Any
) -> None:
    prefect, sound = local_prefect, cut("cancelled.mp3", seconds=60.0)
    cache, before = prefect.folder / "cache", prefect.kept()
    run = prefect.process(sound, "Cancelled")
    prefect.until(prefect.is_model_at_work, "a call of a model")

    prefect.call("POST", f"/flow_runs/{run}/set_state", {"state": {"type": "CANCELLING"}})
    asked = time.monotonic()
    prefect.until(lambda: prefect.is_gone(run), "the end of a cancelled run", 60)
    took = time.monotonic() - asked
    prefect.wait(run, "Cancelled")
    prefect.free_places()

    assert took < 10
    assert "Crash detected!" not in str(prefect.log(run))
    tasks = prefect.call("POST", "/task_runs/filter", {"flow_runs": {"id": {"any_": [run]}}})
    assert Counter(task["state_name"] for task in tasks) == {"Completed": 2, "Cancelled": 1}
    assert prefect.kept() == before
    assert not (prefect.published / "open-ears" / "cancelled").exists()
    places = (cache / "recordings", cache / "downloads", prefect.published)
    left = [path.name for place in places for path in place.rglob(".*")]
    assert [name for name in left if not name.endswith(".lock")] == []


def test_no_secret_is_in_anything_that_is_kept(local_prefect: Any, plain: str) -> None:
    secrets = [local_prefect.environment["HF_TOKEN"].encode(), WEBHOOK_SECRET]
    secrets.append(local_prefect.password.partition(":")[2].encode())
    kept = [path for path in local_prefect.folder.rglob("*") if path.is_file()]
    kept.remove(local_prefect.home / "password")

    assert len(kept) > 50
    assert [p for p in kept if any(secret in p.read_bytes() for secret in secrets)] == []
