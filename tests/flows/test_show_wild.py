"""Feeds as they are in the wild are followed; what is none is named, and nothing is lost by it."""

import json
from pathlib import Path
from typing import Any

import pytest

from flows.settings import settings
from podcast.errors import BadInputError, NetworkError

pytestmark = pytest.mark.usefixtures("prefect")


def poll(show: Path) -> None:
    from flows.show import follow_show

    follow_show(show)


def published(show: Path) -> dict[str, str]:
    records = [json.loads(p.read_text()) for p in show.parents[1].glob("out/*/*/episode.json")]
    return {record["guid"]: record["title"] for record in records}


def test_items_that_break_the_rules_are_published_all_the_same(
    host: Any, show: Path, fakes: Any
) -> None:
    show.write_text("old_episodes = 9\n" + show.read_text())
    host.items += [
        "<item><title>No guid</title><enclosure url='/one.wav?token=1'/></item>",
        (
            "<item><guid>relative</guid><title>Relative</title>"
            "<enclosure url='one.wav' length='about 5 MB' type='text/html'/></item>"
        ),
        (
            "<item><guid>moved</guid><title>Q&A &nbsp; Caf&eacute;</title>"
            "<enclosure url='/moved-sound' length='0' type='application/octet-stream'/></item>"
        ),
        "<item><guid>relative</guid><title>Again</title><enclosure url='two.wav'/></item>",
        "<item><guid>news</guid><title>No sound</title></item>",
    ]

    poll(show)

    assert published(show) == {
        f"{host.url}/one.wav": "No guid",
        "relative": "Relative",
        "moved": "Q&A Café",
    }


ATOM = (
    '<?xml version="1.0" encoding="{}"?><feed xmlns="http://www.w3.org/2005/Atom">'
    "<title>Café</title><entry><id>tag:one</id><title>Zoë</title>"
    "<updated>2026-11-25T06:30:00+09:00</updated>"
    '<link rel="enclosure" href="/one.wav"/></entry></feed>'
)
ITUNES = (
    '<?xml version="1.0" encoding="{}"?><rss version="2.0" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:p="https://podcastindex.org/namespace/1.0"><channel><title>Café</title><item>'
    "<guid>tag:one</guid><title>Zoë</title><itunes:title>Other</itunes:title>"
    "<pubDate>Wed, 25 Nov 2026 06:30:00 +0900</pubDate><itunes:duration>6</itunes:duration>"
    "<p:person>Ann Lee</p:person><enclosure url='/one.wav'/></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("text", "declared", "encoding"),
    [
        (ATOM, "UTF-8", "utf-8-sig"),
        (ITUNES, "UTF-16", "utf-16"),
        (ITUNES, "UTF-8", "cp1252"),
    ],
    ids=["atom with a mark", "itunes in utf-16", "itunes, declared wrongly"],
)
def test_both_kinds_of_feeds_are_followed_in_any_encoding(
    host: Any, show: Path, fakes: Any, text: str, declared: str, encoding: str
) -> None:
    host.raw = text.format(declared).encode(encoding)

    poll(show)

    assert published(show) == {"tag:one": "Zoë"}
    (path,) = show.parents[1].glob("out/cafe*/*/episode.json")
    record = json.loads(path.read_text())
    assert record["show"] == "Café"
    assert record["published_at"] == "2026-11-24T21:30:00Z"


def test_five_thousand_items_cost_one_question_and_only_what_is_new(
    host: Any, show: Path, fakes: Any
) -> None:
    for n in range(5000):
        host.announce(str(n), f"Episode {n}", "one.wav", day=1)
    host.announce("new", "A title", "one.wav", day=2)

    poll(show)
    poll(show)

    assert [path for path, _ in host.asked] == ["/feed.xml", "/one.wav", "/feed.xml"]
    assert published(show) == {"new": "A title"}
    state = json.loads((settings().data / "shows" / "ears.json").read_text())
    assert len(state["episodes"]) == 5001


def test_a_page_instead_of_the_feed_is_named_and_forgets_nothing(
    host: Any, show: Path, fakes: Any
) -> None:
    host.announce("one", "A title", "one.wav")
    poll(show)
    host.raw = b"<!DOCTYPE html><html><body>We are moving. Come back soon.</body></html>"

    with pytest.raises(BadInputError, match=r"feed\.xml is no podcast feed"):
        poll(show)
    host.raw = b""
    host.announce("two", "Second", "two.wav", day=2)
    poll(show)

    assert published(show) == {"one": "A title", "two": "Second"}


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_host_that_is_down_for_a_while_is_asked_later(
    host: Any, show: Path, fakes: Any, status: int
) -> None:
    host.announce("one", "A title", "one.wav")
    host.status = status
    with pytest.raises(NetworkError, match=str(status)):
        poll(show)
    path = settings().data / "shows" / "ears.json"
    state = json.loads(path.read_text())
    assert (state["failures"], state["not_before"] > 0) == (1, True)

    host.status = 200
    path.write_text(json.dumps({**state, "not_before": 1.0}))
    poll(show)

    assert published(show) == {"one": "A title"}
    assert json.loads(path.read_text())["failures"] == 0


def test_an_episode_under_another_guid_is_not_made_again(host: Any, show: Path, fakes: Any) -> None:
    host.announce("one", "A title", "one.wav")
    poll(show)
    host.items.clear()
    host.announce("other", "A title", "one.wav")

    poll(show)

    assert published(show) == {"one": "A title"}
    assert [path for path, _ in host.asked].count("/one.wav") == 1


def test_an_unusable_feed_costs_nothing_that_was_known(host: Any, show: Path, fakes: Any) -> None:
    host.announce("one", "A title", "one.wav")
    poll(show)
    path = settings().data / "shows" / "ears.json"
    before = json.loads(path.read_text())
    host.raw = b"<!DOCTYPE r [<!ENTITY a 'b'>]><rss/>"

    with pytest.raises(BadInputError, match="defines entities"):
        poll(show)

    assert json.loads(path.read_text()) == before


def test_a_show_behind_a_password_is_private(show: Path) -> None:
    from flows.feeds.show_file import load_show

    assert not load_show(show).is_private
    show.write_text(show.read_text().replace("http://", "http://ann:pass@"))

    assert load_show(show).is_private
