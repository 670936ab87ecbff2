"""The HTML is valid, keeps to what podcast apps read, and shows every line as it is."""

from dataclasses import replace
from itertools import pairwise
from time import process_time
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outputs.record.record_types import EpisodeRecord
from outputs.text.podcast_html import render_podcast_html
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.transcript import Translation

NASTY = 'AT&T <b> --> 5 > 3 "q" | {\\an8} \u200fאב\u200e 🎙️ &amp; </p>'


def parsed(text: str) -> Element:
    """Read HTML as browsers do, but with no error forgiven."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document: Element = parser.parse(text)
    return document


def seen(text: str) -> list[tuple[str, str]]:
    """Return tag and text of what stands in the body."""
    body = parsed(text).find("body")
    assert body is not None
    return [(element.tag, element.text or "") for element in body]


def test_every_line_is_name_time_and_paragraph(record: EpisodeRecord) -> None:
    assert seen(render_podcast_html(record, Language.KO)) == [
        ("cite", "화자 1:"),
        ("time", "0:04"),
        ("p", "네."),
        ("cite", "화자 2:"),
        ("time", "0:05"),
        ("p", "음, AT&T"),
    ]


@pytest.mark.parametrize(
    ("language", "tag", "title"),
    [(Language.EN, "en", "A title"), (Language.KO, "ko", "제목"), (Language.ZH, "zh-Hans", "题")],
)
def test_the_page_says_its_language_and_title(
    record: EpisodeRecord, language: Language, tag: str, title: str
) -> None:
    text = Translation("题", "given")
    lines = tuple(replace(x, translations=x.translations | {"zh": text}) for x in record.lines)
    record = replace(record, titles=record.titles | {"zh": text}, lines=lines)

    page = parsed(render_podcast_html(record, language))

    assert page.get("lang") == tag
    assert page.findtext("head/title") == title


def test_apps_know_the_format_by_its_first_characters(record: EpisodeRecord) -> None:
    assert render_podcast_html(record, Language.KO).startswith("<!--")


def test_the_same_speaker_is_named_again(record: EpisodeRecord) -> None:
    twice = replace(record, lines=(record.lines[0], record.lines[0]))

    tags = [tag for tag, _ in seen(render_podcast_html(twice, Language.EN))]

    assert tags == ["cite", "time", "p"] * 2


def test_a_line_without_a_name_has_no_cite(record: EpisodeRecord) -> None:
    nameless = replace(record, speakers=())

    assert seen(render_podcast_html(nameless, Language.KO))[0] == ("time", "0:04")


def test_times_after_an_hour_have_hours(record: EpisodeRecord) -> None:
    late = replace(record, lines=(replace(record.lines[0], start=11045.9, end=11046.0),))

    assert ("time", "3:04:05") in seen(render_podcast_html(late, Language.EN))


def test_nasty_names_and_titles_are_shown_as_they_are(record: EpisodeRecord) -> None:
    speakers = (replace(record.speakers[0], name=NASTY), record.speakers[1])

    text = render_podcast_html(replace(record, speakers=speakers, title=NASTY), Language.EN)

    assert seen(text)[0] == ("cite", f"{NASTY}:")
    assert parsed(text).findtext("head/title") == NASTY


def test_an_episode_without_lines_is_valid(record: EpisodeRecord) -> None:
    assert seen(render_podcast_html(replace(record, lines=()), Language.EN)) == []


def test_a_language_that_is_not_there_is_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError, match="Chinese"):
        render_podcast_html(record, Language.ZH)


def test_a_long_episode_takes_little_time(record: EpisodeRecord) -> None:
    long = replace(record, lines=record.lines * 5000)
    start = process_time()

    text = render_podcast_html(long, Language.KO)

    assert process_time() - start < 5
    assert text.count("<p>") == 10_000


@given(st.one_of(st.just(NASTY), st.text("ab <>&;#\"'/!-=한🎙\u200f", min_size=1)))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_reads_back_as_it_is(record: EpisodeRecord, text: str) -> None:
    lines = tuple(
        replace(line, translations={"ko": Translation(text, "model")}) for line in record.lines
    )

    found = seen(render_podcast_html(replace(record, lines=lines), Language.KO))

    assert [after for (_, after) in found if after == text] == [text, text]
    assert [a for (a, _), (b, _) in pairwise(found) if b == "p"] == ["time", "time"]
