"""Find the translations of which the translator was much less sure than it usually is. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from math import exp
from statistics import median

from outputs.record.quality_types import Reason
from outputs.record.record_types import RecordedLine
from podcast.transcript import Made

BY_ONE_MODEL = frozenset({Made.MODEL, Made.RETRIED, Made.STAND_INS, Made.CLAUSES})
"""Scores of one model compare with each other, and not with those of another translator."""

DEVIATIONS = 3.0
"""Median absolute deviations below the median, from which on a score stands out."""

LEAST_DROP = 0.3
"""Below the median, however little scores differ: each token is less likely by a quarter."""

MAX_UNSURE = 5
"""Rows of each language."""


def unsure_rows(lines: Sequence[RecordedLine], codes: Iterable[str]) -> dict[str, list[Reason]]:
    """Return why to look at translations: line -> reasons, in the order of the languages.

    Args:
        lines: Of an episode.
        codes: Of the languages that they are translated into.
    """
    found: dict[str, list[Reason]] = {}
    for code in codes:
        for line, reason in _unsure(lines, code):
            found.setdefault(line, []).append(reason)
    return found


def _unsure(lines: Iterable[RecordedLine], code: str) -> Iterator[tuple[str, Reason]]:
    """Yield the lines whose score is far below the language's median, the lowest first."""
    rows = [(line.id, line.translations[code]) for line in lines]
    scores = {
        line: row.score for line, row in rows if row.made in BY_ONE_MODEL and row.score is not None
    }
    if not scores:
        return
    usual = median(scores.values())
    deviation = median(abs(score - usual) for score in scores.values())
    limit = usual - max(DEVIATIONS * deviation, LEAST_DROP)
    for line in sorted(scores, key=scores.__getitem__)[:MAX_UNSURE]:
        if scores[line] < limit:
            says = f"unsure: {_percent(scores[line])} sure of a token, usually {_percent(usual)}"
            yield line, Reason(code, says)


def _percent(score: float) -> str:
    return f"{exp(min(score, 0.0)):.0%}"  # some servers' logarithms are above 0
