"""Labels, marks and names of a timeline have room at every length of an episode."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outputs.markup.escaping import shorten
from outputs.quality.timeline_layout import LEAST_TICK, MARK_GAP, Axis
from podcast.timeline import Span

HOUR = 3600


def axis(duration: float) -> Axis:
    return Axis(duration, left=100, width=900)


@pytest.mark.parametrize(
    ("duration", "step"),
    [(30, 5), (106, 10), (600, 60), (1800, 300), (HOUR, 300), (3 * HOUR, 900), (4 * HOUR, 1800)],
)
def test_ticks_are_round_and_neither_rare_nor_crowded(duration: float, step: int) -> None:
    ticks = axis(duration).ticks()

    assert ticks.step == step
    assert 5 <= len(ticks) <= 13


@given(st.floats(1, 48 * HOUR))
@settings(max_examples=100)
def test_ticks_never_touch_and_are_on_the_axis(duration: float) -> None:
    places = [axis(duration).x(time) for time in axis(duration).ticks()]

    assert all(b - a >= LEAST_TICK for a, b in pairwise(places))
    assert all(100 <= place <= 1000 for place in places)


@pytest.mark.parametrize(("time", "place"), [(0, 100), (5, 550), (10, 1000), (-1, 100), (11, 1000)])
def test_times_off_the_axis_are_put_at_its_ends(time: float, place: float) -> None:
    assert axis(10).x(time) == pytest.approx(place)


def test_marks_that_would_touch_are_one() -> None:
    spans = [Span(5.0, 5.2), Span(1.0, 1.2), Span(1.05, 1.25), Span(1.1, 1.3)]

    first, second = axis(10).marks(spans)
    assert (first[0], second[0]) == pytest.approx((199.0, 559.0))
    assert (first[1], second[1]) == (spans[1:], spans[:1])


@given(st.lists(st.floats(0, 10)))
@settings(max_examples=50)
def test_marks_never_touch_and_every_span_has_one_nearby(times: list[float]) -> None:
    placed = [x for x, _ in axis(10).marks([Span(time, time) for time in times])]

    assert all(b - a >= MARK_GAP for a, b in pairwise(placed))
    assert all(any(abs(axis(10).x(t) - place) < MARK_GAP for place in placed) for t in times)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Anna", "Anna"),
        ("Annabella!", "Annabella!"),
        ("Annabella!!", "Annabella…"),
        ("김하나이두나", "김하나이…"),
        ("Anna Maria B", "Anna Mari…"),
        ("Annabell Bo", "Annabell…"),
    ],
)
def test_a_text_that_is_too_wide_ends_in_an_ellipsis(text: str, short: str) -> None:
    assert shorten(text, 10) == short
