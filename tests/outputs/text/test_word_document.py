"""A Word document holds every pair, in the fonts and languages of both sides."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from outputs.record.record_types import EpisodeRecord
from outputs.text.word_document import render_word_document
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.transcript import Translation

HOSTILE = 'AT&T <b> --> 5 > 3 "q" | {\\an8} \u200f🙂 ]]>'
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(document: bytes, name: str) -> ET.Element:
    with ZipFile(BytesIO(document)) as package:
        return ET.fromstring(package.read(name))


def styles(document: bytes) -> dict[str, ET.Element]:
    """Return the paragraph styles by id."""
    return {
        s.get(f"{W}styleId", ""): s for s in part(document, "word/styles.xml").iter(f"{W}style")
    }


def paragraphs(document: bytes) -> Iterator[tuple[str, str]]:
    """Yield (name of the style, text)."""
    names = {
        key: name.get(f"{W}val", "")
        for key, style in styles(document).items()
        for name in style.iter(f"{W}name")
    }
    for paragraph in part(document, "word/document.xml").iter(f"{W}p"):
        [style] = paragraph.iter(f"{W}pStyle")
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        yield names[style.get(f"{W}val", "")], text


def letters(document: bytes, style: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the fonts and the languages that a style sets."""
    [found] = [
        s
        for s in styles(document).values()
        if any(name.get(f"{W}val") == style for name in s.iter(f"{W}name"))
    ]
    [fonts] = found.iter(f"{W}rFonts")
    [language] = found.iter(f"{W}lang")
    return (
        {key.removeprefix(W): value for key, value in fonts.attrib.items()},
        {key.removeprefix(W): value for key, value in language.attrib.items()},
    )


def test_titles_stand_above_the_pairs(record: EpisodeRecord) -> None:
    assert list(paragraphs(render_word_document(record, Language.KO))) == [
        ("Title", "A title"),
        ("Subtitle", "제목"),
        ("Pair Speaker", "Speaker 1 · 0:04"),
        ("Pair Source", "Yeah."),
        ("Pair Target", "네."),
        ("Pair Speaker", "Speaker 2 · 0:05"),
        ("Pair Source", "Well, AT&T"),
        ("Pair Target", "음, AT&T"),
    ]


@pytest.mark.parametrize(
    ("target", "font", "locale"),
    [
        (Language.KO, "Malgun Gothic", "ko-KR"),
        (Language.ZH, "Microsoft YaHei", "zh-CN"),
        (Language.JA, "Yu Gothic", "ja-JP"),
    ],
)
@pytest.mark.parametrize("style", ["Title", "Subtitle", "Pair Target"])
def test_the_translation_has_the_font_and_the_language_of_its_letters(
    record: EpisodeRecord, style: str, target: Language, font: str, locale: str
) -> None:
    said = {target.value: Translation("嗯。", "model")}
    lines = tuple(replace(line, translations=said) for line in record.lines)

    document = render_word_document(replace(record, titles=said, lines=lines), target)

    fonts, languages = letters(document, style)
    assert fonts["eastAsia"] == font
    assert "eastAsiaTheme" not in fonts
    assert languages == {"val": "en-US", "eastAsia": locale}


def test_a_pair_stays_on_one_page(record: EpisodeRecord) -> None:
    document = render_word_document(record, Language.KO)

    kept = {
        name.get(f"{W}val")
        for style in styles(document).values()
        for name in style.iter(f"{W}name")
        for keep in style.iter(f"{W}keepNext")
        if keep.get(f"{W}val") != "0"
    }
    assert {"Pair Speaker", "Pair Source"} <= kept
    assert "Pair Target" not in kept


def test_the_same_record_gives_the_same_bytes_at_any_time(record: EpisodeRecord) -> None:
    document = render_word_document(record, Language.KO)

    assert render_word_document(record, Language.KO) == document
    with ZipFile(BytesIO(document)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
        core = package.read("docProps/core.xml").decode()
    assert core.count("1980-01-01T00:00:00Z") == 2


def test_the_properties_say_what_it_is(record: EpisodeRecord) -> None:
    core = part(render_word_document(record, Language.KO), "docProps/core.xml")

    values = {element.tag.rpartition("}")[2]: element.text for element in core}
    assert values["title"] == "A title"
    assert values["creator"] == values["lastModifiedBy"] == "Open Ears"
    assert "python" not in str(values)


def test_hostile_text_is_shown_as_it_is(record: EpisodeRecord) -> None:
    said = record.lines[0].translations | {"ko": Translation(HOSTILE + "\x07\x0b", "model")}
    first = replace(record.lines[0], text=f"\x00{HOSTILE}", translations=said)
    voices = (replace(record.speakers[0], name=HOSTILE), record.speakers[1])
    hostile = replace(record, title=HOSTILE * 20, speakers=voices, lines=(first,))

    texts = [text for _, text in paragraphs(render_word_document(hostile, Language.KO))]

    assert texts == [HOSTILE * 20, "제목", f"{HOSTILE} · 0:04", HOSTILE, HOSTILE]


def test_a_line_without_a_speaker_has_its_time_alone(record: EpisodeRecord) -> None:
    voices = (replace(record.speakers[0], name=""), record.speakers[1])

    document = render_word_document(replace(record, speakers=voices), Language.KO)

    assert ("Pair Speaker", "0:04") in list(paragraphs(document))


def test_a_language_that_the_record_lacks_is_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError):
        render_word_document(record, Language.ZH)


@pytest.mark.slow
def test_two_thousand_lines_are_written(record: EpisodeRecord) -> None:
    document = render_word_document(replace(record, lines=record.lines * 1_000), Language.KO)

    assert sum(1 for _ in paragraphs(document)) == 6_002
