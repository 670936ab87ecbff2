"""The token of a private feed is in no parameter of a run and in nothing that is published."""

from pathlib import Path
from typing import Any

import pytest

from podcast.errors import BadInputError

pytestmark = pytest.mark.usefixtures("prefect")
TOKEN = "of-a-listener"


@pytest.fixture
def private_show(show: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    text = show.read_text(encoding="utf-8").replace("/feed.xml", "/feed.xml?key=$EARS_KEY")
    show.write_text(f"private = true\n{text}", encoding="utf-8")
    monkeypatch.setenv("EARS_KEY", TOKEN)
    return show


def test_a_run_looks_its_address_up_itself(
    host: Any, private_show: Path, fakes: Any, tmp_path: Path
) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import FlowRunSort

    from flows.show import follow_show

    host.moved = {}
    host.announce("one", "A title", f"one.wav?key={TOKEN}")
    host.raw = host.feed()
    host.bodies["feed.xml"] = host.raw

    follow_show(private_show)

    (record,) = tmp_path.glob("out/*/*/episode.json")
    assert any(path == f"/one.wav?key={TOKEN}" for path, _ in host.asked)
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=2)
    assert [run.parameters.get("audio") for run in runs] == [f"show:{private_show}", None]
    assert not any(TOKEN in run.model_dump_json() for run in runs)
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".toml"]
    assert record in kept
    assert not any(TOKEN.encode() in path.read_bytes() for path in kept)


def test_a_secret_that_is_not_set_is_named(
    private_show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.feeds.show_file import load_show

    monkeypatch.delenv("EARS_KEY")

    with pytest.raises(BadInputError, match=r"feed names \$EARS_KEY, which is not set"):
        load_show(private_show)


def test_a_show_alone_names_no_episode(private_show: Path) -> None:
    from flows.feeds.private_feed import sound_of

    with pytest.raises(BadInputError, match="Give the guid"):
        sound_of(f"show:{private_show}", "")


def test_an_episode_that_has_gone_is_not_taken_for_another_with_its_guid_in_the_title(
    host: Any, private_show: Path
) -> None:
    from flows.feeds.private_feed import sound_of

    host.moved = {}
    host.announce("two", "One after another", "two.wav")
    host.bodies["feed.xml"] = host.feed()

    with pytest.raises(BadInputError, match="does not announce 'one' any more"):
        sound_of(f"show:{private_show}", "one")


def test_an_episode_is_found_under_the_guid_that_the_feed_has_for_it_now(
    host: Any, private_show: Path
) -> None:
    from flows.feeds.private_feed import private_reference, sound_of

    host.moved = {}
    host.announce("new", "A title", "two.wav")
    host.bodies["feed.xml"] = host.feed()

    assert private_reference(private_show, "one", "one") == f"show:{private_show}"
    assert sound_of(private_reference(private_show, "one", "new"), "one") == f"{host.url}/two.wav"
