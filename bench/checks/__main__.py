"""Measure the checks on stored answers of real engines: what they refuse, and of what kind.

Of a human translation every refusal is a false alarm. Of the rows that were labelled by hand, it
says how many of the wrong ones are refused, and how many of the acceptable ones.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.checks.answers import Answers, stored_answers
from flows.settings import ROOT
from podcast.errors import InterlinearError
from translation.checks.row_checks import HARD, Fault, check

SHARED = ROOT.parent / "shared" / "mt"
HEAD = ("language", "rows", "in all", "refused", "for", "noted")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.checks", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED, help="with stored answers")
    asked = parser.parse_args()
    try:
        found = [(answers, judged(answers)) for answers in stored_answers(asked.folder)]
    except InterlinearError as error:
        sys.exit(str(error))
    _print_table(HEAD, (_refusals(answers, faults) for answers, faults in found))


def judged(answers: Answers) -> dict[int, frozenset[Fault]]:
    """Return line -> the faults of its translation, for every row."""
    return {
        line: frozenset(
            finding.fault for finding in check(source, " ".join(text.split()), answers.target)
        )
        for line, source, text in answers.rows
    }


def _refusals(answers: Answers, faults: dict[int, frozenset[Fault]]) -> Sequence[str]:
    refused = sum(bool(found & HARD) for found in faults.values())
    kinds = Counter(fault for found in faults.values() for fault in found)
    name = f"{answers.name}.{answers.engine}"
    hard, soft = (_counts(kinds, chosen) for chosen in (HARD, frozenset(Fault) - HARD))
    return answers.target, name, str(len(faults)), _share(refused, len(faults)), hard, soft


def _counts(kinds: Counter[Fault], chosen: frozenset[Fault]) -> str:
    return ", ".join(f"{fault} {n}" for fault, n in kinds.most_common() if fault in chosen)


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else ""


def _print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    for cells in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
