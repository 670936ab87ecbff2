"""Spreadsheets and readers of Markdown get every pair, and no formula runs."""

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from outputs.record.record_types import EpisodeRecord
from outputs.text.pair_tables import render_pair_csv, render_pair_markdown
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.transcript import Translation

HOSTILE = 'AT&T <b> --> 5 > 3 "q" | \\| {\\an8} \u200f🙂, ; `c` _x_'
MARKDOWN = MarkdownIt("commonmark").enable("table")
GUARDED = re.compile(r"'(?=['\s]*[=+\-@＝＋－＠])")


def with_texts(record: EpisodeRecord, text: str, korean: str, name: str = "Ann") -> EpisodeRecord:
    """Change the first line, its Korean and its speaker's name; leave the others out."""
    translations = record.lines[0].translations | {"ko": Translation(korean, "model")}
    first = replace(record.lines[0], text=text, translations=translations)
    voices = (replace(record.speakers[0], name=name), record.speakers[1])
    return replace(record, lines=(first,), speakers=voices)


def markdown_rows(text: str) -> list[list[str]]:
    """Return what stands in the cells, as a reader sees it."""
    rows: list[list[str]] = []
    tokens = MARKDOWN.parse(text)
    for token, inline in pairwise(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            rows[-1].append("".join(child.content for child in inline.children or ()))
            assert {child.type for child in inline.children or ()} <= {"text", "text_special"}
    return rows


def csv_rows(text: str) -> list[list[str]]:
    data = text.encode().decode("utf-8-sig")
    return list(csv.reader(StringIO(data, newline=""), strict=True))


def unguarded(cell: str) -> str:
    return GUARDED.sub("", cell, count=1) if GUARDED.match(cell) else cell


def test_the_markdown_has_both_titles_above_a_table(record: EpisodeRecord) -> None:
    assert render_pair_markdown(record, Language.KO) == (
        "# A title\n\n"
        "제목 · Open Ears\n\n"
        "| Time | Speaker | English | Korean |\n"
        "| --: | --- | --- | --- |\n"
        "| 0:04 | Speaker 1 | Yeah. | 네. |\n"
        "| 0:05 | Speaker 2 | Well, AT&amp;T | 음, AT&amp;T |\n"
    )


def test_hostile_text_in_markdown_is_shown_as_it_is(record: EpisodeRecord) -> None:
    text = render_pair_markdown(with_texts(record, HOSTILE, HOSTILE, HOSTILE), Language.KO)

    assert markdown_rows(text)[1:] == [["0:04", HOSTILE, HOSTILE, HOSTILE]]


def test_a_time_past_an_hour_has_hours(record: EpisodeRecord) -> None:
    late = replace(record.lines[0], start=10_800.0, end=10_801.0)

    assert "| 3:00:00 | " in render_pair_markdown(replace(record, lines=(late,)), Language.KO)


def test_the_csv_begins_with_its_mark_and_its_heads(record: EpisodeRecord) -> None:
    assert render_pair_csv(record, Language.JA) == (
        "\ufeffline,start,end,speaker,en,ja\r\n"
        "0001,4.120,4.400,Speaker 1,Yeah.,ええ。\r\n"
        '0002,5.000,7.480,Speaker 2,"Well, AT&T",ええと、AT&T\r\n'
    )


def test_the_head_of_chinese_says_how_it_is_written(record: EpisodeRecord) -> None:
    chinese = {"zh": Translation("嗯。", "model")}
    lines = tuple(replace(line, translations=chinese) for line in record.lines)

    text = render_pair_csv(replace(record, titles=chinese, lines=lines), Language.ZH)

    assert csv_rows(text)[0][-1] == "zh-Hans"


def test_hostile_text_in_csv_reads_back(record: EpisodeRecord) -> None:
    text = render_pair_csv(with_texts(record, HOSTILE, HOSTILE, HOSTILE), Language.KO)

    assert csv_rows(text)[1][3:] == [HOSTILE, HOSTILE, HOSTILE]


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "＋1", "－1", "＠A", "'=1"]
)
def test_a_formula_is_kept_from_running(record: EpisodeRecord, formula: str) -> None:
    text = render_pair_csv(with_texts(record, formula, formula, formula), Language.KO)

    assert csv_rows(text)[1][3:] == [f"'{formula}"] * 3


@pytest.mark.parametrize("harmless", ["a=1", "5 - 3", "'tis", "(-1)"])
def test_a_text_that_is_no_formula_stays_as_it_is(record: EpisodeRecord, harmless: str) -> None:
    text = render_pair_csv(with_texts(record, harmless, "네"), Language.KO)

    assert csv_rows(text)[1][4] == harmless


@given(st.text("ab =+-@'\",;\t\r\n＝한", min_size=1))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_csv_comes_back_when_the_apostrophe_is_taken_away(
    record: EpisodeRecord, text: str
) -> None:
    [_, row] = csv_rows(render_pair_csv(with_texts(record, text, text), Language.KO))

    assert [unguarded(cell) for cell in row[4:]] == [text, text]
    assert not any(cell.lstrip().startswith(tuple("=+-@＝")) for cell in row[3:])


@pytest.mark.parametrize("render", [render_pair_markdown, render_pair_csv])
def test_a_language_that_the_record_lacks_is_refused(
    record: EpisodeRecord, render: Callable[[EpisodeRecord, Language], str]
) -> None:
    with pytest.raises(BadInputError):
        render(record, Language.ZH)


@pytest.mark.slow
def test_two_thousand_lines_are_written(record: EpisodeRecord) -> None:
    many = replace(record, lines=record.lines * 1_000)

    assert len(csv_rows(render_pair_csv(many, Language.KO))) == 2_001
    assert render_pair_markdown(many, Language.KO).count("\n| ") == 2_002
