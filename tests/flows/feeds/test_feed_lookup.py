"""`process --feed`: the feed says which sound, what it is called and who speaks."""

import gzip
import json
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from flows.cli import main
from flows.feeds.feed_lookup import find_announced, load_feed
from podcast.errors import BadInputError
from podcast.timeline import SpeakerTurn

FEED = """<rss version="2.0" xmlns:p="https://podcastindex.org/namespace/1.0"><channel>
<title>Open Ears</title><p:person>Ann Lee</p:person>
<item><guid>one</guid><title>A title</title><pubDate>Wed, 25 Nov 2026 06:30:00 GMT</pubDate>
<enclosure url="/tone.wav" type="audio/mpeg"/>
<p:person>Bo Kim</p:person><p:person group="writing">Cy</p:person></item>
<item><guid>two</guid><title>Another title</title><enclosure url="two.wav"/></item>
<item><guid>three</guid><title>A title of two</title><enclosure url="three.wav"/></item>
</channel></rss>"""

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def interlinear(
    prefect: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Run:
    def run(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["interlinear", *map(str, arguments)])
        try:
            main.main()
            code = 0
        except SystemExit as left:
            code = int(left.code or 0)
        return code, capfd.readouterr().err

    return run


@pytest.fixture
def host(serve: Callable[..., str], tone: Path) -> str:
    bodies = {"/feed.xml": FEED.encode(), "/tone.wav": tone.read_bytes()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(bodies[self.path])))
            self.end_headers()
            self.wfile.write(bodies[self.path])

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return serve(Handler)


def test_an_unknown_voice_gets_the_name_of_the_person_whom_the_feed_announces(
    interlinear: Run, fakes: Any, host: str, tmp_path: Path
) -> None:
    fakes.turns = [SpeakerTurn(0.5, 5.0, "Speaker 1")]
    options = ("--models", "demo", "--to", "ko", "--out", tmp_path / "out", "--episode", "one")

    code, err = interlinear("process", "--feed", f"{host}/feed.xml", *options)

    assert code == 0, err
    (path,) = (tmp_path / "out" / "open-ears").glob("one-*/episode.json")
    record = json.loads(path.read_text())
    assert [(s["name"], s["named"]) for s in record["speakers"]] == [("Bo Kim", "feed")]
    assert (record["show"], record["title"], record["guid"]) == ("Open Ears", "A title", "one")
    assert record["published_at"] == "2026-11-25T06:30:00Z"
    assert record["recording"]["source"] == f"{host}/tone.wav"


def test_what_is_given_by_hand_goes_before_the_feed(
    interlinear: Run, fakes: Any, tone: Path, tmp_path: Path
) -> None:
    fakes.turns = [SpeakerTurn(0.5, 5.0, "Speaker 1")]
    feed_of_the_web = FEED.replace('url="', 'url="https://host.example/')
    (tmp_path / "feed.xml").write_text(feed_of_the_web, encoding="utf-8")
    by_hand = ("--title", "My title", "--person", "Di", "--models", "demo", "--to", "ko")
    feed = ("--feed", tmp_path / "feed.xml", "--out", tmp_path / "out")

    code, err = interlinear("process", tone, *by_hand, *feed)

    assert code == 0, err
    (path,) = (tmp_path / "out" / "open-ears").glob("one-*/episode.json")
    record = json.loads(path.read_text())
    assert (record["title"], record["speakers"][0]["name"]) == ("My title", "Di")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("process", "--episode", "one"), "Give --feed, too"),
        (("process",), "Missing AUDIO"),
        (("process", "a.mp3"), "Missing --show"),
    ],
)
def test_what_is_missing_is_asked_for(
    interlinear: Run, arguments: tuple[str, ...], message: str
) -> None:
    code, err = interlinear(*arguments)

    assert code == 2
    assert message in err


@pytest.mark.parametrize(
    ("wanted", "guid"),
    [("", "one"), ("two", "two"), ("a  TITLE", "one"), ("Another", "two"), ("of two", "three")],
)
def test_an_episode_is_found_by_guid_or_title(host: str, wanted: str, guid: str) -> None:
    assert find_announced(load_feed(f"{host}/feed.xml"), wanted).guid == guid


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("title", r"3 episodes of 'Open Ears' are called 'title'.*\(one\)"),
        ("nothing", "No episodes of 'Open Ears' are called 'nothing'"),
    ],
)
def test_a_doubtful_episode_is_not_guessed(host: str, wanted: str, message: str) -> None:
    with pytest.raises(BadInputError, match=message):
        find_announced(load_feed(f"{host}/feed.xml"), wanted)


