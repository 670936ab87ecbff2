"""Feeds as they are in the wild become episodes."""

import time
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.feeds.feed_parser import parse_feed
from podcast.errors import BadInputError
from podcast.feed import Feed, FeedEpisode, FeedPerson, FeedTranscript

ADDRESS = "https://host.example/shows/feed.xml"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
SOUND = '<enclosure url="a.mp3" type="audio/mpeg" length="7"/>'


def rss(*items: str, channel: str = "<title>Open Ears</title>", prefix: str = "podcast") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<rss version="2.0" xmlns:itunes="{ITUNES}" xmlns:{prefix}="{PODCAST}">'
        f"<channel>{channel}{inner}</channel></rss>"
    )


def only(item: str, **options: str) -> FeedEpisode:
    (episode,) = parse_feed(rss(item, **options).encode(), ADDRESS).episodes
    return episode


def test_an_item_of_rss_becomes_an_episode() -> None:
    episode = only(
        "<guid>42</guid><title>One</title>"
        "<pubDate>Wed, 25 Nov 2026 15:30:00 +0900</pubDate>" + SOUND
    )

    assert episode.guid == "42"
    assert episode.title == "One"
    assert episode.published_at == "2026-11-25T06:30:00Z"
    assert episode.enclosure.url == "https://host.example/shows/a.mp3"
    assert episode.enclosure.length == 7


def test_an_entry_of_atom_becomes_an_episode() -> None:
    feed = parse_feed(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Open Ears</title><entry><id>tag:42</id>'
        b'<title type="html">Q &amp;amp; A</title><updated>2026-01-02T03:04:05+01:00</updated>'
        b'<link href="https://e.example/one"/><p:person xmlns:p="' + PODCAST.encode() + b'">Ann'
        b'</p:person><link rel="enclosure" href="/a.mp3" length="5"/></entry></feed>',
        ADDRESS,
    )

    (episode,) = feed.episodes
    assert (feed.title, episode.title, episode.guid) == ("Open Ears", "Q & A", "tag:42")
    assert episode.published_at == "2026-01-02T02:04:05Z"
    assert episode.enclosure.url == "https://host.example/a.mp3"
    assert episode.speakers == ("Ann",)


@pytest.mark.parametrize("prefix", ["podcast", "pc", "itunes2"])
def test_people_and_transcripts_are_all_read_under_any_prefix(prefix: str) -> None:
    episode = only(
        f"{SOUND}<{prefix}:person>Ann Lee</{prefix}:person>"
        f"<{prefix}:person role='Guest' href='https://bob.example'> Bob\n Ray </{prefix}:person>"
        f"<{prefix}:person role='editor' group='post-production'>Cy</{prefix}:person>"
        f"<{prefix}:transcript url='a.vtt' type='text/vtt'/>"
        f"<{prefix}:transcript url='/a.srt' type='application/srt' language='en'/>",
        prefix=prefix,
    )

    assert episode.people == (
        FeedPerson("Ann Lee"),
        FeedPerson("Bob Ray"),
        FeedPerson("Cy", "post-production"),
    )
    assert episode.speakers == ("Ann Lee", "Bob Ray")
    assert episode.transcripts == (
        FeedTranscript("https://host.example/shows/a.vtt", "text/vtt"),
        FeedTranscript("https://host.example/a.srt", "application/srt", "en"),
    )


def test_people_of_the_show_speak_where_an_episode_names_nobody() -> None:
    channel = "<title>S</title><podcast:person>Ann</podcast:person>"
    with_guest = SOUND.replace("a.mp3", "b.mp3") + "<podcast:person>Bob</podcast:person>"

    feed = parse_feed(rss(SOUND, with_guest, channel=channel).encode(), ADDRESS)

    assert [episode.speakers for episode in feed.episodes] == [("Ann",), ("Bob",)]


