"""A line to look at is linked, has its reasons in sentences, and the command that mends it."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from flows.cli.commands_correct import correct
from outputs.quality.lines_to_check import WHY, lines_to_check, whys
from outputs.quality.measures import MAX_TO_CHECK, quality_of
from outputs.quality.report import CHECKS
from outputs.record.quality_types import Reason
from outputs.record.record_types import EpisodeRecord
from podcast.timeline import Word
from podcast.transcript import Translation
from translation.checks.row_checks import Fault


def section(record: EpisodeRecord) -> str:
    return lines_to_check(record, quality_of(record))


def cells(record: EpisodeRecord, row: int = 0) -> list[str]:
    """Return the cells of a row: line, speaker, English, translation, why, command."""
    table = section(record).partition("| --- |")[2].splitlines()
    return [cell.strip() for cell in table[row + 1].strip("|").split(" | ")]


def with_row(record: EpisodeRecord, code: str, *checks: str, made: str = "model") -> EpisodeRecord:
    """Change a translation of the first line."""
    first = record.lines[0]
    row = replace(first.translations[code], made=made, checks=checks)
    first = replace(first, translations={**first.translations, code: row})
    return replace(record, lines=(first, *record.lines[1:]))


def misheard(record: EpisodeRecord) -> EpisodeRecord:
    words = (Word(5.0, 5.4, "Are", 0.8), Word(5.5, 7.0, "you", 0.9), Word(7.0, 7.4, "share?", 0.3))
    line = replace(record.lines[1], words=words, text="Are you share?")
    return replace(record, lines=(record.lines[0], line))


def test_a_misheard_line_has_its_link_its_reason_and_its_command(record: EpisodeRecord) -> None:
    link, speaker, english, _, reason, command = cells(misheard(record))

    assert link == "[0:05, 0002](ko.html#0002)"
    assert (speaker, english) == ("Speaker 2", "Are you share?")
    assert reason == "some word is likely wrong: 22% sure of all, least of “share?” (30%)"
    assert command == '`interlinear correct . 0002 --text "…"`'


def test_a_link_leads_to_the_language_that_is_concerned(record: EpisodeRecord) -> None:
    link, _, _, translation, reason, command = cells(with_row(record, "ja", "number: 4"))

    assert link == "[0:04, 0001](ja.html#0001)"
    assert translation == "ja: ええ。"
    assert reason == "ja: missing, or another number: 4"
    assert command == '`interlinear correct . 0001 --ja "…"`'


def test_english_that_is_kept_is_not_shown_twice(record: EpisodeRecord) -> None:
    lines = [replace(x, translations={"ko": Translation(x.text, "source")}) for x in record.lines]
    kept = replace(record, lines=tuple(lines), titles={"ko": record.titles["ko"]})

    assert cells(kept)[3:5] == ["–", "ko: English kept, for no translation passed the checks"]


@pytest.mark.parametrize(
    ("fields", "options"),
    [
        ({"speaker_confidence": 0.2}, "--speaker"),
        ({"speaker_confidence": 0.2, "words": (Word(4.1, 4.4, "Yeah.", 0.1),)}, "--text --speaker"),
        ({"flags": ("glossary",)}, "--text"),
    ],
)
def test_the_command_asks_for_what_is_doubtful(
    record: EpisodeRecord, fields: dict[str, object], options: str
) -> None:
    line = replace(record.lines[0], **fields)  # type: ignore[arg-type]  # one field of several

    command = cells(replace(record, lines=(line, record.lines[1])))[-1]

    assert command.strip("`").split(maxsplit=4)[-1].replace(' "…"', "") == options


def test_what_the_commands_say_is_what_the_command_takes(record: EpisodeRecord) -> None:
    known = CliRunner().invoke(correct, ["--help"]).output

    doubted = replace(record.lines[0], speaker_confidence=0.1)
    both = with_row(replace(record, lines=(doubted, misheard(record).lines[1])), "ko", "number: 4")

    used = [word for word in section(both).split() if word.startswith("--") and word[2:].isalpha()]
    assert set(used) == {"--speaker", "--ko", "--text"}
    assert all(option in known for option in used)


def test_names_and_terms_are_sent_to_the_glossary(record: EpisodeRecord) -> None:
    assert "`retranslate`" in section(with_row(record, "ko", "term: Gemma"))
    assert "`retranslate`" not in section(with_row(record, "ko", "number: 4"))


def test_there_may_be_nothing_to_look_at(record: EpisodeRecord) -> None:
    assert section(record) == "None: no stage had a doubt about any line."


def test_an_episode_in_one_language_has_no_page_to_link(record: EpisodeRecord) -> None:
    lines = tuple(replace(line, translations={}) for line in misheard(record).lines)

    assert cells(replace(record, lines=lines, titles={}))[0] == "0:05, 0002"


def test_the_list_says_how_many_lines_it_leaves_out(record: EpisodeRecord) -> None:
    line = replace(record.lines[1], speaker_confidence=0.1)
    lines = tuple(replace(line, id=f"{n:04d}") for n in range(MAX_TO_CHECK + 7))

    text = section(replace(record, lines=lines))

    assert text.count("interlinear correct") == MAX_TO_CHECK
    assert "And 7 more that are less serious." in text


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        ((Reason("ko", "english: camel, hump"),), ["ko: English is left standing: camel, hump"]),
        (
            (Reason("ko", "unsure: 41% sure of a token, usually 99%"),),
            ["ko: the translator doubts it: 41% sure of a token, usually 99%"],
        ),
        ((Reason("zh", "question: ?"),), ["zh: asks nothing, and the English does"]),
        ((Reason("ja", "something: new"),), ["ja: something: new"]),
        ((Reason("", "words unsure (12%)"),), ["words unsure (12%)"]),
        (
            (Reason("ko", "name: AIE"), Reason("ko", "name: MLX"), Reason("ja", "English kept")),
            [
                "ko: missing name: AIE, MLX",
                "ja: English kept, for no translation passed the checks",
            ],
        ),
        (
            (Reason("ko", "English kept"), Reason("zh", "English kept")),
            ["ko, zh: English kept, for no translation passed the checks"],
        ),
    ],
)
def test_reasons_read_as_sentences(reasons: tuple[Reason, ...], expected: list[str]) -> None:
    assert list(whys(reasons)) == expected


def test_every_check_has_a_sentence() -> None:
    assert set(WHY) - {"unsure", "English kept"} == set(CHECKS) == set(Fault)
