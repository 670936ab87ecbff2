"""Tell how politely a row speaks to the listener, by how its sentences end. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from unicodedata import normalize


class Register(StrEnum):
    """How politely a sentence speaks; a language has those that its profile names."""

    FORMAL = "formal"
    POLITE = "polite"
    CASUAL = "casual"
    PLAIN = "plain"

    @property
    def is_polite(self) -> bool:
        """Whether it is polite to the listener; polite registers may stand side by side."""
        return self in {Register.FORMAL, Register.POLITE}


Rule = tuple[re.Pattern[str], str]
"""Of the end of a sentence, decomposed (NFD): what it is, and what it becomes."""


@dataclass(frozen=True, slots=True)
class SentenceEndings:
    """How the sentences of a register end.

    Attributes:
        name: Of the register, as grammars of the language call it.
        pattern: Of the end of a sentence, without its mark.
        becomes: Other register -> tables of rules, applied one after the other; of each table
            the first rule that fits.
    """

    name: str
    pattern: re.Pattern[str]
    becomes: Mapping[Register, tuple[tuple[Rule, ...], ...]] = field(default_factory=dict)


def read_rules(table: str, after: str) -> tuple[Rule, ...]:
    """Read a table of rules, one a row: a pattern of an end, and what becomes of it.

    Args:
        table: "=" leaves the end as it is.
        after: Pattern of what follows each end.
    """
    return tuple(
        (re.compile(normalize("NFD", end + after)), normalize("NFD", text.replace("=", r"\g<0>")))
        for end, text in (row.split() for row in table.strip().splitlines())
    )


_MARKS = re.compile(r"[.?!。？！…]+")
_CLOSING = " \t\"'”’」』)）]~～♪"


def register_of(row: str, registers: Mapping[Register, SentenceEndings]) -> Register | None:
    """Return the register of a row's last sentence that has one; None where none has.

    Names, fragments and interjections speak in no register.

    Args:
        row: As it is published.
        registers: Of the language; the first that fits counts.
    """
    for sentence in reversed(_MARKS.split(row)):
        said = sentence.strip(_CLOSING)
        for register, endings in registers.items():
            if endings.pattern.search(said):
                return register
    return None
