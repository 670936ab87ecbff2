"""The tags for a feed are XML that names every file with its type and language."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from outputs.feed_tags.feed_fragment import NAMESPACE, render_fragment
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError

BASE = "https://example.org/transcripts"


def tags(fragment: str) -> list[dict[str, str]]:
    """Paste the fragment into a feed and read the tags back."""
    feed = (
        f'<rss xmlns:podcast="{NAMESPACE}"><channel><item>{fragment}</item></channel></rss>'
    ).encode()
    item = etree.fromstring(feed).find("channel/item")
    assert item is not None
    found = list(item.iterchildren(tag=etree.Element))
    assert all(tag.tag == f"{{{NAMESPACE}}}transcript" for tag in found)
    return [dict(tag.attrib) for tag in found]


@pytest.mark.parametrize(
    ("name", "kind", "language", "is_captions"),
    [
        ("ko.vtt", "text/vtt", "ko", True),
        ("en.srt", "application/x-subrip", "en", True),
        ("ja.podcast.json", "application/json", "ja", False),
        ("ko.html", "text/html", "ko", False),
        ("en.plain.txt", "text/plain", "en", False),
    ],
)
def test_a_tag_says_what_its_file_is(
    record: EpisodeRecord, name: str, kind: str, language: str, *, is_captions: bool
) -> None:
    rel = {"rel": "captions"} if is_captions else {}

    assert tags(render_fragment(record, BASE, [name])) == [
        {"url": f"{BASE}/{name}", "type": kind, "language": language, **rel}
    ]


def test_chinese_is_called_simplified(record: EpisodeRecord) -> None:
    with_chinese = replace(record, titles=record.titles | {"zh": record.titles["ko"]})

    assert tags(render_fragment(with_chinese, "", ["zh.vtt"]))[0]["language"] == "zh-Hans"


def test_every_file_has_a_tag_in_the_order_given(record: EpisodeRecord) -> None:
    names = ["ko.vtt", "en.vtt", "ja.html"]

    assert [tag["url"] for tag in tags(render_fragment(record, "", names))] == names


def test_every_tag_is_a_line_that_can_be_pasted(record: EpisodeRecord) -> None:
    lines = render_fragment(record, "", ["ko.vtt", "ko.html"]).splitlines()

    assert lines[0].startswith("<!--")
    assert all(line.startswith("<podcast:transcript ") for line in lines[1:])
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("", "ko.vtt"),
        ("https://example.org", "https://example.org/ko.vtt"),
        ("https://example.org/a/", "https://example.org/a/ko.vtt"),
        ("http://localhost:8000/a&b", "http://localhost:8000/a&b/ko.vtt"),
        (
            "https://example.org/열린 귀",
            "https://example.org/%EC%97%B4%EB%A6%B0%20%EA%B7%80/ko.vtt",
        ),
        ("https://example.org/a%20b", "https://example.org/a%20b/ko.vtt"),
    ],
)
def test_a_file_is_found_below_the_base_url(record: EpisodeRecord, base: str, url: str) -> None:
    assert tags(render_fragment(record, base, ["ko.vtt"]))[0]["url"] == url


@pytest.mark.parametrize(
    "base", ["example.org", "ftp://example.org", "https://", "https://example.org/?a=1", "/a"]
)
def test_what_is_no_base_url_is_refused(record: EpisodeRecord, base: str) -> None:
    with pytest.raises(BadInputError, match="not where files can be served"):
        render_fragment(record, base, ["ko.vtt"])


@pytest.mark.parametrize("name", ["report.md", "ko.svg", "ko", "episode.json", ""])
def test_what_is_no_transcript_is_refused(record: EpisodeRecord, name: str) -> None:
    with pytest.raises(BadInputError, match="no file of a transcript"):
        render_fragment(record, "", [name])


def test_a_language_that_is_not_there_is_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError, match="Chinese"):
        render_fragment(record, "", ["zh.vtt"])


@given(st.text("ab&<>\"' é한/%;", max_size=12))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_path_makes_xml_and_an_ascii_url(record: EpisodeRecord, path: str) -> None:
    url = tags(render_fragment(record, f"https://example.org/{path}", ["ko.vtt"]))[0]["url"]

    assert url.isascii()
    assert url.endswith("/ko.vtt")
    assert " " not in url
