"""What happens while nobody looks: a schedule polls a feed, and runs that died are found."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.timeout(900)

EVERY = 20.0
"""Seconds between two polls. Each is a process of its own, for six seconds or, on a busy machine,
for fifteen; those that come meanwhile are cancelled, which keeps SQLite busy."""


def item(guid: str, title: str, sound: str, day: int) -> str:
    return (
        f"<item><guid>{guid}</guid><title>{title}</title>"
        f"<pubDate>{day:02} Nov 2026 06:00:00 GMT</pubDate>"
        f"<enclosure url='/{sound}' length='1' type='audio/mpeg'/></item>"
    )


def announce(host: Any, *items: str) -> None:
    channel = f"<channel><title>On the Air</title>{''.join(items)}</channel>"
    host.files["/feed.xml"] = f'<rss version="2.0">{channel}</rss>'.encode()


@pytest.fixture
def schedule(local_prefect: Any, host: Any, tmp_path: Path) -> Iterator[None]:
    """Poll a show of one feed every few seconds."""
    (tmp_path / "air.toml").write_text(
        f'feed = "{host.url}/feed.xml"\nlanguages = ["ko"]\ncheck_sounds = 0\n'
        '[models]\npreset = "demo"\n'
    )
    path = f"/deployments/{local_prefect.deployment('follow-shows')['id']}/schedules"
    every = {"schedule": {"interval": EVERY}, "parameters": {"folder": str(tmp_path)}}
    (made,) = local_prefect.call("POST", path, [{"active": True, **every}])
    yield
    local_prefect.call("DELETE", f"{path}/{made['id']}")


@pytest.mark.usefixtures("schedule")
def test_a_scheduled_feed_gains_changes_and_loses_episodes(
    local_prefect: Any, host: Any, cut: Any
) -> None:
    first, second = (cut(f"{n}.mp3", start=9.0 * n, seconds=7.0) for n in (1, 4))
    host.files |= {"/first.mp3": first.read_bytes(), "/second.mp3": second.read_bytes()}

    def published() -> dict[str, Any]:
        found = local_prefect.published.glob("on-the-air*/[!.]*/episode.json")
        records = [json.loads(path.read_text("utf-8")) for path in found]
        return {r["guid"]: (r["title"], r["recording"]["sha256"]) for r in records}

    def wait_for(**wanted: str) -> dict[str, Any]:
        local_prefect.until(
            lambda: {guid: title for guid, (title, _) in published().items()} == wanted,
            f"{wanted}, not {published()}",
            240,
        )
        return published()

    announce(host, item("old", "Old", "none.mp3", 1), item("one", "One", "first.mp3", 2))
    before = wait_for(one="One")
    gained = item("two", "Two", "second.mp3", 3)
    announce(host, item("one", "First of all", "first.mp3", 2), gained)
    assert wait_for(one="First of all", two="Two")["one"][1] == before["one"][1]
    announce(host, item("two", "Second", "first.mp3", 3))
    after = wait_for(one="First of all", two="Second")

    assert after["two"][1] == before["one"][1]
    wanted = {"flow_runs": {"tags": {"all_": ["air"]}}}
    runs = local_prefect.call("POST", "/flow_runs/filter", wanted)
    assert len(runs) == 3
    polls = local_prefect.call(
        "POST", "/flow_runs/filter", {"flows": {"name": {"any_": ["follow-shows"]}}}
    )
    assert any(poll["auto_scheduled"] and poll["state_name"] == "Completed" for poll in polls)


def test_a_run_whose_process_and_worker_died_is_marked_as_crashed(
    local_prefect: Any, losses: Any
) -> None:
    state = local_prefect.wait(losses.lost, "Crashed", seconds=180)

    assert state["message"].startswith("No sign of life.")


def test_a_run_whose_worker_died_goes_on(local_prefect: Any, losses: Any) -> None:
    local_prefect.wait(losses.orphan, "Completed")

    assert local_prefect.worker() != losses.worker
    assert (local_prefect.published / "open-ears" / "orphan" / "ja.html").is_file()
