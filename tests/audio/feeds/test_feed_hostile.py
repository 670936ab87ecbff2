"""A feed that attacks, or that nobody has looked at, gives its episodes or one clear error."""

import gzip
import logging
import time
from collections.abc import Iterator

import pytest

from audio.feeds.feed_parser import parse_feed
from audio.feeds.feed_text import MAX_BYTES
from podcast.errors import BadInputError
from podcast.feed import FeedEpisode

ADDRESS = "https://host.example/shows/feed.xml"
GOOD = b"<item><guid>good</guid><title>Good</title><enclosure url='good.mp3'/></item>"


def rss(*items: bytes, before: bytes = b"") -> bytes:
    return before + b"<rss><channel><title>S</title>%s</channel></rss>" % b"".join(items)


def item(inner: bytes) -> bytes:
    return b"<item>%s<guid>bad</guid><enclosure url='bad.mp3'/></item>" % inner


def episodes(data: bytes, address: str = ADDRESS) -> dict[str, FeedEpisode]:
    return {episode.guid: episode for episode in parse_feed(data, address).episodes}


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Every feed here is read in two seconds of CPU time."""
    began = time.thread_time()
    yield
    assert time.thread_time() - began < 2


SLOPPY = {
    "undeclared prefix": b"<itunes:image href='x.jpg'/><o:p>x</o:p>",
    "wrong address": b"<podcast:transcript url='http://[x'/><link>http://[::1</link>",
    "control character": b"<title>a &amp;#11; &#11; \x0b b</title>",
    "no duration": b"<itunes:duration url='x'/>",
    "absurd duration": b"<itunes:duration>%s</itunes:duration>" % (b"9" * 5000),
    "absurd date": b"<pubDate>Thu, 01 Jan 99999 00:00:00 +9999</pubDate>",
    "unclosed cdata": b"<title><![CDATA[open</title>",
    "unclosed comment": b"<title>a<!-- b</title>",
    "unclosed tag": b"<description><p>a<br>b</description>",
    "bare angle": b"<title>5 < 6 <3 &</title>",
    "long name": b"<podcast:person>%s</podcast:person>" % (b"x" * 5000),
    "deep": b"<title>%s</title>" % (b"<b>" * 100),
    "doctype": b"<!DOCTYPE r [<!ENTITY a 'b'>]><title>&a;</title>",
    "attribute twice": b"<title a='1' a='2'>x</title>",
    "declared again": b"<podcast:person xmlns:podcast='urn:x'>x</podcast:person>",
}


@pytest.mark.parametrize("inner", SLOPPY.values(), ids=SLOPPY)
def test_what_is_wrong_in_an_item_harms_neither_it_nor_the_next(inner: bytes) -> None:
    assert {"bad", "good"} <= episodes(rss(item(inner), GOOD)).keys()


def test_a_person_with_a_name_that_is_none_is_left_out() -> None:
    names = b"".join(b"<podcast:person>%s</podcast:person>" % n for n in (b"x" * 99, b"", b"Ann"))

    assert episodes(rss(item(names)))["bad"].speakers == ("Ann",)


@pytest.mark.parametrize(
    "bad",
    [
        b"<item><guid>bad</guid><description>%s</description></item>" % (b"x" * (1 << 20)),
        b"<item><guid>%s</guid><enclosure url='a.mp3'/></item>" % (b"x" * 3000),
    ],
    ids=["large", "long guid"],
)
def test_an_item_that_is_none_is_left_out_aloud(
    bad: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        assert episodes(rss(bad, GOOD)).keys() == {"good"}
    assert "left out" in caplog.text


@pytest.mark.parametrize(
    "bad",
    [
        b"<b>" * 100_000,
        b"</x>" * 100_000,
        b"</guid></channel></rss>",
        b"<x %s/>" % b" ".join(b"a%d=''" % n for n in range(9999)),
    ],
    ids=["deep", "ends", "wrong end", "attributes"],
)
def test_an_item_that_is_beyond_all_measure_harms_no_other(bad: bytes) -> None:
    assert "good" in episodes(rss(item(bad), GOOD))


@pytest.mark.parametrize(
    "before",
    [
        b"\n \n",
        b"<!-- x -->" * 20_000,
        b"<?x y?>" * 20_000,
        b"<!-- x --><?x ?>" * 24,
        b"<!--" * 20_000,
        b"<![CDATA[" * 20_000,
        b"<?" * 20_000,
        b"<!DOCTYPE rss SYSTEM 'file:///etc/passwd'>",
        b"<!DOCTYPE rss [" * 20_000,
        b"<br />\n<b>Warning</b>: on line 3",
    ],
)
def test_what_stands_before_a_feed_is_passed_over_in_no_time(before: bytes) -> None:
    assert episodes(rss(GOOD, before=before)).keys() == {"good"}


@pytest.mark.parametrize(
    "mark", [b"<!-- x -->", b"<![CDATA[", b"<!--", b"&", b"<", b"&nbsp;", b"<a "]
)
def test_thousands_of_anything_in_a_feed_take_no_time(mark: bytes) -> None:
    assert "good" in episodes(rss(mark * 25_000, GOOD))
    assert "good" in episodes(rss(item(b"<title>%s</title>" % (mark * 25_000)), GOOD))


@pytest.mark.parametrize(
    "name",
    ["undefined", "punycode", "idna", "utf-7", "unicode_escape", "rot13", "zlib", "base64",
     "utf-16", "utf-32", "EUC-KR", "cp037", "hz", "iso-2022-jp", "x" * 3000, "", "../../etc"],
)  # fmt: skip
def test_an_encoding_that_is_unknown_or_a_lie_stops_nobody(name: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{name}"?>'.encode()

    assert "good" in episodes(rss(GOOD, b"\xff\xfe\x80", before=declaration))


@pytest.mark.parametrize(
    ("declared", "encoding", "title"),
    [
        ("EUC-KR", "euc-kr", "안녕하세요"),
        ("ks_c_5601-1987", "cp949", "똠방각하"),
        ("Shift_JIS", "cp932", "ソフト 髙"),
        ("ISO-2022-JP", "iso-2022-jp", "日本語"),
        ("gb2312", "gb18030", "镕基"),
        ("Big5", "big5", "臺灣"),
        ("UTF-16", "utf-16-be", "안녕"),
        ("UTF-8", "utf-16-le", "안녕"),
        ("EUC-KR", "utf-8", "안녕"),
        ("iso-8859-1", "cp1252", "“Café”"),
        ("windows-1252", "utf-8", "“Café”"),
        ("UTF-8", "cp1252", "“Café”"),
    ],
)
def test_the_encoding_is_found(declared: str, encoding: str, title: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>' + rss(GOOD).decode()

    assert episodes(text.replace("Good", title).encode(encoding))["good"].title == title


def test_one_wrong_byte_spoils_no_other() -> None:
    data = rss(GOOD.replace(b"Good", "안녕 ".encode() + b"caf\xe9"))

    assert episodes(data)["good"].title == "안녕 café"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(b"<rss>" + b"a" * (MAX_BYTES + 1)), "larger than"),
        (gzip.compress(gzip.compress(rss(GOOD))), "no podcast feed"),
        (b"\x1f\x8b" + b"x" * 99, "damaged gzip"),
        (b"<rss>" + b"<item/>" * 50_001, "more than 50,000 items"),
        (b"<!DOCTYPE r [<!ENTITY a 'b'>]><rss/>", "defines entities"),
        (b"<!DOCTYPE r [<!eNtItY % a 'b'>]>\n<rss/>", "defines entities"),
        (b"\0" * 99, "is empty"),
    ],
    ids=["bomb", "twice", "damaged", "items", "entities", "parameter", "zeros"],
)
def test_what_cannot_be_read_is_one_clear_error(data: bytes, reason: str) -> None:
    with pytest.raises(BadInputError, match=f"host.example.*{reason}"):
        parse_feed(data, ADDRESS)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "show:/shows/private.toml",
        "data:audio/mpeg;base64,AAAA",
        "ftp://host.example/a.mp3",
        "javascript:alert(1)",
        "concat:/a.mp3|/b.mp3",
        "magnet:?xt=urn:btih:1",
        "https://",
        "https://host.example:0/a.mp3",
        "https://host.example/" + "a" * 5000 + ".mp3",
    ],
)
def test_sound_is_of_the_web(url: str) -> None:
    assert episodes(rss(b"<item><enclosure url='%s'/></item>" % url.encode())) == {}


@pytest.mark.parametrize(
    "enclosure",
    [
        b"url='a.mp3.torrent' type='audio/mpeg'",
        b"url='a.torrent' type='application/octet-stream'",
        b"url='/get/7' type='application/x-bittorrent'",
        b"url='a.m3u8' type='audio/mpeg'",
        b"url='/live' type='application/vnd.apple.mpegurl'",
        b"url='notes.zip'",
    ],
)
def test_what_leads_to_sound_or_to_something_else_is_no_sound(enclosure: bytes) -> None:
    assert episodes(rss(b"<item><enclosure %s/></item>" % enclosure)) == {}


WITH_LOGIN = "https://ann:pass@host.example/feed.xml"


@pytest.mark.parametrize(
    ("url", "fetched"),
    [
        ("a.mp3", "https://ann:pass@host.example/a.mp3"),
        ("https://host.example/a.mp3", "https://ann:pass@host.example/a.mp3"),
        ("https://HOST.example:443/a.mp3", "https://ann:pass@HOST.example:443/a.mp3"),
        ("//host.example/a.mp3", "https://ann:pass@host.example/a.mp3"),
        ("https://bo:own@host.example/a.mp3", "https://bo:own@host.example/a.mp3"),
        ("http://host.example/a.mp3", "http://host.example/a.mp3"),
        ("https://host.example:8443/a.mp3", "https://host.example:8443/a.mp3"),
        ("https://cdn.host.example/a.mp3", "https://cdn.host.example/a.mp3"),
        ("https://host.example.evil.example/a.mp3", "https://host.example.evil.example/a.mp3"),
    ],
)
def test_a_login_goes_to_the_server_of_the_feed_and_to_no_other(url: str, fetched: str) -> None:
    data = rss(b"<item><guid>1</guid><enclosure url='%s'/></item>" % url.encode())

    assert episodes(data, WITH_LOGIN)["1"].enclosure.url == fetched


def test_a_login_is_in_nothing_that_is_published() -> None:
    data = rss(b"<item><title>A</title><enclosure url='a.mp3'/></item>")

    (episode,) = episodes(data, WITH_LOGIN).values()

    assert episode.guid == "https://host.example/a.mp3"


def guids(*urls: str) -> list[str]:
    items = (f"<item><enclosure url='{url.replace('&', '&amp;')}'/></item>" for url in urls)
    return list(episodes(rss(*(item.encode() for item in items))))


def test_items_without_guid_are_told_apart_by_their_queries() -> None:
    first, second = guids("a.mp3?ep=1", "a.mp3?ep=2")

    assert first != second
    assert guids("a.mp3?ep=2", "a.mp3?ep=3", "a.mp3?ep=1")[::2] == [second, first]


def test_what_all_queries_have_in_common_is_no_part_of_a_name() -> None:
    assert guids("p?key=secret&ep=1", "p?key=secret&ep=2") == guids("p?ep=1", "p?ep=2")
    assert not any("secret" in guid for guid in guids("p?k=secret1", "p?k=secret2"))


@pytest.mark.slow
def test_nineteen_megabytes_are_read_in_time() -> None:
    notes = b"<description><![CDATA[%s]]></description>" % (b"x <p>y</p>\n" * 290)
    one = b"<item><guid>%d</guid>%s<enclosure url='a.mp3'/></item>"

    assert len(episodes(rss(*(one % (n, notes) for n in range(2000))))) == 2000
