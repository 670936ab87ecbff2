"""Tell how politely a row speaks to the listener, by how its sentences end. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Register(StrEnum):
    """How politely a sentence speaks; a language has those that its profile names."""

    FORMAL = "formal"
    POLITE = "polite"
    CASUAL = "casual"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Endings:
    """How the sentences of a register end.

    Attributes:
        name: Of the register, as grammars of the language call it.
        pattern: Of the end of a sentence, without its mark.
    """

    name: str
    pattern: re.Pattern[str]


_MARKS = re.compile(r"[.?!。？！…]+")
_CLOSING = " \t\"'”’」』)）]"


def register_of(row: str, registers: Mapping[Register, Endings]) -> Register | None:
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
