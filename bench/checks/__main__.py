"""Measure the checks on stored answers of real engines: what they refuse, and of what kind.

Of a human translation every refusal is a false alarm. Of the rows that have a verdict, it says how
many of the wrong ones are refused or noted, and how many of the acceptable ones. Of the registers
of speech, it says how often neighbouring rows change, and how often if one were wished for.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from bench.checks.answers import REFERENCE, Answers, stored_answers
from bench.checks.labels import Kind, Label, read_labels
from flows.settings import ROOT
from podcast.errors import InterlinearError
from podcast.language import Language
from podcast.register import Register, register_of
from podcast.transcript import Fault
from translation.checks.disagreement import disagreement
from translation.checks.row_checks import HARD
from translation.conversation import Answer
from translation.fallbacks.attempts import Judge
from translation.register.rewording import in_register

SHARED = ROOT.parent / "shared" / "mt"
ENGINE = "argos"
"""The engine whose rows have verdicts."""

LISTS = (ENGINE, "left-english")
REFUSALS = ("language", "rows", "in all", "refused", "for", "noted")
RECALL = ("language", "verdicts", "kind", "wrong", "refused", "noted", "ok", "refused", "noted")

WISHED = (Register.FORMAL, Register.POLITE)
REGISTERS = ("language", "rows", "no register", "switches", *(f"if {wish}" for wish in WISHED))
DIFFERENCE = (
    "language",
    "rows",
    "beside",
    "wrong in all",
    "where most differs",
    "where least does",
)
PARTS = 5

Judged = Mapping[int, frozenset[Fault]]
"""Line -> what is wrong with it."""


def main() -> None:
    """Print what is refused, and how much of what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.checks", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED, help="with stored answers")
    asked = parser.parse_args()
    try:
        found = [(answers, judged(answers)) for answers in stored_answers(asked.folder)]
    except InterlinearError as error:
        sys.exit(str(error))
    _print_table(REFUSALS, (_refusals(answers, faults) for answers, faults in found))
    print()
    _print_table(REGISTERS, (_registers(a) for a, _ in found if a.target.profile.registers))
    if asked.folder == SHARED:  # The verdicts are about its rows.
        print()
        _print_table(RECALL, _recall(found))
        print()
        _print_table(DIFFERENCE, _differences([answers for answers, _ in found]))


def judged(answers: Answers) -> Judged:
    """Return line -> the faults of its translation, for every row."""
    judge = Judge(answers.target, ())
    return {
        line: frozenset(
            finding.fault for finding in judge.judge(source, Answer(text), answers.engine).findings
        )
        for line, source, text in answers.rows
    }


def _refusals(answers: Answers, faults: Judged) -> Sequence[str]:
    refused = sum(bool(found & HARD) for found in faults.values())
    kinds = Counter(fault for found in faults.values() for fault in sorted(found))
    name = f"{answers.name}.{answers.engine}"
    hard, soft = (_counts(kinds, chosen) for chosen in (HARD, frozenset(Fault) - HARD))
    return answers.target, name, str(len(faults)), _share(refused, len(faults)), hard, soft


def _registers(answers: Answers) -> Sequence[str]:
    """Lay out how often rows change between polite and plain, as they are and as they may be."""
    rows = [text for _, _, text in answers.rows]
    registers = answers.target.profile.registers
    silent = sum(register_of(row, registers) is None for row in rows)
    wishes = [wish for wish in WISHED if any(wish in one.becomes for one in registers.values())]
    return (
        answers.target,
        f"{answers.name}.{answers.engine}",
        _share(silent, len(rows)),
        _switches(rows, answers.target),
        *(
            _switches([in_register(row, answers.target, wish) for row in rows], answers.target)
            if wish in wishes
            else ""
            for wish in WISHED
        ),
    )


def _switches(rows: Sequence[str], target: Language) -> str:
    found = [register_of(row, target.profile.registers) for row in rows]
    switched = sum(a.is_polite != b.is_polite for a, b in pairwise(found) if a and b)
    return _share(switched, len(rows) - 1)


def _recall(found: Iterable[tuple[Answers, Judged]]) -> Iterator[Sequence[str]]:
    """Lay out how much of what has a verdict is found, by list of verdicts and by kind."""
    by_engine = [(answers, faults) for answers, faults in found if answers.engine == ENGINE]
    for target in dict.fromkeys(answers.target for answers, _ in by_engine):
        sets = {answers.name: faults for answers, faults in by_engine if answers.target == target}
        for rows in LISTS:
            labels = [label for label in read_labels(rows, target) if label.name in sets]
            right = [sets[label.name][label.line] for label in labels if not label.kinds]
            yield target, rows, "all", *_found(labels, sets), *_outcome(right)
            kinds = Counter(kind for label in labels for kind in sorted(label.kinds))
            for kind, _ in kinds.most_common() if rows == ENGINE else ():
                yield target, rows, kind, *_found(labels, sets, kind), "", "", ""


def _found(
    labels: Iterable[Label], sets: Mapping[str, Judged], kind: Kind | None = None
) -> Sequence[str]:
    wrong = (label for label in labels if (kind in label.kinds if kind else label.kinds))
    return _outcome([sets[label.name][label.line] for label in wrong])


def _outcome(rows: Sequence[frozenset[Fault]]) -> Sequence[str]:
    refused = sum(bool(found & HARD) for found in rows)
    noted = sum(bool(found) and not found & HARD for found in rows)
    return str(len(rows)), _share(refused, len(rows)), _share(noted, len(rows))


def _differences(found: Sequence[Answers]) -> Iterator[Sequence[str]]:
    """Lay out how many rows are wrong in the fifth in which another engine differs most."""
    for ours in (answers for answers in found if answers.engine == ENGINE):
        labels = [label for label in read_labels(ENGINE, ours.target) if label.name == ours.name]
        beside = [o for o in found if (o.target, o.name) == (ours.target, ours.name)]
        for other in (o for o in beside if o.engine not in {ENGINE, REFERENCE}):
            pairs = zip(ours.rows, other.rows, strict=True)
            differ = {row[0]: disagreement(row[2], theirs[2]) for row, theirs in pairs}
            ranked = sorted(labels, key=lambda label: -differ[label.line])
            fifth = len(ranked) // PARTS
            shares = (_wrong(ranked), _wrong(ranked[:fifth]), _wrong(ranked[-fifth:]))
            yield ours.target, f"{ours.name}.{ENGINE}", other.engine, *shares


def _wrong(labels: Sequence[Label]) -> str:
    return _share(sum(bool(label.kinds) for label in labels), len(labels))


def _counts(kinds: Counter[Fault], chosen: frozenset[Fault]) -> str:
    return ", ".join(f"{fault} {n}" for fault, n in kinds.most_common() if fault in chosen)


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else ""


def _print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    for cells in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
