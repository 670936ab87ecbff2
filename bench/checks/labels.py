"""Read which stored translations were judged wrong, and for what; see labels/README.md."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from podcast.language import Language

LABELS = Path(__file__).with_name("labels")


class Kind(StrEnum):
    """What is wrong with a row."""

    LEFT_ENGLISH = "left-english"
    INVENTED = "invented"
    LOST = "lost"
    NUMBER = "number"
    UNIT = "unit"
    NAME = "name"
    REPETITION = "repetition"
    NEGATION = "negation"
    QUESTION = "question"
    SCRIPT = "script"
    LITERAL = "literal"
    MEANING = "meaning"
    EMPTY = "empty"
    TYPOGRAPHY = "typography"


@dataclass(frozen=True, slots=True)
class Label:
    """The verdict on one row.

    Attributes:
        name: Of the set, such as "talk".
        line: From 1.
        kinds: What is wrong; nothing where the row is acceptable.
    """

    name: str
    line: int
    kinds: frozenset[Kind]


def read_labels(rows: str, target: Language) -> tuple[Label, ...]:
    """Return the verdicts on "argos" or on "left-english", in the order of the file."""
    path = LABELS / f"{rows}.{target}.tsv"
    return tuple(map(parse_label, path.read_text(encoding="utf-8").splitlines()))


def parse_label(row: str) -> Label:
    """Read a row such as "talk, 16, wrong, meaning and lost", with tabs and a comma.

    Raises:
        ValueError: The verdict or a kind is unknown, or they do not agree.
    """
    name, line, verdict, *kinds = re.split(r"[\t,]", row)
    if {"ok": False, "wrong": True}.get(verdict) is not bool(kinds):
        raise ValueError(f"{row!r} is neither ok nor wrong with its kinds.")
    return Label(name, int(line), frozenset(map(Kind, kinds)))
