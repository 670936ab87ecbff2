"""Readers of TTML see every paragraph with its language, its times and its speaker."""

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ttconv.imsc import reader
from ttconv.model import Br, ContentDocument, P, Text
from ttconv.srt import writer as srt_writer

from outputs.captions.ttml import IMSC_TEXT, render_pair_ttml, render_ttml
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError
from podcast.language import Language

HOSTILE = 'AT&T <b> --> 5 > 3 "'
HOSTILE_KO = "\u200f{\\an8} | ]]> 🙂"

TT = "{http://www.w3.org/ns/ttml}"
TTM = "{http://www.w3.org/ns/ttml#metadata}"
TTP = "{http://www.w3.org/ns/ttml#parameter}"
XML = "{http://www.w3.org/XML/1998/namespace}"

Changed = Callable[..., EpisodeRecord]


@dataclass(frozen=True, slots=True)
class Seen:
    """A paragraph as ttconv reads it."""

    begin: float
    end: float
    language: str
    text: str


def model(document: str) -> ContentDocument:
    return reader.to_model(ET.ElementTree(ET.fromstring(document)))


def seen(document: str) -> list[Seen]:
    body = model(document).get_body()
    return [
        Seen(float(p.get_begin()), float(p.get_end()), p.get_lang(), text_of(p))
        for p in body.dfs_iterator()
        if isinstance(p, P)
    ]


def text_of(paragraph: P) -> str:
    pieces = paragraph.dfs_iterator()
    return "".join(
        "\n" if isinstance(piece, Br) else piece.get_text()
        for piece in pieces
        if isinstance(piece, Br | Text)
    )


def parsed(document: str) -> ET.Element:
    return ET.fromstring(document.encode())


def plain(text: str) -> str:
    return "".join(text.split())


def test_a_card_is_a_paragraph_in_each_language(record: EpisodeRecord) -> None:
    first, second, *_ = seen(render_pair_ttml(record, Language.KO))

    assert (first.begin, first.language, first.text) == (4.12, "en", "Yeah.")
    assert (second.language, second.text) == ("ko", "네.")
    assert (second.begin, second.end) == (first.begin, first.end)


def test_english_is_shown_above_the_translation(record: EpisodeRecord) -> None:
    cards = srt_writer.from_model(model(render_pair_ttml(record, Language.JA)))

    assert "\nYeah.\nええ。\n" in cards


@pytest.mark.parametrize(
    ("language", "text", "title"), [(Language.EN, "Yeah.", "A title"), (Language.KO, "네.", "제목")]
)
def test_a_file_can_hold_one_language(
    record: EpisodeRecord, language: Language, text: str, title: str
) -> None:
    document = render_ttml(record, language)

    assert seen(document)[0].text == text
    assert {p.language for p in seen(document)} == {language.tag}
    assert parsed(document).get(f"{XML}lang") == language.tag
    assert parsed(document).findtext(f".//{TTM}title") == title


def test_a_file_of_both_languages_is_an_english_one(record: EpisodeRecord) -> None:
    root = parsed(render_pair_ttml(record, Language.KO))

    assert root.get(f"{XML}lang") == "en"
    assert root.findtext(f".//{TTM}title") == "A title"


def test_the_profile_and_the_clock_are_named(record: EpisodeRecord) -> None:
    root = parsed(render_pair_ttml(record, Language.KO))

    assert root.tag == f"{TT}tt"
    assert root.get(f"{TTP}contentProfiles") == IMSC_TEXT
    assert root.get(f"{TTP}timeBase") == "media"


def test_paragraphs_refer_to_their_speakers(record: EpisodeRecord) -> None:
    root = parsed(render_pair_ttml(record, Language.KO))

    names = {
        agent.get(f"{XML}id"): agent.findtext(f"{TTM}name") for agent in root.iter(f"{TTM}agent")
    }
    speakers = [names[p.get(f"{TTM}agent")] for p in root.iter(f"{TT}p")]
    assert speakers[:2] == ["Speaker 1", "Speaker 1"]
    assert set(speakers[2:]) == {"Speaker 2"}


def test_nobody_is_named_where_nobody_is_known(changed: Changed) -> None:
    root = parsed(render_pair_ttml(changed("Hi", "네", name=""), Language.KO))

    assert list(root.iter(f"{TTM}agent")) == []
    assert all(p.get(f"{TTM}agent") is None for p in root.iter(f"{TT}p"))


def test_rows_are_parted_by_breaks(changed: Changed) -> None:
    long = "This one line is much too long to stand in one row of any screen"

    first, *_ = seen(render_ttml(changed(long, "네"), Language.EN))

    assert "\n" in first.text
    assert long.startswith(first.text.replace("\n", " "))


def test_hostile_text_is_shown_as_it_is(changed: Changed) -> None:
    document = render_pair_ttml(changed(HOSTILE, HOSTILE_KO, "<b>&\x07 --> \n"), Language.KO)

    texts = {
        tag: "".join(p.text for p in seen(document) if p.language == tag) for tag in ("en", "ko")
    }
    assert plain(texts["en"]) == plain(HOSTILE)
    assert plain(texts["ko"]) == plain(HOSTILE_KO)
    assert parsed(document).findtext(f".//{TTM}name") == "<b>& -->"


def test_times_go_past_three_hours(changed: Changed) -> None:
    record = changed("Hi", "네", start=10_800.25, end=10_801.5)

    assert 'begin="03:00:00.250" end="03:00:01.500"' in render_ttml(record, Language.KO)


@pytest.mark.parametrize("render", [render_ttml, render_pair_ttml])
def test_a_language_that_the_record_lacks_is_refused(
    record: EpisodeRecord, render: Callable[[EpisodeRecord, Language], str]
) -> None:
    with pytest.raises(BadInputError):
        render(record, Language.ZH)


def test_thousands_of_lines_are_written(long_record: EpisodeRecord) -> None:
    root = parsed(render_pair_ttml(long_record, Language.KO))

    assert sum(1 for _ in root.iter(f"{TT}p")) == 2 * len(long_record.lines)


@given(
    st.text("ab &<>-;]\"'\x00\x0b\ufffe\u200f한", min_size=1).filter(
        lambda s: s.strip("\x00\x0b\ufffe ")
    )
)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_reads_back_without_its_control_characters(changed: Changed, text: str) -> None:
    document = render_pair_ttml(changed("Hi", text), Language.KO)

    shown = "".join(p.text for p in seen(document) if p.language == "ko")
    assert plain(shown) == plain(text.translate({0: None, 0xFFFE: None}))
