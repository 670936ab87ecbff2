"""What a poll makes necessary, by the table; and what is kept between polls."""

from dataclasses import replace
from pathlib import Path

import pytest

from audio.web.sound_stamp import SoundStamp
from audio.web.validators import Validators
from flows.feeds.show_file import Show
from flows.shows.show_plan import (
    AttemptResult,
    StepKind,
    begun,
    ended,
    first_look,
    look_again,
    newest_made,
    retitled,
    stamped,
    started,
    steps,
    unreported,
)
from flows.shows.show_sounds import sound_of
from flows.shows.show_state import SeenEpisode, ShowState, Status, load_state, save_state
from podcast.errors import BadInputError
from podcast.feed import Enclosure, Feed, FeedEpisode


def announced(
    guid: str, day: int = 1, title: str = "T", url: str = "https://h/a.mp3"
) -> FeedEpisode:
    return FeedEpisode(guid, title, f"2026-11-{day:02}T00:00:00Z", Enclosure(url, 1))


def feed(*episodes: FeedEpisode) -> Feed:
    return Feed("S", episodes)


SOUND = sound_of(announced("a"))
SHOW = Show(feed="https://h.example/feed")
OF_TWO = Show(feed=SHOW.feed, old_episodes=2)
WITH_EXTRAS = Show(feed=SHOW.feed, extras=True)


def test_of_a_new_show_only_so_many_of_the_newest_are_made() -> None:
    seen = first_look(feed(announced("b", 2), announced("c", 3), announced("a", 1)), OF_TWO)

    assert {guid: e.status for guid, e in seen.items()} == {
        "a": Status.OLD,
        "b": Status.WAITING,
        "c": Status.WAITING,
    }


def kind(episode: FeedEpisode, name: str) -> FeedEpisode:
    return replace(episode, kind=name)


def test_trailers_and_bonuses_are_made_only_where_they_are_wanted() -> None:
    episodes = feed(kind(announced("t", 3), "trailer"), announced("f", 2), announced("o", 1))

    assert first_look(episodes, SHOW)["f"].status == Status.WAITING
    assert first_look(episodes, WITH_EXTRAS)["t"].status == Status.WAITING


def test_a_new_trailer_is_left_out_until_it_is_wanted_or_an_episode() -> None:
    state = ShowState("S", episodes=first_look(feed(announced("f", 1)), SHOW))
    trailer = kind(announced("t", 2), "trailer")
    state = replace(state, episodes=look_again(feed(trailer, announced("f", 1)), SHOW, state))

    wanted = look_again(feed(trailer, announced("f", 1)), WITH_EXTRAS, state)
    full = look_again(feed(announced("t", 2), announced("f", 1)), SHOW, state)

    assert state.episodes["t"].status == Status.LEFT_OUT
    assert (wanted["t"].status, full["t"].status) == (Status.WAITING, Status.WAITING)


def test_an_episode_without_a_date_keeps_its_place_in_the_feed() -> None:
    a, b, c = (announced(guid, day) for guid, day in (("a", 3), ("b", 2), ("c", 1)))
    undated = replace(announced("u"), published_at="")

    def order(*episodes: FeedEpisode) -> str:
        return "".join(e.guid for e in feed(*episodes).newest_first)

    assert order(undated, a, b, c) == "uabc"
    assert order(a, undated, b, c) == "aubc"
    assert order(a, b, c, undated) == "abcu"
    assert order(c, b, undated, a) == "aubc"
    assert order(b, undated, c, a) == "abuc"
    assert order(*(replace(e, published_at="") for e in (c, a, b))) == "cab"


@pytest.mark.parametrize(
    ("before", "episode", "status", "tries"),
    [
        (SeenEpisode("T", SOUND, Status.DONE), announced("a"), Status.DONE, 0),
        (
            SeenEpisode("T", SOUND, Status.DONE),
            announced("a", url="https://h/a.mp3?token=2"),
            Status.DONE,
            0,
        ),
        (
            SeenEpisode("T", SOUND, Status.DONE),
            announced("a", url="https://h/b.mp3"),
            Status.WAITING,
            0,
        ),
        (
            SeenEpisode("T", SOUND, Status.GIVEN_UP, 3),
            announced("a", url="https://h/b.mp3"),
            Status.WAITING,
            0,
        ),
        (SeenEpisode("T", SOUND, Status.GIVEN_UP, 3), announced("a"), Status.GIVEN_UP, 3),
        (SeenEpisode("T", SOUND, Status.OLD), announced("a", url="https://h/b.mp3"), Status.OLD, 0),
        (
            SeenEpisode("T", SOUND, Status.STARTED, 1),
            announced("a", url="https://h/b.mp3"),
            Status.STARTED,
            1,
        ),
    ],
)
def test_another_sound_is_noticed(
    before: SeenEpisode, episode: FeedEpisode, status: Status, tries: int
) -> None:
    seen = look_again(feed(episode), SHOW, ShowState("S", episodes={"a": before}))["a"]

    assert (seen.status, seen.tries) == (status, tries)
    assert seen.version == (2 if status == Status.WAITING else 1)


