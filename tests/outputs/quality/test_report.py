"""The report says what was measured, and shows hostile text as it is."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from outputs.markup.escaping import escape_markdown
from outputs.quality.report import render_report
from outputs.record.record_types import EpisodeRecord
from podcast.timeline import Word
from podcast.transcript import DroppedWord, Translation

HOSTILE = "| <b> * _x_ `c` [l](u) &amp; \\| ~~s~~ # $1$ <script>"
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def rows(markdown: str, title: str) -> list[list[str]]:
    """Read the table under a heading as a reader sees it: its heads, then its rows."""
    tables: dict[str, list[list[str]]] = {}
    heading = ""
    tokens = MARKDOWN.parse(markdown)
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            heading = seen(inline.children)
            tables[heading] = []
        elif token.type == "tr_open":
            tables[heading].append([])
        elif token.type in {"th_open", "td_open"}:
            tables[heading][-1].append(seen(inline.children))
    return tables[title]


def seen(tokens: object) -> str:
    """Return the text of inline tokens; anything but text and our own line break is named."""
    assert isinstance(tokens, list)
    plain = {"text": "content", "text_special": "content", "code_inline": "content"}
    return "".join(
        getattr(t, plain[t.type])
        if t.type in plain
        else ("\n" if t.content == "<br>" else f"<{t.type}>")
        for t in tokens
    )


def with_row(record: EpisodeRecord, made: str, *checks: str, text: str = "넷") -> EpisodeRecord:
    """Change the Korean of the first line."""
    first = record.lines[0]
    translations = first.translations | {"ko": Translation(text, made, checks)}
    return replace(record, lines=(replace(first, translations=translations), *record.lines[1:]))


def test_the_headlines_come_first(record: EpisodeRecord) -> None:
    head = dict(rows(render_report(record), "Quality of A title"))

    assert head["Show"] == "Open Ears"
    assert head["Recording"] == "0:12"
    assert head["Lines"] == "2 with 3 words"
    assert head["Longest pause"] == "0:05, from 0:07"
    assert head["Korean"] == "rows translated: 2 of 2; numbers missed: 0; terms missed: 0"
    assert head["Lines to look at"] == "0"


def test_a_recording_that_broke_off_is_called_so(record: EpisodeRecord) -> None:
    partial = replace(record, recording=replace(record.recording, is_partial=True))

    head = dict(rows(render_report(partial), "Quality of A title"))
    assert head["Recording"] == "0:12 (the file broke off)"


def test_the_report_says_why_a_publishers_words_were_not_taken(record: EpisodeRecord) -> None:
    options = {"transcribe": {"text": "as recognised, not as in a_b.vtt: it is empty"}}
    told = replace(record, provenance=replace(record.provenance, options=options))

    head = dict(rows(render_report(told), "Quality of A title"))
    assert head["Words"] == "as recognised, not as in a_b.vtt: it is empty"
    assert "Words" not in dict(rows(render_report(record), "Quality of A title"))


def test_every_speaker_has_a_row(record: EpisodeRecord) -> None:
    assert rows(render_report(record), "Speakers")[1:] == [
        ["Speaker 1", "1", "1", "0:00", "10%"],
        ["Speaker 2", "1", "2", "0:02", "90%"],
    ]


def test_a_voice_that_says_hardly_anything_is_said(record: EpisodeRecord) -> None:
    text = render_report(record)

    assert "Speaker 1 says less than 1 s in all" in text
    assert "Speaker 2 says less" not in text


def test_rungs_stand_in_the_order_of_trust_for_every_language(record: EpisodeRecord) -> None:
    report = render_report(with_row(record, "table"))

    assert rows(report, "Where the translations come from") == [
        ["Made by", "Korean", "Japanese"],
        ["fixed phrase", "1", "0"],
        ["model, first try", "1", "2"],
    ]


def test_an_unknown_rung_or_check_keeps_its_name(record: EpisodeRecord) -> None:
    report = render_report(with_row(record, "o_racle", "rhyme: x"))

    assert ["o_racle", "1", "0"] in rows(report, "Where the translations come from")
    assert rows(report, "What the checks found")[1:] == [["rhyme", "1", "0"]]


def test_findings_are_counted_by_row_and_one_by_one(record: EpisodeRecord) -> None:
    report = render_report(with_row(record, "model", "number: 4", "number: 5", "term: Gemma"))

    assert rows(report, "What the checks found")[1:] == [
        ["a number is missing or wrong", "1", "0"],
        ["a term of the glossary is missing", "1", "0"],
    ]
    head = dict(rows(report, "Quality of A title"))
    assert head["Korean"] == "rows translated: 2 of 2; numbers missed: 2; terms missed: 1"


def test_sections_without_content_are_left_out(record: EpisodeRecord) -> None:
    report = render_report(replace(record, dropped=()))

    assert "What the checks found" not in report
    assert "Words that are in no line" not in report


def test_a_title_is_shown_with_what_is_wrong_with_it(record: EpisodeRecord) -> None:
    titles = record.titles | {"ja": Translation("A title", "source", ("empty",))}

    assert rows(render_report(replace(record, titles=titles)), "Titles")[1:] == [
        ["Korean", "제목", "given by hand", "–"],
        ["Japanese", "A title", "English kept", "empty"],
    ]


def test_dropped_words_are_counted_by_reason(record: EpisodeRecord) -> None:
    loop = DroppedWord(Word(9.0, 9.1, "you", 0.1), "loop")

    report = render_report(replace(record, dropped=(*record.dropped, loop, loop)))

    expected = [["Reason", "Words"], ["loop", "2"], ["over silence", "1"]]
    assert rows(report, "Words that are in no line") == expected


def test_a_caption_speed_is_a_figure_for_each_language(record: EpisodeRecord) -> None:
    hurried = replace(record.lines[1], end=record.lines[1].start + 0.05, text="hurry " * 7)

    report = render_report(replace(record, lines=(record.lines[0], hurried)))

    speeds = {row[0]: row[1] for row in rows(report, "How fast the captions are to be read")[1:]}
    assert speeds["English"] == "1 of 2"
    assert list(speeds) == ["English", "Korean", "Japanese"]


def test_hostile_text_is_shown_as_it_is(record: EpisodeRecord) -> None:
    hostile = with_row(record, "model", f"term: {HOSTILE}", text=HOSTILE)
    first = replace(hostile.lines[0], text=HOSTILE)
    speakers = (replace(record.speakers[0], name=HOSTILE), record.speakers[1])
    hostile = replace(
        hostile, show=HOSTILE, title=HOSTILE, speakers=speakers, lines=(first, record.lines[1])
    )

    report = render_report(hostile)

    assert dict(rows(report, f"Quality of {HOSTILE}"))["Show"] == HOSTILE
    assert rows(report, "Lines to look at")[1] == [
        "<link_open>0:04, 0001<link_close>", HOSTILE, HOSTILE, f"ko: {HOSTILE}",
        f"ko: the glossary wants: {HOSTILE}", 'interlinear correct . 0001 --ko "…"',
    ]  # fmt: skip


def test_the_report_of_an_episode_without_lines_can_be_written(record: EpisodeRecord) -> None:
    report = render_report(replace(record, lines=(), speakers=()))

    assert dict(rows(report, "In figures"))["Lines"] == "0 with 0 words"


@given(st.text("ab |<>&*_`[]()\\~#$!-+.:'\"한\n\t", min_size=1))
@settings(max_examples=100)
def test_any_text_in_a_cell_reads_as_it_was_on_one_line(text: str) -> None:
    table = f"# T\n\n| {escape_markdown(text)} | b |\n| --- | --- |"

    assert rows(table, "T") == [[" ".join(text.split()), "b"]]
