"""A feed on loopback gains, changes and loses episodes; what is new is published."""

import json
from pathlib import Path
from typing import Any

import pytest

from flows.settings import DEMO_MODELS, settings
from podcast.errors import BadInputError, NetworkError
from podcast.files.locks import locked
from podcast.timeline import SpeakerTurn

pytestmark = pytest.mark.usefixtures("prefect")


def poll(show: Path) -> None:
    from flows.show import follow_show

    follow_show(show)


def published(show: Path) -> dict[str, str]:
    """Guid -> title of all that is published."""
    records = [json.loads(p.read_text()) for p in show.parents[1].glob("out/*/*/episode.json")]
    return {record["guid"]: record["title"] for record in records}


def known(guid: str) -> dict[str, Any]:
    state = json.loads((settings().data / "shows" / "ears.json").read_text())
    episode: dict[str, Any] = state["episodes"][guid]
    return episode


def test_new_episodes_are_published_and_old_ones_only_as_asked_for(
    host: Any, show: Path, fakes: Any
) -> None:
    host.announce("old", "Too old", "one.wav", day=1)
    host.announce("one", "A title", "one.wav", day=2)
    poll(show)
    assert published(show) == {"one": "A title"}

    host.announce("two", "Second", "two.wav", day=3)
    poll(show)
    assert published(show) == {"one": "A title", "two": "Second"}


def test_the_person_whom_the_feed_announces_is_named(host: Any, show: Path, fakes: Any) -> None:
    fakes.turns = [SpeakerTurn(0.5, 5.0, "Speaker 1")]
    host.announce("one", "A title", "one.wav")

    poll(show)

    (path,) = show.parents[1].glob("out/open-ears/one-*/episode.json")
    assert json.loads(path.read_text())["speakers"][0]["name"] == "Ann Lee"


def test_a_feed_that_has_not_changed_starts_nothing(host: Any, show: Path, fakes: Any) -> None:
    host.announce("one", "A title", "one.wav")
    poll(show)
    asked, calls = len(host.asked), list(fakes.calls)

    poll(show)

    assert [path for path, _ in host.asked[asked:]] == ["/feed.xml"]
    assert host.asked[-1][1]["If-None-Match"]
    assert fakes.calls == calls


def test_another_sound_is_a_new_version_of_the_same_episode(
    host: Any, show: Path, fakes: Any, silence: Path, tone: Path
) -> None:
    host.announce("one", "A title", "one.wav", length=1)
    poll(show)
    fakes.calls.clear()
    host.items.clear()
    host.bodies["one.wav"] = tone.read_bytes() + b"\0\0"
    host.announce("one", "A title", "one.wav", length=2)

    poll(show)

    assert "transcribe" in fakes.calls
    assert published(show) == {"one": "A title"}


def a_day_later() -> None:
    """Let the last look at the sounds be more than a day ago."""
    path = settings().data / "shows" / "ears.json"
    state = json.loads(path.read_text())
    path.write_text(json.dumps({**state, "sounds_asked_at": 1.0}))


def test_a_sound_that_is_replaced_in_its_place_is_noticed_within_a_day(
    host: Any, show: Path, fakes: Any, tone: Path
) -> None:
    host.announce("one", "A title", "one.wav")
    host.stamps["one.wav"] = '"1"'
    poll(show)
    host.bodies["one.wav"] = tone.read_bytes() + b"\0\0"
    host.stamps["one.wav"] = '"2"'
    fakes.calls.clear()
    host.asked.clear()

    poll(show)
    assert [path for path, _ in host.asked] == ["/feed.xml"]
    a_day_later()
    poll(show)

    assert [path for path, _ in host.asked[1:]].count("/one.wav") == 1
    assert "transcribe" in fakes.calls
    assert known("one")["version"] == 2


def test_a_sound_that_stays_is_asked_about_once_a_day_and_not_fetched(
    host: Any, show: Path, fakes: Any
) -> None:
    host.announce("one", "A title", "one.wav")
    host.stamps["one.wav"] = '"1"'
    poll(show)
    host.asked.clear()

    a_day_later()
    poll(show)
    poll(show)

    assert [path for path, _ in host.asked] == ["/feed.xml", "/one.wav HEAD", "/feed.xml"]


def test_the_same_sound_under_another_address_is_not_heard_again(
    host: Any, show: Path, fakes: Any
) -> None:
    host.announce("one", "A title", "one.wav")
    poll(show)
    fakes.calls.clear()
    host.items.clear()
    host.announce("one", "A title", "two.wav")

    poll(show)

    assert fakes.calls == []
    (path,) = show.parents[1].glob("out/open-ears/one-*/episode.json")
    assert json.loads(path.read_text())["recording"]["source"].endswith("/two.wav")


def test_another_title_is_published_without_listening_or_fetching(
    host: Any, show: Path, fakes: Any
) -> None:
    host.announce("one", "Another", "one.wav")
    poll(show)
    (path,) = show.parents[1].glob("out/open-ears/one-*/episode.json")
    before = json.loads(path.read_text())
    fakes.calls.clear()
    host.asked.clear()
    host.items.clear()
    host.announce("one", "A title", "one.wav")

    poll(show)

    after = json.loads(path.read_text())
    assert fakes.calls == ["translate ko"]
    assert [path for path, _ in host.asked] == ["/feed.xml"]
    assert (after["title"], after["titles"]["ko"]["text"]) == ("A title", "제목")
    assert after["lines"] == before["lines"]


