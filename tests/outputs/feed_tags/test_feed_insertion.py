"""Tags go into a feed and no other byte changes; run again, nothing changes at all."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outputs.feed_tags.feed_insertion import FeedCopy, insert_tags
from outputs.feed_tags.feed_structure import FeedItem
from podcast.errors import BadInputError

NAMESPACE = "https://podcastindex.org/namespace/1.0"
OLD_NAMESPACE = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
FEED = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:podcast="{NAMESPACE}">
  <channel>
    <title>Open Ears</title>
    <item>
      <title>One &amp; <![CDATA[</item> only]]></title>
      <guid isPermaLink="false"> 41 </guid>
      <enclosure url="https://example.org/1.mp3" type="audio/mpeg" length="1"/>
    </item>
    <item>
      <guid>42</guid>
      <podcast:transcript url="https://example.org/own.vtt" type="text/vtt"/>
      <!-- </item> -->
    </item>
    <item/>
  </channel>
</rss>
"""
BLOCK = re.compile(
    r"<!-- interlinear: transcripts -->.*?<!-- /interlinear: transcripts -->", re.DOTALL
)


def tags(item: FeedItem, prefix: str) -> Sequence[str]:
    return [f'<{prefix}:transcript url="https://t.example/{item.guid}.vtt" type="text/vtt" />']


def only(guid: str, feed: bytes) -> FeedCopy:
    return insert_tags(feed, lambda item, prefix: tags(item, prefix) if item.guid == guid else ())


def urls(feed: bytes) -> list[list[str]]:
    root = ET.fromstring(feed)
    return [
        [tag.attrib["url"] for tag in item.findall(f"{{{NAMESPACE}}}transcript")]
        for item in root.iter("item")
    ]


def test_a_tag_goes_into_the_item_with_the_guid() -> None:
    copy = only("42", FEED.encode())

    own = "https://example.org/own.vtt"
    assert urls(copy.content) == [[], [own, "https://t.example/42.vtt"], []]
    assert [item.guid for item in copy.tagged] == ["42"]
    assert [item.guid for item in copy.bare] == ["41", ""]


def test_an_item_is_known_by_guid_enclosure_and_title() -> None:
    first, *_ = only("", FEED.encode()).bare

    assert first.guid == "41"
    assert first.enclosure == "https://example.org/1.mp3"
    assert first.title == "One & </item> only"


def test_the_tag_stands_on_its_own_line_and_no_other_line_changes() -> None:
    lines = only("41", FEED.encode()).content.decode().splitlines()

    place = lines.index("      <!-- interlinear: transcripts -->")
    assert lines[place + 1].startswith("      <podcast:transcript url=")
    assert lines[place + 2 : place + 4] == [
        *("      <!-- /interlinear: transcripts -->", "    </item>"),
    ]
    assert [*lines[:place], *lines[place + 3 :]] == FEED.splitlines()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_encoding_and_line_end_stays_as_it_is(encoding: str, newline: str) -> None:
    declared = "UTF-16" if encoding.startswith("utf-16") else encoding.removesuffix("-sig")
    text = FEED.replace("UTF-8", declared).replace("Open Ears", "Öpen Ears")
    feed = text.replace("\n", newline).encode(encoding)

    copy = only("41", feed)

    assert urls(copy.content)[0] == ["https://t.example/41.vtt"]
    assert insert_tags(copy.content, lambda *_: ()).content == feed
    assert only("41", copy.content).content == copy.content


def test_entities_of_html_are_passed_over_and_stay() -> None:
    feed = b"<rss><channel><item><guid>1</guid><title>A&nbsp;B</title></item></channel></rss>"

    copy = insert_tags(feed, tags)

    assert b"<title>A&nbsp;B</title>" in copy.content
    assert len(copy.tagged) == 1


def test_a_feed_in_one_line_stays_in_one_line() -> None:
    feed = b"<rss><channel><item><guid>1</guid></item><item><guid>2</guid></item></channel></rss>"

    copy = insert_tags(feed, tags)

    assert b"\n" not in copy.content
    assert urls(copy.content) == [["https://t.example/1.vtt"], ["https://t.example/2.vtt"]]
    assert only("1", copy.content).content.count(b"<podcast:transcript") == 1


@pytest.mark.parametrize(
    ("root", "tag"),
    [
        ("<rss", "<podcast:transcript"),
        ('<rss\n a="x > y"', "<podcast:transcript"),
        ('<rss xmlns:podcast="urn:other"', "<podcastx:transcript"),
        (f'<rss xmlns:p20="{NAMESPACE}"', "<p20:transcript"),
        (
            f'<rss xmlns:podcast="{OLD_NAMESPACE}"',
            "<podcast:transcript",
        ),
    ],
)
def test_the_namespace_is_declared_once_under_a_free_prefix(root: str, tag: str) -> None:
    feed = f"{root}><channel><item><guid>1</guid></item></channel></rss>".encode()

    once = insert_tags(feed, tags).content
    twice = insert_tags(once, tags).content

    assert tag in once.decode()
    assert twice == once
    assert ET.fromstring(once).find("channel/item") is not None


def test_new_tags_take_the_place_of_the_old_ones() -> None:
    once = insert_tags(FEED.encode(), tags).content

    again = insert_tags(once, lambda _item, prefix: [f'<{prefix}:transcript url="new"/>']).content

    assert again.count(b'url="new"') == 2
    assert b"t.example" not in again


