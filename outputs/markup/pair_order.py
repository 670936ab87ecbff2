"""Order the two languages of a card: which of them stands above the other."""

from enum import StrEnum

from podcast.timeline import Interval


class PairOrder(StrEnum):
    """Which language comes first."""

    SOURCE_FIRST = "source-first"
    TARGET_FIRST = "target-first"


def in_order(source: str, target: str, order: PairOrder) -> tuple[str, str]:
    """Put the texts of a card, already marked up, into the order in which they are shown."""
    return (source, target) if order is PairOrder.SOURCE_FIRST else (target, source)


def span_of(cue: Interval, per_second: int) -> tuple[int, int]:
    """Round the times of a card to what a format can write; a card keeps a length.

    Args:
        cue: The card, or a part of it.
        per_second: How many steps of its clock the format counts in a second.

    Returns:
        Start and end in steps; the end is after the start.
    """
    start = round(cue.start * per_second)
    return start, max(start + 1, round(cue.end * per_second))
