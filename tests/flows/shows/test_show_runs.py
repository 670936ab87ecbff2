"""Every episode of a show that is followed gets a flow run of its own, whose end is noted later."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.settings import settings
from podcast.errors import BadInputError, SetupError

pytestmark = pytest.mark.usefixtures("prefect")

DEPLOYMENT = "process-episode/of-tests"


@pytest.fixture
def worker(
    prefect: None, fakes: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], list[str]]]:
    """The deployment, and a worker that runs in this process what is scheduled, oldest first.

    It says how each run ended. What tests before have left is not run.
    """
    # Runs that seem to have no deployment ask the models of this process, which are fakes.
    for module in ("models.host_client", "runs.run_locks"):
        monkeypatch.setattr(f"flows.{module}.deployment_id", lambda: None)
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import (
        FlowRunFilter,
        FlowRunFilterState,
        FlowRunFilterStateType,
    )
    from prefect.client.schemas.objects import StateType
    from prefect.client.schemas.sorting import FlowRunSort
    from prefect.flow_engine import run_flow

    from flows.episode import process_episode

    scheduled = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))
    )
    with get_client(sync_client=True) as client:
        deployment = client.create_deployment(
            flow_id=client.create_flow(process_episode),
            name="of-tests",
            parameter_openapi_schema=process_episode.parameters.model_dump(),
            enforce_parameter_schema=True,
        )

        def work() -> list[str]:
            waiting = client.read_flow_runs(
                flow_run_filter=scheduled, sort=FlowRunSort.EXPECTED_START_TIME_ASC
            )
            states = [
                run_flow(process_episode, run, run.parameters, return_type="state")
                for run in waiting
                if run.deployment_id == deployment
            ]
            return [state.type.value for state in states]

        yield work
        client.delete_deployment(deployment)


def poll(show: Path) -> None:
    from flows.show import follow_show

    follow_show(show, DEPLOYMENT)


def run_of(guid: str) -> Any:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return client.read_flow_run(known(guid)["run"])


def published(show: Path) -> dict[str, str]:
    records = [json.loads(p.read_text()) for p in show.parents[1].glob("out/*/*/episode.json")]
    return {record["guid"]: record["title"] for record in records}


def known(guid: str) -> dict[str, Any]:
    state = json.loads((settings().data / "shows" / "ears.json").read_text())
    episode: dict[str, Any] = state["episodes"][guid]
    return episode


def test_every_episode_gets_a_run_of_its_own_and_the_poll_does_not_wait(
    host: Any, show: Path, worker: Callable[[], list[str]]
) -> None:
    keys = "old_episodes = 2\ntrack = 1\nforce_english = true\n"
    show.write_text(keys + show.read_text() + '[wording]\nglossary = "g.toml"\n')
    host.announce("one", "A title", "one.wav", day=1)
    host.announce("two", "Second", "two.wav", day=2)

    poll(show)

    assert [known(guid)["status"] for guid in ("one", "two")] == ["started", "started"]
    assert known("one")["run"] != known("two")["run"]
    assert published(show) == {}
    run = run_of("one")
    assert run.state.is_scheduled()
    assert run.parent_task_run_id is None
    assert (run.name, run.tags) == ("Open Ears: A title", ["ears"])
    parameters = run.parameters
    assert parameters["audio"] == f"{host.url}/one.wav"
    assert (parameters["show"], parameters["title"]) == ("Open Ears", "A title")
    assert (parameters["guid"], parameters["languages"]) == ("one", ["ko"])
    assert parameters["published_at"] == "2026-11-01T06:00:00Z"
    assert parameters["speakers"]["people"] == ["Ann Lee"]
    assert parameters["wording"]["glossary"] == "g.toml"
    assert (parameters["track"], parameters["force_english"]) == (1, True)


def test_what_became_of_a_run_is_noted_by_the_next_poll(
    host: Any, show: Path, worker: Callable[[], list[str]]
) -> None:
    host.announce("one", "A title", "one.wav")
    poll(show)
    assert worker() == ["COMPLETED"]

    poll(show)

    assert published(show) == {"one": "A title"}
    assert (known("one")["status"], known("one")["run"]) == ("done", "")
    assert worker() == []


def test_while_a_run_goes_on_no_other_is_started_for_its_episode(
    host: Any, show: Path, worker: Callable[[], list[str]]
) -> None:
    host.announce("one", "A title", "one.wav")
    poll(show)
    host.announce("two", "Second", "two.wav", day=2)

    poll(show)

    assert worker() == ["COMPLETED", "COMPLETED"]
    assert published(show) == {"one": "A title", "two": "Second"}


def test_polls_that_know_nothing_of_each_other_start_the_same_run(
    host: Any, show: Path, worker: Callable[[], list[str]]
) -> None:
    host.announce("one", "A title", "one.wav")
    poll(show)
    first = known("one")["run"]
    (settings().data / "shows" / "ears.json").unlink()

    poll(show)

    assert known("one")["run"] == first
    assert worker() == ["COMPLETED"]


def test_a_bad_episode_stops_no_other_and_is_reported_once_after_its_tries(
    host: Any, show: Path, worker: Callable[[], list[str]]
) -> None:
    show.write_text("old_episodes = 2\n" + show.read_text())
    host.announce("bad", "Bad", "missing.mp3", day=1)
    host.announce("one", "A title", "one.wav", day=2)
    poll(show)
    assert sorted(worker()) == ["COMPLETED", "FAILED"]
    poll(show)
    assert (known("bad")["status"], known("bad")["tries"]) == ("started", 2)
    assert worker() == ["FAILED"]

    with pytest.raises(BadInputError, match=r"Given up.*'Bad' \(bad\).*404"):
        poll(show)
    poll(show)

    assert worker() == []
    assert known("bad")["status"] == "given up"
    assert published(show) == {"one": "A title"}


def test_another_sound_is_made_after_the_run_that_makes_the_first(
    host: Any, show: Path, worker: Callable[[], list[str]]
) -> None:
    host.announce("one", "A title", "one.wav")
    poll(show)
    host.items.clear()
    host.announce("one", "A title", "two.wav")
    poll(show)
    assert worker() == ["COMPLETED"]

    poll(show)

    assert run_of("one").parameters["audio"].endswith("/two.wav")


def test_a_run_that_somebody_cancels_is_not_started_again(
    host: Any, show: Path, worker: Callable[[], list[str]]
) -> None:
    from prefect.client.orchestration import get_client
    from prefect.states import Cancelled

    host.announce("one", "A title", "one.wav")
    poll(show)
    with get_client(sync_client=True) as client:
        client.set_flow_run_state(known("one")["run"], Cancelled(), force=True)

    with pytest.raises(BadInputError, match="Its run was cancelled"):
        poll(show)
    poll(show)

    assert worker() == []


def test_a_run_that_was_deleted_is_started_again(
    host: Any, show: Path, worker: Callable[[], list[str]]
) -> None:
    from prefect.client.orchestration import get_client

    host.announce("one", "A title", "one.wav")
    poll(show)
    with get_client(sync_client=True) as client:
        client.delete_flow_run(known("one")["run"])

    poll(show)

    assert known("one")["tries"] == 2
    assert worker() == ["COMPLETED"]


def test_a_deployment_that_is_not_there_is_named_and_costs_no_try(host: Any, show: Path) -> None:
    from flows.show import follow_show

    show.write_text('deployment = "process-episode/nowhere"\n' + show.read_text())
    host.announce("one", "A title", "one.wav")

    with pytest.raises(SetupError, match="no deployment process-episode/nowhere"):
        follow_show(show, DEPLOYMENT)

    assert (known("one")["status"], known("one")["tries"]) == ("waiting", 0)


def test_all_shows_are_polled_although_one_is_bad(
    host: Any, show: Path, worker: Callable[[], list[str]]
) -> None:
    from flows.show import follow_shows

    show.with_name("a-bad.toml").write_text('feed = "http://127.0.0.1:9/feed"\n')
    host.announce("one", "A title", "one.wav")

    with pytest.raises(BadInputError, match=r"with a-bad\. a-bad: http://127\.0\.0\.1:9/feed"):
        follow_shows(show.parent, DEPLOYMENT)

    assert worker() == ["COMPLETED"]
