"""Compare what two engines make of a row: where they differ, one of them may be wrong. Pure.

Engines may differ in rows that both have right, and agree in one that both have wrong: this puts
rows in order for a look, and is never a reason to refuse one.
"""

from functools import cache

from sacrebleu.metrics import CHRF


def disagreement(one: str, other: str) -> float:
    """Return how much two translations of a row differ: 0 where they are the same, at most 1.

    The measure is chrF, whose pieces of characters need no words; the mean of both directions, so
    that neither engine is the right one.
    """
    if one == other:
        return 0.0
    there, back = (_chrf().sentence_score(a, [b]).score for a, b in ((one, other), (other, one)))
    return float(1 - (there + back) / 200)


@cache
def _chrf() -> CHRF:
    return CHRF()
