"""What a model is asked for at once: rows of a conversation, with what it should know of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from podcast.language import Language
from translation.conversation import SourceRow, Style

LABELS = tuple(map("".join, product("bcdfghjkmnpqrstvwxz", "23456789")))
"""None spells a word, or looks like another one."""


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A row with what it is known by.

    Attributes:
        number: Of the row in its conversation, from 1.
        label: What its answer has to begin with.
        source: The row itself.
    """

    number: int
    label: str
    source: SourceRow


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for at once.

    Attributes:
        rows: To translate.
        before: Lines before them, with their translations; empty where there is none.
        after: Lines after them.
        target: The language to translate into.
        style: What to keep to.
    """

    rows: tuple[AskedRow, ...]
    before: tuple[tuple[SourceRow, str], ...]
    after: tuple[SourceRow, ...]
    target: Language
    style: Style


def labelled(rows: Sequence[SourceRow], first: int) -> tuple[AskedRow, ...]:
    """Give rows their numbers, and labels that are the same whenever the rows are.

    A model that answers a row with another one's text writes that one's label before it. A number
    would not tell: it is in the key already, and is copied from there.

    Args:
        rows: At most as many as there are labels.
        first: The first row's number.
    """
    free = list(LABELS)
    asked = []
    for number, row in enumerate(rows, first):
        digest = hashlib.sha256(f"{number} {row.text}".encode()).digest()
        label = free.pop(int.from_bytes(digest) % len(free))
        asked.append(AskedRow(number, label, row))
    return tuple(asked)