@pytest.mark.parametrize(
    ("feed", "says"),
    [
        (b"", "is empty"),
        (b"<html></html>", "is no podcast feed"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', "defines entities of its own"),
        ("<rss>\ud83d</rss>".encode("utf-16", "surrogatepass"), "not of its encoding, utf-16-le"),
    ],
)
def test_what_is_no_feed_is_named(feed: bytes, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        insert_tags(feed, tags, "show.xml")


@pytest.mark.parametrize(
    "feed",
    [
        b"\n\n<rss><channel><item><guid>1</guid></item></channel></rss>",
        b"<rss><channel><item><guid>1</guid><title>Q & A &foo; \x0b</title></item></channel></rss>",
        b"<rss><channel><item><guid>1</guid><o:p>x</o:p></item></channel></rss>",
        b"<rss><channel><item><guid>1</guid><title>5 < 6<br></item></channel></rss>",
        b"<rss><channel><item><guid>1</guid><title><![CDATA[open</title></item></channel></rss>",
        b"<rss><channel><item><guid>1</guid><title>Caf\xe9</title></item></channel>",
        (
            '<?xml version="1.0" encoding="EUC-KR"?><rss><channel><item><guid>1</guid>'
            "<title>안녕 똠방각하</title></item></channel></rss>"
        ).encode("cp949"),
        (
            '<?xml version="1.0" encoding="ISO-2022-JP"?><rss><channel><item><guid>1</guid>'
            "<title>日本語</title></item></channel></rss>"
        ).encode("iso-2022-jp"),
        (
            '<?xml version="1.0" encoding="Shift_JIS"?><rss><channel><item><guid>1</guid>'
            "<title>ソ]></title></item></channel></rss>"
        ).encode("cp932"),
    ],
    ids=[
        "blank lines",
        "ampersands",
        "prefix",
        "angle",
        "cdata",
        "byte",
        "korean",
        "escapes",
        "sjis",
    ],
)
def test_a_sloppy_feed_gets_its_tags_and_no_other_byte_changes(feed: bytes) -> None:
    copy = insert_tags(feed, tags)

    assert [item.guid for item in copy.tagged] == ["1"]
    block = BLOCK.search(copy.content.decode("latin-1"))
    assert block is not None
    assert "https://t.example/1.vtt" in block[0]
    without = copy.content.decode("latin-1").replace(block[0], "")
    declared = f' xmlns:podcast="{NAMESPACE}"'
    assert without.replace(declared, "").encode("latin-1") == feed


@pytest.mark.parametrize(
    "address",
    [
        "http://podcastindex.org/namespace/1.0",
        "https://podcastindex.org/namespace/1.0/",
        "https://PodcastIndex.org/namespace/1.0",
        "https://www.podcastindex.org/namespace/1.0",
    ],
)
def test_the_namespace_is_known_however_its_address_is_written(address: str) -> None:
    feed = f'<rss xmlns:pc="{address}"><channel><item><guid>1</guid></item></channel></rss>'

    copy = insert_tags(feed.encode(), tags).content.decode()

    assert "<pc:transcript" in copy
    assert copy.count("xmlns:") == 1


def test_an_item_without_an_end_gets_nothing() -> None:
    copy = insert_tags(b"<rss><channel><item><guid>1</guid><item><guid>2</guid></item>", tags)

    assert [item.guid for item in copy.tagged] == ["2"]
    assert [item.guid for item in copy.bare] == ["1"]


def test_readers_of_feeds_find_the_same_episodes() -> None:
    before = feedparser.parse(FEED.encode())
    after = feedparser.parse(insert_tags(FEED.encode(), tags).content)

    assert [entry.get("id") for entry in after.entries] == [e.get("id") for e in before.entries]
    assert not after.bozo


texts = st.text("ab<>&'\"-!] \u00e9한🙂", max_size=20)


@given(
    st.lists(
        st.tuples(texts, st.sampled_from(["", " ", "\n", "\n  ", "\r\n\t", "\n\n "])), max_size=5
    ),
    st.sampled_from(["utf-8", "utf-16"]),
    st.booleans(),
)
def test_what_is_inserted_can_be_taken_out_to_the_byte(
    items: list[tuple[str, str]], encoding: str, is_declared: bool
) -> None:
    declaration = f' xmlns:podcast="{NAMESPACE}"' if is_declared else ""
    body = "".join(
        f"{space}<item>{space}<guid>{n}</guid><title>{_escaped(text)}</title>{space}</item>"
        for n, (text, space) in enumerate(items)
    )
    feed = f"<rss{declaration}><channel>{body}</channel></rss>".encode(encoding)

    tagged = insert_tags(feed, tags).content

    assert len(urls(tagged)) == len(items)
    assert insert_tags(tagged, tags).content == tagged
    if is_declared or not items:
        assert insert_tags(tagged, lambda *_: ()).content == feed


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_five_thousand_items_are_read_once() -> None:
    items = "".join(f"<item><guid>{n}</guid></item>\n" for n in range(5_000))
    feed = f"<rss><channel>{items}</channel></rss>".encode()

    copy = insert_tags(feed, tags)

    assert len(copy.tagged) == 5_000
    assert len(BLOCK.findall(copy.content.decode())) == 5_000