def test_a_bad_episode_stops_no_other_and_is_given_up_after_some_tries(
    host: Any, show: Path, fakes: Any
) -> None:
    host.announce("one", "A title", "one.wav", day=1)
    poll(show)
    host.announce("bad", "Bad", "missing.mp3", day=2)
    host.announce("two", "Second", "two.wav", day=3)

    poll(show)
    assert published(show) == {"one": "A title", "two": "Second"}
    assert (known("bad")["status"], known("bad")["tries"]) == ("waiting", 1)

    with pytest.raises(BadInputError, match=r"Given up.*'Bad' \(bad\).*404"):
        poll(show)
    asked = len(host.asked)
    poll(show)

    assert known("bad")["status"] == "given up"
    assert [path for path, _ in host.asked[asked:]] == ["/feed.xml"]


def test_an_episode_that_was_given_up_is_tried_again_with_another_sound(
    host: Any, show: Path, fakes: Any
) -> None:
    show.write_text(show.read_text().replace("tries = 2", "tries = 1"))
    host.announce("one", "A title", "missing.mp3")
    with pytest.raises(BadInputError, match="Given up"):
        poll(show)
    host.items.clear()
    host.announce("one", "A title", "one.wav")

    poll(show)

    assert published(show) == {"one": "A title"}


def test_tries_that_did_not_live_to_see_their_end_are_counted(
    host: Any, show: Path, fakes: Any
) -> None:
    host.announce("one", "A title", "missing.mp3")
    poll(show)
    path = settings().data / "shows" / "ears.json"
    path.write_text(path.read_text().replace('"tries": 1', '"tries": 2'))
    asked = len(host.asked)

    with pytest.raises(BadInputError, match="Given up"):
        poll(show)

    assert [path for path, _ in host.asked[asked:]] == ["/feed.xml"]


def test_two_runs_do_not_follow_one_show_at_the_same_time(
    host: Any, show: Path, fakes: Any
) -> None:
    host.announce("one", "A title", "one.wav")

    with locked(settings().data / "shows" / "ears.json"):
        poll(show)

    assert host.asked == []


def test_an_episode_that_leaves_the_feed_stays_published(host: Any, show: Path, fakes: Any) -> None:
    host.announce("one", "A title", "one.wav")
    poll(show)
    host.items.clear()

    poll(show)

    assert published(show) == {"one": "A title"}
    assert known("one")["status"] == "done"


def test_a_server_that_asks_to_wait_is_left_alone(host: Any, show: Path, fakes: Any) -> None:
    host.announce("one", "A title", "one.wav")
    host.status, host.headers = 429, {"Retry-After": "3600"}

    poll(show)
    poll(show)

    assert host.polls() == 1
    assert published(show) == {}


def test_a_server_that_fails_is_asked_less_often(host: Any, show: Path, fakes: Any) -> None:
    host.status = 500
    with pytest.raises(NetworkError, match="500"):
        poll(show)

    poll(show)

    assert host.polls() == 1


def test_a_poll_that_breaks_in_the_middle_keeps_what_it_knows_and_comes_later(
    host: Any, show: Path, fakes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.announce("one", "A title", "one.wav")
    poll(show)
    host.announce("two", "Another title", "two.wav")

    def fail(*_: object) -> None:
        raise RuntimeError("no answer")

    with monkeypatch.context() as broken:
        broken.setattr("flows.shows.show_poll.settled", fail)
        with pytest.raises(RuntimeError):
            poll(show)
    n_polls = host.polls()
    poll(show)

    assert host.polls() == n_polls
    assert published(show) == {"one": "A title"}


def test_a_feed_that_has_moved_is_followed(host: Any, show: Path, fakes: Any) -> None:
    show.write_text(show.read_text().replace("/feed.xml", "/moved"))
    host.announce("one", "A title", "one.wav")

    poll(show)

    assert published(show) == {"one": "A title"}


def test_one_bad_show_stops_no_other_and_is_named(host: Any, show: Path, fakes: Any) -> None:
    from flows.show import follow_shows

    show.with_name("a-bad.toml").write_text('feed = "http://127.0.0.1:9/feed"\n')
    host.announce("one", "A title", "one.wav")

    with pytest.raises(BadInputError, match=r"with a-bad\. a-bad: http://127\.0\.0\.1:9/feed"):
        follow_shows(show.parent)

    assert published(show) == {"one": "A title"}


def test_a_language_from_elsewhere_stays_unless_the_show_file_says_otherwise(
    host: Any, show: Path, fakes: Any
) -> None:
    from flows.upkeep import retranslate

    host.announce("one", "A title", "one.wav", length=1)
    poll(show)
    (path,) = show.parents[1].glob("out/open-ears/one-*/episode.json")
    retranslate([path.parent], languages=["ja"], packages=DEMO_MODELS / "argos")

    host.items.clear()
    host.announce("one", "A title", "one.wav", length=2)
    poll(show)
    assert list(json.loads(path.read_text())["titles"]) == ["ko", "ja"]

    show.write_text(f"only = true\n{show.read_text()}")
    host.items.clear()
    host.announce("one", "A title", "one.wav", length=3)
    poll(show)
    assert list(json.loads(path.read_text())["titles"]) == ["ko"]


@pytest.mark.parametrize("name", ["shows", "none"])
def test_where_no_show_is_followed_a_poll_completes_and_says_so(tmp_path: Path, name: str) -> None:
    from flows.show import follow_shows

    (tmp_path / "shows").mkdir()

    state = follow_shows(tmp_path / name, return_state=True)

    assert state.is_completed()
    assert f"Nothing to follow: there is no show file in {tmp_path / name}" in state.message