@pytest.mark.parametrize(
    ("item", "guid"),
    [
        ("<guid> 42\n</guid>" + SOUND, "42"),
        ("<enclosure url='/x/a.mp3?token=1'/>", "https://host.example/x/a.mp3"),
        ("<guid/><enclosure url='a.mp3#t=1'/>", "https://host.example/shows/a.mp3"),
    ],
)
def test_an_item_without_guid_is_known_by_its_sound(item: str, guid: str) -> None:
    assert only(item).guid == guid


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("Caf&eacute; &#8220;x&#8221; &nbsp; y", "Café “x” y"),
        ("5 &lt; 6 &gt; 4", "5 < 6 > 4"),
        ("std::vector&lt;int&gt;", "std::vector<int>"),
        ("<![CDATA[Q&A <i>live</i>]]>", "Q&A live"),
        ("a\n b", "a b"),
        ("안녕 🎧", "안녕 🎧"),
        ("", ""),
    ],
)
def test_a_title_is_one_line_of_plain_text(written: str, title: str) -> None:
    assert only(f"<title>{written}</title>{SOUND}").title == title


@pytest.mark.parametrize(
    ("attributes", "length"),
    [
        ("length='12'", 12),
        ("length='1,234'", 1234),
        ("length='0'", None),
        ("length='-5'", None),
        ("length='about 5 MB'", None),
        ("length='" + "9" * 40 + "'", None),
        ("", None),
    ],
)
def test_a_length_that_is_none_is_unknown(attributes: str, length: int | None) -> None:
    assert only(f"<enclosure url='a.mp3' {attributes}/>").enclosure.length == length


@pytest.mark.parametrize(
    "enclosure",
    [
        "<enclosure url='a.mp3' type='text/html'/>",
        "<enclosure url='/play/77' type='application/octet-stream'/>",
        "<enclosure url='/play/77'/>",
        "<enclosure url='a.png' type='image/png'/><enclosure url='a.mp3'/>",
        "<media:content xmlns:media='http://search.yahoo.com/mrss/' url='a.m4a'/>",
    ],
)
def test_sound_is_found_where_the_type_is_wrong(enclosure: str) -> None:
    assert only(enclosure).enclosure.url.startswith("https://host.example/")


@pytest.mark.parametrize(
    "item",
    [
        "<title>News</title>",
        "<enclosure url='a.png' type='image/png'/>",
        "<enclosure url='notes.pdf' type='application/pdf'/>",
        "<enclosure url='' type='audio/mpeg'/>",
        "<enclosure url='http://[::1/a.mp3' type='audio/mpeg'/>",
    ],
)
def test_an_item_without_sound_is_left_out(item: str) -> None:
    assert parse_feed(rss(item).encode(), ADDRESS).episodes == ()


def test_people_stay_with_their_item_when_others_have_no_sound() -> None:
    news = "<title>News</title><podcast:person>Nobody</podcast:person>"
    talk = SOUND + "<podcast:person>Ann</podcast:person>"

    (episode,) = parse_feed(rss(news, talk).encode(), ADDRESS).episodes

    assert episode.speakers == ("Ann",)


def test_the_first_of_two_items_with_one_guid_counts() -> None:
    items = [f"<guid>42</guid><title>{title}</title>{SOUND}" for title in ("New", "Old")]

    (episode,) = parse_feed(rss(*items).encode(), ADDRESS).episodes

    assert episode.title == "New"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("UTF-8", "utf-8"),
        ("UTF-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("UTF-16", "utf-16-be"),
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "latin-1"),
        ("UTF-8", "cp1252"),
        ("no-such-encoding", "utf-8"),
    ],
)
def test_the_encoding_is_found_also_where_it_is_declared_wrongly(
    declared: str, encoding: str
) -> None:
    item = f"<title>Café</title>{SOUND}<podcast:person>Zoë</podcast:person>"
    text = f'<?xml version="1.0" encoding="{declared}"?>\n{rss(item)}'

    (episode,) = parse_feed(text.encode(encoding), ADDRESS).episodes

    assert (episode.title, episode.speakers) == ("Café", ("Zoë",))


