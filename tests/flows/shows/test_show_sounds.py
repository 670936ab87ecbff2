"""The same episode is known again, and another one is not taken for it."""

from dataclasses import replace

import pytest

from flows.feeds.show_file import Show
from flows.shows.show_plan import look_again
from flows.shows.show_sounds import is_same_sound, recognised, sound_of
from flows.shows.show_state import SeenEpisode, ShowState, Status
from podcast.feed import Enclosure, Feed, FeedEpisode

A = "https://h.example/a.mp3"
SHOW = Show(feed="https://h.example/feed")


def announced(
    guid: str, title: str = "T", url: str = A, length: int | None = 7, day: int = 1
) -> FeedEpisode:
    return FeedEpisode(guid, title, f"2026-11-{day:02}T00:00:00Z", Enclosure(url, length))


def feed(*episodes: FeedEpisode) -> Feed:
    return Feed("S", episodes)


def known(*episodes: FeedEpisode, status: Status = Status.DONE) -> ShowState:
    seen = {
        e.guid: SeenEpisode(e.title, sound_of(e), status, published_at=e.published_at)
        for e in episodes
    }
    return ShowState("S", episodes=seen)


def guids(announcing: Feed, state: ShowState) -> list[str]:
    return [episode.guid for episode in recognised(announcing, state)[0].episodes]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (f"{A} 7", f"{A} 7"),
        (f"{A} 7", A),
        (A, f"{A} 7"),
        ("http://h.example/a.mp3 7", f"{A} 7"),
        (f"{A} 7", "https://op3.dev/e/h.example/a.mp3 7"),
        (f"{A} 7", "https://op3.dev/e,pg=1/dts.podtrac.com/redirect.mp3/h.example/a.mp3"),
        ("https://chrt.fm/track/1/h.example/a.mp3 7", "https://pdst.fm/e/h.example/a.mp3 7"),
        (f"{A} 7", "https://unheard.of/x/y/h.example/a.mp3 7"),
        ("https://h.example/my file 2.mp3 7", "https://h.example/my file 2.mp3"),
        (f"{A} 7 https://h.example/a.vtt", f"{A} http://h.example/a.vtt"),
    ],
)
def test_a_sound_stays_the_same(before: str, now: str) -> None:
    assert is_same_sound(before, now)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (f"{A} 7", f"{A} 8"),
        (f"{A} 7", "https://h.example/b.mp3 7"),
        (f"{A} 7", "https://other.example/a.mp3 7"),
        (f"{A} 7", f"{A} 7 https://h.example/a.vtt"),
        ("https://op3.dev/e/h.example/a.mp3 7", "https://op3.dev/e/h.example/b.mp3 7"),
    ],
)
def test_another_sound_is_another(before: str, now: str) -> None:
    assert not is_same_sound(before, now)


def test_a_length_that_is_away_for_a_while_is_not_forgotten() -> None:
    state = known(announced("a"))
    for length, status in (
        (None, Status.DONE),
        (7, Status.DONE),
        (None, Status.DONE),
        (8, Status.WAITING),
    ):
        state = replace(
            state, episodes=look_again(feed(announced("a", length=length)), SHOW, state)
        )

        assert state.episodes["a"].status == status


@pytest.mark.parametrize(
    "now",
    [
        announced("new"),
        announced("new", title="Another title"),
        announced("new", length=None),
        announced("new", title="Another title", length=None),
        announced("new", title="Another title", length=9),
        announced("new", url="https://op3.dev/e/h.example/a.mp3", day=2),
        announced("new", url="https://elsewhere.example/1.mp3", day=2),
    ],
)
def test_an_episode_under_another_guid_is_the_same_episode(now: FeedEpisode) -> None:
    other = announced("b", "B", "https://h.example/b.mp3", 8)

    assert guids(feed(now, other), known(announced("a"), other)) == ["a", "b"]


@pytest.mark.parametrize(
    "now",
    [
        announced("new", title="News at two", length=9, day=2),
        announced("new", title="News at two", length=None, day=2),
        announced("new", url="https://h.example/c.mp3", length=9),
        announced("new", url="https://h.example/c.mp3", length=None),
        announced("new", title="Another title", url="https://h.example/c.mp3"),
    ],
)
def test_another_episode_is_a_new_one(now: FeedEpisode) -> None:
    assert guids(feed(now), known(announced("a"))) == ["new"]


def test_what_could_be_two_episodes_is_a_new_one() -> None:
    state = known(announced("a"), announced("b"))

    assert guids(feed(announced("new")), state) == ["new"]


def test_an_episode_whose_guid_is_still_there_is_not_another_one() -> None:
    assert guids(feed(announced("new"), announced("a")), known(announced("a"))) == ["new", "a"]


def test_a_new_guid_is_remembered_also_when_the_sound_moves() -> None:
    _, state = recognised(feed(announced("new")), known(announced("a")))

    moved = announced("new", "Other", "https://h.example/c.mp3", 9, day=9)

    assert guids(feed(moved), state) == ["a"]
    assert state.announced_as("a") == "new"
    assert guids(feed(announced("a")), state) == ["a"]


def test_old_episodes_under_new_guids_stay_old() -> None:
    state = known(announced("a"), announced("b", "B", "https://h.example/b.mp3"), status=Status.OLD)
    moved = (announced("1"), announced("2", "B", "https://h.example/b.mp3"))

    found, after = recognised(feed(*moved), state)

    assert {e.status for e in look_again(found, SHOW, after).values()} == {Status.OLD}
