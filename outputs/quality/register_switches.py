"""Find where a speaker changes between polite and plain speech within a turn. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from outputs.record.record_types import RecordedLine
from podcast.language import Language
from podcast.register import Register, register_of


@dataclass(frozen=True, slots=True)
class RegisterSwitch:
    """A row that is not as polite as the one before it.

    Attributes:
        line: The line of the row.
        before: Register of the last row of the turn that has one.
        after: Register of the row.
    """

    line: RecordedLine
    before: Register
    after: Register


def register_switches(lines: Sequence[RecordedLine], code: str) -> tuple[RegisterSwitch, ...]:
    """Return the switches within turns, in time order.

    Formal and polite rows, 합니다 and 해요, stand side by side in good style.

    Args:
        lines: Of an episode, in time order.
        code: Of a language that they are translated into.
    """
    turns = groupby(lines, key=lambda line: line.speaker)
    return tuple(
        RegisterSwitch(line, before, after)
        for _, turn in turns
        for (_, before), (line, after) in pairwise(_spoken(turn, code))
        if before.is_polite != after.is_polite
    )


def _spoken(turn: Iterator[RecordedLine], code: str) -> Iterator[tuple[RecordedLine, Register]]:
    """Return the lines of a turn whose row has a register, with it."""
    registers = Language(code).profile.registers
    for line in turn:
        register = register_of(line.translations[code].text, registers)
        if register is not None:
            yield line, register
