"""The reading page says where another language was left out, at its place and to its reader."""

from dataclasses import replace

import html5lib  # type: ignore[import-untyped]  # it has no types
import pytest

from outputs.markup.page_labels import all_labels
from outputs.record.record_types import EpisodeRecord
from outputs.site.reading_page import render_reading_page
from podcast.coverage import Coverage, UnheardSpeech, not_english
from podcast.language import Language

XHTML = "{http://www.w3.org/1999/xhtml}"


def unheard(start: float, end: float, reason: str) -> UnheardSpeech:
    return UnheardSpeech(start, end, "Speaker 1", reason)


def lacking(record: EpisodeRecord, *parts: UnheardSpeech) -> EpisodeRecord:
    return replace(record, coverage=Coverage(12.0, parts, knows_languages=True))


def gaps(page: str) -> list[tuple[str, str]]:
    """Return what holds each gap of a page, the id of a line or a tag, and its text."""
    tree = html5lib.parse(page)
    return [
        (parent.get("id") or parent.tag, "".join(child.itertext()))
        for parent in tree.iter()
        for child in parent
        if child.tag == XHTML + "p" and child.get("class") == "gap"
    ]


def test_a_gap_stands_after_the_line_before_it(record: EpisodeRecord) -> None:
    german = unheard(4.5, 20.9, not_english("German"))

    page = render_reading_page(lacking(record, german), Language.KO)

    assert gaps(page) == [("0001", "[German, 0:04–0:20, not transcribed]")]


def test_a_gap_before_all_lines_stands_before_them(record: EpisodeRecord) -> None:
    spanish = unheard(0, 4, not_english("Spanish"))

    page = render_reading_page(lacking(record, spanish), Language.KO)

    assert gaps(page) == [("page-transcript", "[Spanish, 0:00–0:04, not transcribed]")]


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        ("en", "[French, 0:08–0:12, not transcribed]"),
        ("ko", "[프랑스어, 0:08–0:12, 받아쓰지 않음]"),
        ("ja", "[フランス語、0:08–0:12、文字起こしなし]"),
        ("zh", "[法语，0:08–0:12，未转写]"),
        ("nl", "[Frans, 0:08–0:12, niet uitgeschreven]"),
    ],
)
def test_a_gap_is_named_in_the_language_of_the_reader(
    record: EpisodeRecord, labels: str, says: str
) -> None:
    french = unheard(8.2, 12.4, not_english("French"))

    page = render_reading_page(lacking(record, french), Language.KO, labels)

    assert [text for _, text in gaps(page)] == [says]


def test_a_language_that_the_reader_has_no_word_for_is_named_in_english(
    record: EpisodeRecord,
) -> None:
    basque = unheard(8, 12, not_english("the language 'eu'"))

    page = render_reading_page(lacking(record, basque), Language.KO, "ko")

    assert gaps(page)[0][1].startswith("[the language 'eu',")


def test_labels_name_the_same_languages() -> None:
    ko, zh, ja, nl = (set(all_labels()[code].foreign_names) for code in ("ko", "zh", "ja", "nl"))

    assert ko == zh == ja == nl | {"Hindi", "Tamil", "Thai", "Urdu", "Welsh"}


def test_speech_that_was_not_recognised_leaves_the_page_as_it_is(record: EpisodeRecord) -> None:
    unclear = unheard(8, 12, "no words recognised")

    page = render_reading_page(lacking(record, unclear), Language.KO)

    assert page == render_reading_page(record, Language.KO)