def test_an_episode_that_leaves_before_it_is_made_is_forgotten() -> None:
    known = {g: SeenEpisode("T", SOUND, s) for g, s in (("a", Status.WAITING), ("b", Status.DONE))}

    seen = look_again(feed(announced("c")), SHOW, ShowState("S", episodes=known))

    assert list(seen) == ["b", "c"]


ONE, TWO = SoundStamp("1", length=5), SoundStamp("2", length=5)


@pytest.mark.parametrize(
    ("status", "before", "now", "after"),
    [
        (Status.DONE, ONE, ONE, Status.DONE),
        (Status.DONE, ONE, TWO, Status.WAITING),
        (Status.DONE, ONE, None, Status.DONE),
        (Status.DONE, None, ONE, Status.DONE),
        (Status.GIVEN_UP, None, ONE, Status.WAITING),
        (Status.GIVEN_UP, ONE, ONE, Status.GIVEN_UP),
        (Status.GIVEN_UP, ONE, TWO, Status.WAITING),
    ],
)
def test_what_a_server_says_of_a_sound_may_tell_that_it_is_another(
    status: Status, before: SoundStamp | None, now: SoundStamp | None, after: str
) -> None:
    seen = stamped(SeenEpisode("T", SOUND, status, stamp=before), now)

    assert (seen.status, seen.stamp) == (after, now or before)


def test_only_the_newest_of_what_is_made_is_looked_at_again() -> None:
    episodes = feed(*(announced(guid, day) for day, guid in enumerate("abcd", 1)))
    status = {"a": Status.DONE, "b": Status.DONE, "c": Status.OLD, "d": Status.GIVEN_UP}
    seen = {guid: SeenEpisode("T", SOUND, s) for guid, s in status.items()}

    assert [e.guid for e in newest_made(episodes, seen, 3)] == ["d", "b"]


@pytest.mark.parametrize(
    ("known", "title", "work"),
    [
        (SeenEpisode("T", SOUND, Status.WAITING), "T", [StepKind.PROCESS]),
        (SeenEpisode("T", SOUND, Status.DONE), "T", []),
        (SeenEpisode("T", SOUND, Status.DONE), "New", [StepKind.RETITLE]),
        (SeenEpisode("T", SOUND, Status.DONE), "", []),
        (SeenEpisode("T", SOUND, Status.OLD), "New", []),
        (SeenEpisode("T", SOUND, Status.GIVEN_UP), "New", []),
    ],
)
def test_what_is_to_be_done_follows_from_what_is_known(
    known: SeenEpisode, title: str, work: list[StepKind]
) -> None:
    found = steps(feed(announced("a", title=title)), {"a": known})

    assert [step.work for step in found] == work


def test_what_a_run_makes_is_not_begun_again() -> None:
    known = started(begun(SeenEpisode("T", SOUND, Status.WAITING), "T"), "some-run")

    assert list(steps(feed(announced("a")), {"a": known})) == []
    assert ShowState("S", episodes={"a": known}).is_open


def test_the_oldest_episode_comes_first() -> None:
    episodes = feed(announced("b", 2), announced("a", 1))

    found = steps(episodes, first_look(episodes, OF_TWO))

    assert [step.episode.guid for step in found] == ["a", "b"]


def test_a_try_counts_from_its_beginning_and_success_forgets_it() -> None:
    waiting = SeenEpisode("T", SOUND, Status.WAITING, 1)

    tried = begun(waiting, "New")

    assert (tried.tries, bool(tried.error)) == (2, True)
    assert ended(tried, AttemptResult("why"), 3) == replace(tried, error="why")
    assert ended(tried, AttemptResult("why"), 2).status == Status.GIVEN_UP
    assert ended(tried, AttemptResult("why", is_final=True), 9).status == Status.GIVEN_UP
    assert ended(tried, AttemptResult(), 2) == SeenEpisode("New", SOUND, Status.DONE)
    assert retitled(ended(tried, AttemptResult(), 2), "Newer").title == "Newer"


def test_what_was_given_up_is_told_until_somebody_was_told() -> None:
    lost = SeenEpisode("T", SOUND, Status.GIVEN_UP, 3, "why")

    assert unreported({"a": lost, "b": replace(lost, status=Status.DONE)}) == {"a": lost}
    assert unreported({"a": replace(lost, is_reported=True)}) == {}


def test_what_is_known_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    state = ShowState(
        "S",
        Validators('"1"', "x"),
        1.5,
        2,
        3.5,
        {"a": SeenEpisode("T", SOUND, Status.DONE, stamp=ONE)},
    )

    save_state(tmp_path / "shows" / "s.json", state)

    assert load_state(tmp_path / "shows" / "s.json") == state
    assert load_state(tmp_path / "shows" / "other.json") is None


def test_a_damaged_state_is_named_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text("{")

    with pytest.raises(BadInputError, match=r"s\.json cannot be read\. Delete it"):
        load_state(tmp_path / "s.json")
