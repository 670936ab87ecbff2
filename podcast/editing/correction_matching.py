"""Find the line that a correction means in a transcript that was made again. Pure.

Ids and times move when an episode is transcribed again, with another model or from another copy of
the recording; the English that stood there is the guard. Short answers ("Yeah.") stand on many
lines, so that for them the time must agree as well.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from podcast.editing.corrections import Correction, same_text
from podcast.transcript import Flag, Line

NEAR = 2.0
"""Seconds by which the start of a line moves at most when its recording is transcribed again."""

DISTINCTIVE_WORDS = 4
"""A text of so many words is known again wherever it stands; recordings move by their adverts."""

Rank = tuple[bool, int, float, bool]
"""How well a line fits, the best first: a guess, the kind of match, seconds away, another id."""

Rows = Mapping[str, Sequence[int]]
"""Text -> the rows that read or sound so."""


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for a correction.

    Attributes:
        row: The row of its line; None where there is none.
        why: Why there is none; empty where there is one.
    """

    row: int | None
    why: str = ""


def match_lines(corrections: Sequence[Correction], lines: Sequence[Line]) -> tuple[Match, ...]:
    """Find the row of each correction; no row is found twice.

    A line fits if it reads as the correction says it was, or as it should be. Of those, the
    nearest in time is meant; else the one with the same id; else the only one.
    """
    rows = _rows(lines)
    ranked = sorted(
        (rank, n, row)
        for n, correction in enumerate(corrections)
        for rank, row in _ranked(correction, lines, rows)
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, n, row in ranked:
        if n not in found and row not in taken:
            found[n] = row
            taken.add(row)
    return tuple(
        Match(found[n]) if n in found else Match(None, _why(correction, lines, rows))
        for n, correction in enumerate(corrections)
    )


def _rows(lines: Sequence[Line]) -> Rows:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, line in enumerate(lines):
        words = same_text(" ".join(word.text for word in line.words))
        # What a corrected line reads is no longer what its guard was compared with.
        for text in {words} if Flag.CORRECTED in line.flags else {words, same_text(line.text)}:
            rows[text].append(row)
    return rows


def _ranked(
    correction: Correction, lines: Sequence[Line], rows: Rows
) -> Iterator[tuple[Rank, int]]:
    """Give every line that fits its rank."""
    as_it_was = rows.get(same_text(correction.was), ())
    as_it_should_be = rows.get(same_text(correction.text), ()) if correction.text else ()
    for row in {*as_it_was, *as_it_should_be}:
        is_only = len(as_it_was) == 1 and row in as_it_was
        rank = _rank(correction, lines[row], is_only=is_only)
        if rank is not None:
            yield rank, row
    for row, line in enumerate(lines):
        if _was_corrected_by(correction, line):
            yield (True, 0, 0.0, False), row


def _why(correction: Correction, lines: Sequence[Line], rows: Rows) -> str:
    alike = rows.get(same_text(correction.was), ())
    if alike:
        where = ", ".join(lines[row].id for row in alike[:5])
        return f"it cannot be told which line is meant; so reads {where}: give its id as `line`"
    for line in lines:
        if line.id == correction.line:
            return f"no line reads so any more; {line.id} now reads “{line.text}”"
    return "no line reads so any more"


def _rank(correction: Correction, line: Line, *, is_only: bool) -> Rank | None:
    has_other_id = line.id != correction.line
    distance = _distance(correction, line)
    if distance <= NEAR:
        return (False, 0, distance, has_other_id)
    if correction.at is not None and len(correction.was.split()) < DISTINCTIVE_WORDS:
        return None
    if not has_other_id:
        return (False, 1, 0.0, False)
    return (False, 2, 0.0, True) if is_only else None


def _was_corrected_by(correction: Correction, line: Line) -> bool:
    """Say whether an earlier form of the correction must have changed this line already."""
    if line.id != correction.line or Flag.CORRECTED not in line.flags:
        return False
    known = {same_text(correction.was), same_text(correction.text)}
    return same_text(line.text) in known or _distance(correction, line) <= NEAR


def _distance(correction: Correction, line: Line) -> float:
    """Return how many seconds apart they are; infinitely many where the time is not known."""
    return abs(line.start - correction.at) if correction.at is not None else inf