@pytest.mark.parametrize("cut", ["</channel></rss>", "</item></channel></rss>"])
def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes(cut: str) -> None:
    data = rss("<guid>1</guid><podcast:person>Ann</podcast:person>" + SOUND)

    (episode,) = parse_feed(data.removesuffix(cut).encode(), ADDRESS).episodes

    assert (episode.guid, episode.speakers) == ("1", ("Ann",))


@pytest.mark.parametrize("date", ["soon", "Wed, 99 Nov 2026 99:99:99 GMT", ""])
def test_a_date_that_is_none_is_unknown(date: str) -> None:
    assert only(f"<pubDate>{date}</pubDate>{SOUND}").published_at == ""


def test_a_date_without_a_zone_is_in_that_of_the_show() -> None:
    item = f"<guid>1</guid><pubDate>Tue, 02 Oct 2024 19:56:51</pubDate>{SOUND}"

    (episode,) = parse_feed(rss(item).encode(), ADDRESS, ZoneInfo("Asia/Seoul")).episodes

    assert episode.published_at == "2024-10-02T10:56:51Z"


def test_another_date_is_taken_where_one_is_none() -> None:
    dates = "<pubDate>soon</pubDate><dc:date>2024年3月5日</dc:date>"

    assert only(dates + SOUND).published_at == "2024-03-05T00:00:00Z"


@pytest.mark.parametrize(
    ("written", "kind", "is_extra"),
    [("full", "full", False), (" Trailer ", "trailer", True), ("BONUS", "bonus", True),
     ("", "full", False), ("rerun", "rerun", False)],
)  # fmt: skip
def test_an_item_says_what_kind_of_episode_it_is(written: str, kind: str, is_extra: bool) -> None:
    episode = only(f"<itunes:episodeType>{written}</itunes:episodeType>{SOUND}")

    assert (episode.kind, episode.is_extra) == (kind, is_extra)


def test_five_thousand_items_take_seconds() -> None:
    item = f"<title>T</title>{SOUND}<podcast:person>Ann</podcast:person>"
    data = rss(*(f"<guid>{n}</guid>{item}" for n in range(5000))).encode()
    started = time.process_time()

    feed = parse_feed(data, ADDRESS)

    assert len(feed.episodes) == 5000
    assert time.process_time() - started < 20  # about 2 on a quiet core


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"<html><body>Sign in</body></html>", "is no podcast feed"),
        (b"not a feed", "is no podcast feed"),
        (b'{"items": []}', "is no podcast feed"),
        (b'<!DOCTYPE r [<!ENTITY a "aaa">]><rss version="2.0">&a;</rss>', "defines entities"),
        (b'<?xml version="1.0"?><!-- x --><!DOCTYPE r [\n<!ENTITY a "b">]><rss/>', "entities"),
    ],
)
def test_what_is_no_feed_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(BadInputError, match=f"host.example.*{reason}"):
        parse_feed(data, ADDRESS)


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first use lists all characters
@given(st.lists(st.tuples(WORDS, WORDS, st.lists(WORDS)), max_size=4))
def test_guids_and_people_of_every_item_come_back(
    announced: list[tuple[str, str, list[str]]],
) -> None:
    items = [
        f"<guid>{escape(guid)}</guid><enclosure url={quoteattr('a.mp3?' + extra)}/>"
        + "".join(f"<podcast:person>{escape(name)}</podcast:person>" for name in names)
        for guid, extra, names in announced
    ]
    data = rss(*items).encode()
    ET.fromstring(data)  # what we ask of the reader is well formed

    episodes = parse_feed(data, ADDRESS).episodes

    first = {guid: names for guid, _, names in reversed(announced)}
    assert {e.guid: [p.name for p in e.people] for e in episodes} == first


@given(st.one_of(st.binary(), st.text().map(rss).map(str.encode), st.text().map(str.encode)))
def test_whatever_comes_is_a_feed_or_a_clear_error(data: bytes) -> None:
    result = attempt(data)

    assert isinstance(result, Feed) or ADDRESS in str(result)


def attempt(data: bytes) -> Feed | BadInputError:
    try:
        return parse_feed(data, ADDRESS)
    except BadInputError as error:
        return error
