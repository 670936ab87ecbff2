"""What translators are given and what they answer: the rows of a conversation, and their style.

Pure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from podcast.register import Register
from podcast.transcript import Line
from translation.glossary.terms import Term

NEIGHBOURS = 5
"""Rows before and after one that is asked for again, for a translator that reads context."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """English as it is to be translated, one row of a page.

    Attributes:
        text: What is said.
        speaker: Who says it, as the page names them; empty for a title.
        pause: Seconds of silence before it.
    """

    text: str
    speaker: str = ""
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Style:
    """What the translation of a conversation into one language should keep to.

    Attributes:
        terms: Those of the show that have a rendering in that language.
        registers: How somebody speaks, as (speaker, register); the speaker "" is everybody else.
    """

    terms: tuple[Term, ...] = ()
    registers: tuple[tuple[str, Register], ...] = ()

    def register_of(self, speaker: str) -> Register | None:
        """Return the register that a speaker is to speak in; a title has no speaker, and none."""
        wished = dict(self.registers)
        return wished.get(speaker, wished.get("")) if speaker else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a translator makes of one row.

    Attributes:
        text: In the other language; empty where nothing came out.
        score: Mean log-probability of its tokens; None where the translator does not tell.
        meant: The English that was translated, where it was taken for misheard; else empty.
    """

    text: str
    score: float | None = None
    meant: str = ""


Candidates = tuple[Answer, ...]
"""What one row may be in the other language: different from each other, best first, maybe none."""

Ask = Callable[[tuple[SourceRow, ...]], Sequence[Answer]]
"""Takes rows to a translator, which answers each."""


def conversation_of(
    title: str, lines: Sequence[Line], names: Mapping[str, str]
) -> tuple[SourceRow, ...]:
    """Return the rows of an episode: its title, then each line as it is meant.

    Args:
        title: In English.
        lines: In their order.
        names: What the page calls each speaker.
    """
    ends = (line.end for line in (*lines[:1], *lines))
    rows = (
        SourceRow(
            line.meant or line.text,
            names.get(line.speaker, line.speaker),
            round(max(0.0, line.start - end), 2),
        )
        for line, end in zip(lines, ends, strict=False)
    )
    return (SourceRow(title), *rows)


def alone(rows: Sequence[SourceRow]) -> tuple[SourceRow, ...]:
    """Return the texts of rows, without what a translator would know them by in a conversation."""
    return tuple(SourceRow(row.text) for row in rows)


def answers_in_context(
    rows: Sequence[SourceRow], wanted: Sequence[int], ask: Ask
) -> tuple[Answer, ...]:
    """Ask for some rows of a conversation, with their neighbours in view."""
    shown = sorted(
        {
            place
            for row in wanted
            for place in range(max(0, row - NEIGHBOURS), min(len(rows), row + NEIGHBOURS + 1))
        }
    )
    found = dict(zip(shown, ask(tuple(rows[place] for place in shown)), strict=True))
    return tuple(found[row] for row in wanted)
