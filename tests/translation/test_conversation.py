"""Rows of a conversation: who says them, after which pause, and some with their neighbours."""

import pytest

from podcast.register import Register
from podcast.timeline import Word
from podcast.transcript import Line
from translation.conversation import (
    NEIGHBOURS,
    Answer,
    SourceRow,
    Style,
    alone,
    answers_in_context,
    conversation_of,
)

ROWS = tuple(SourceRow(f"Row {number}.", "Ann") for number in range(40))


def line(start: float, end: float, text: str, meant: str = "") -> Line:
    return Line(
        "0001", start, end, "Speaker 1", 1.0, text, meant, (), (Word(start, end, text, 1.0),)
    )


def test_a_conversation_is_the_title_and_what_each_line_means_by_whom_and_after_how_long() -> None:
    lines = (line(1, 2, "A llama."), line(2.5, 3, "All armor.", "Ollama."), line(2.9, 4, "Yes."))

    assert conversation_of("A title", lines, {"Speaker 1": "Ann Lee"}) == (
        SourceRow("A title"),
        SourceRow("A llama.", "Ann Lee", 0.0),
        SourceRow("Ollama.", "Ann Lee", 0.5),
        SourceRow("Yes.", "Ann Lee", 0.0),
    )


def test_an_episode_without_lines_is_its_title() -> None:
    assert conversation_of("A title", (), {}) == (SourceRow("A title"),)


def test_rows_alone_are_their_texts() -> None:
    assert alone([SourceRow("Yes.", "Ann", 1.0)]) == (SourceRow("Yes."),)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ((20,), range(20 - NEIGHBOURS, 21 + NEIGHBOURS)),
        ((0, 39), (*range(NEIGHBOURS + 1), *range(39 - NEIGHBOURS, 40))),
        ((7, 5), range(5 - NEIGHBOURS, 8 + NEIGHBOURS)),
    ],
)
def test_rows_are_asked_for_with_their_neighbours_and_answered_alone(
    wanted: tuple[int, ...], shown: range
) -> None:
    asked: list[tuple[SourceRow, ...]] = []

    def ask(rows: tuple[SourceRow, ...]) -> tuple[Answer, ...]:
        asked.append(rows)
        return tuple(Answer(row.text.upper()) for row in rows)

    found = answers_in_context(ROWS, wanted, ask)

    assert asked == [tuple(ROWS[place] for place in shown)]
    assert [answer.text for answer in found] == [f"ROW {place}." for place in wanted]


@pytest.mark.parametrize(
    ("speaker", "register"),
    [("Ann", Register.CASUAL), ("Bo", Register.POLITE), ("", None)],
)
def test_who_has_no_wish_of_his_own_speaks_as_everybody_else(
    speaker: str, register: Register | None
) -> None:
    style = Style(registers=(("Ann", Register.CASUAL), ("", Register.POLITE)))

    assert style.register_of(speaker) is register
    assert Style().register_of(speaker) is None
