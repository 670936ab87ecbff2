"""Stretches of time are added and subtracted."""

import pytest

from podcast.intervals import merge_spans, total, without
from podcast.timeline import Span


@pytest.mark.parametrize(
    ("spans", "gap", "merged"),
    [
        ([], 0.0, []),
        ([Span(3, 4), Span(1, 2)], 0.0, [Span(1, 2), Span(3, 4)]),
        ([Span(1, 2), Span(2, 3)], 0.0, [Span(1, 3)]),
        ([Span(1, 9), Span(2, 3), Span(8, 10)], 0.0, [Span(1, 10)]),
        ([Span(1, 2), Span(2.5, 3), Span(4, 5)], 0.5, [Span(1, 3), Span(4, 5)]),
    ],
)
def test_spans_are_put_together(spans: list[Span], gap: float, merged: list[Span]) -> None:
    assert merge_spans(spans, gap) == merged


@pytest.mark.parametrize(
    ("spans", "others", "left"),
    [
        ([Span(0, 5)], [], [Span(0, 5)]),
        ([Span(0, 5)], [Span(1, 2), Span(4, 9)], [Span(0, 1), Span(2, 4)]),
        ([Span(0, 5), Span(6, 9)], [Span(4, 7)], [Span(0, 4), Span(7, 9)]),
        ([Span(1, 2)], [Span(0, 5)], []),
        ([Span(0, 4)], [Span(2, 2)], [Span(0, 2), Span(2, 4)]),
    ],
)
def test_what_is_left_of_spans(spans: list[Span], others: list[Span], left: list[Span]) -> None:
    assert list(without(spans, others)) == left


def test_the_seconds_of_spans_are_added() -> None:
    assert total([Span(0, 1.5), Span(2, 3)]) == 2.5
