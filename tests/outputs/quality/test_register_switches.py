"""A switch of register is one of politeness, within the lines that a speaker says in a row."""

from dataclasses import replace

import pytest

from outputs.quality.register_switches import register_switches
from outputs.quality.report import render_report
from outputs.record.record_types import EpisodeRecord
from podcast.register import Register
from podcast.transcript import Translation


def said(record: EpisodeRecord, *rows: tuple[str, str]) -> EpisodeRecord:
    """Give a record lines of Korean, each by a speaker."""
    first = record.lines[0]
    lines = (
        replace(
            first,
            id=f"{place:04}",
            speaker=speaker,
            translations=first.translations | {"ko": Translation(text, "model")},
        )
        for place, (speaker, text) in enumerate(rows, 1)
    )
    return replace(record, lines=tuple(lines), quality=None)


@pytest.mark.parametrize(
    ("rows", "switched"),
    [
        ([("A", "작습니다."), ("A", "작다.")], ["0002"]),
        ([("A", "작다."), ("A", "낙타."), ("A", "작아요."), ("A", "작아.")], ["0003"]),
        ([("A", "몰라."), ("A", "모릅니다."), ("A", "모른다.")], ["0002", "0003"]),
        ([("A", "작습니다."), ("A", "작아요.")], []),
        ([("A", "작습니다."), ("B", "작다."), ("A", "작아요.")], []),
        ([("A", "작습니다."), ("A", "It is small.")], []),
        ([], []),
    ],
)
def test_a_speaker_is_polite_or_not_for_a_whole_turn(
    record: EpisodeRecord, rows: list[tuple[str, str]], switched: list[str]
) -> None:
    found = register_switches(said(record, *rows).lines, "ko")

    assert [switch.line.id for switch in found] == switched


def test_a_switch_says_between_which_registers(record: EpisodeRecord) -> None:
    (switch,) = register_switches(said(record, ("A", "작아요."), ("A", "작다.")).lines, "ko")

    assert (switch.before, switch.after) == (Register.POLITE, Register.PLAIN)


def test_the_report_lists_switches_and_is_silent_where_there_are_none(
    record: EpisodeRecord,
) -> None:
    switching = render_report(said(record, ("A", "작아요."), ("A", "작다.")))
    steady = render_report(said(record, ("A", "작아요."), ("A", "큽니다.")))

    assert "Korean: 1." in switching
    assert "| polite | plain | 작다. |" in switching
    assert "Switches of register" not in steady