def test_a_feed_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"none\.xml cannot be read"):
        load_feed(str(tmp_path / "none.xml"))


def saved(tmp_path: Path, items: str, name: str = "feed.xml") -> str:
    (tmp_path / name).write_text(f"<rss><channel><title>S</title>{items}</channel></rss>")
    return str(tmp_path / name)


def item(guid: str, title: str = "T", more: str = "") -> str:
    url = f"https://h.example/{guid}.mp3"
    return f"<item><guid>{guid}</guid><title>{title}</title>{more}<enclosure url='{url}'/></item>"


TITLE = "Don\u2019t panic: “Caf\u00e9” \u2764\ufe0f \u2013 part\u00a02"


@pytest.mark.parametrize(
    "typed",
    [
        TITLE,
        'Don\'t panic: "Café" \u2764 - part 2',
        'DON\'T PANIC: "CAFÉ" \u2764\ufe0f — PART 2',
        "Don\u2019t panic: «Cafe\u0301» \u2764 - part 2",
        "dont panic cafe part 2",
        "don't pan",
        "“Cafe\u0301”",
        "cafe",
        "\u2764",
    ],
)
def test_an_episode_is_found_as_a_person_types_its_title(tmp_path: Path, typed: str) -> None:
    feed = load_feed(saved(tmp_path, item("one", TITLE) + item("two", "Another")))

    assert find_announced(feed, typed).guid == "one"


def test_a_title_as_it_stands_goes_before_one_that_is_only_like_it(tmp_path: Path) -> None:
    feed = load_feed(saved(tmp_path, item("one", "Resume") + item("two", "Résumé")))

    assert [find_announced(feed, t).guid for t in ("résumé", "RESUME")] == ["two", "one"]


@pytest.mark.parametrize(("with_extras", "guid"), [(False, "full"), (True, "trailer")])
def test_the_newest_is_a_full_episode_unless_extras_are_asked_for(
    tmp_path: Path, with_extras: bool, guid: str
) -> None:
    kinds = (("trailer", "Trailer"), ("bonus", "bonus"), ("full", "full"), ("old", ""))
    items = (item(g, g, f"<itunes:episodeType>{k}</itunes:episodeType>") for g, k in kinds)
    feed = load_feed(saved(tmp_path, "".join(items)))

    assert find_announced(feed, with_extras=with_extras).guid == guid
    assert find_announced(feed, "trailer").guid == "trailer"


def test_a_trailer_is_the_newest_where_there_is_nothing_else(tmp_path: Path) -> None:
    trailer = item("one", more="<itunes:episodeType>trailer</itunes:episodeType>")

    assert find_announced(load_feed(saved(tmp_path, trailer))).guid == "one"


def test_a_feed_that_is_a_gzip_file_is_read(tmp_path: Path) -> None:
    plain = Path(saved(tmp_path, item("one"), "plain.xml")).read_bytes()
    (tmp_path / "feed.xml.gz").write_bytes(gzip.compress(plain))

    assert load_feed(str(tmp_path / "feed.xml.gz")).title == "S"


def test_a_feed_on_disk_names_no_file_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "private.mp3").write_bytes(b"private")
    urls = ("private.mp3", f"{tmp_path}/private.mp3", f"file://{tmp_path}/private.mp3")
    items = "".join(f"<item><guid>{u}</guid><enclosure url='{u}'/></item>" for u in urls)

    assert load_feed(saved(tmp_path, items)).episodes == ()


def test_a_feed_on_disk_may_say_where_it_is_from(tmp_path: Path) -> None:
    link = "<a:link xmlns:a='http://www.w3.org/2005/Atom' rel='self' href='https://h.example/x/f'/>"
    feed = load_feed(saved(tmp_path, f"{link}<item><enclosure url='a.mp3'/></item>"))

    assert feed.episodes[0].enclosure.url == "https://h.example/x/a.mp3"
