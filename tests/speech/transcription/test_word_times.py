"""Times of words that cannot be true become times that can."""

import math
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from podcast.timeline import Span, Word
from speech.transcription.word_times import TimedWord, longest, repaired, spoken_length

WITHIN = Span(0.0, 30.0)


def repair(
    *words: tuple[str, float | None, float | None], speech: tuple[Span, ...] = ()
) -> list[tuple[float, float]]:
    heard = [TimedWord(start, end, text, 0.9) for text, start, end in words]
    return [(w.start, w.end) for w in repaired(heard, WITHIN, speech)]


def test_good_times_stay_as_they_are() -> None:
    times = repair(("We", 1.0, 1.2), ("built", 1.2, 1.6), ("it.", 1.9, 2.1))

    assert times == [(1.0, 1.2), (1.2, 1.6), (1.9, 2.1)]


def test_figures_without_times_lie_between_their_neighbours() -> None:
    times = repair(("costs", 1.0, 1.4), ("$3", None, None), ("now", 1.9, 2.2))

    assert times == [(1.0, 1.4), (1.4, pytest.approx(1.9)), (1.9, 2.2)]


def test_the_longer_word_gets_the_longer_part() -> None:
    _, (_, middle), (start, end), _ = repair(
        ("has", 1.0, 1.4), ("7", None, None), ("parameters", math.nan, math.nan), ("now", 2.4, 2.6)
    )

    assert middle == start
    assert 1.4 < middle < 1.9
    assert end == pytest.approx(2.4)


def test_words_before_the_first_known_one_come_right_before_it() -> None:
    (first, second, known) = repair(("So", None, None), ("the", None, None), ("app", 12.0, 12.4))

    assert first[1] == second[0]
    assert second[1] == pytest.approx(known[0])
    assert first[0] > 10.0


def test_words_after_the_last_known_one_come_right_after_it() -> None:
    known, unknown = repair(("costs", 12.0, 12.4), ("3.", None, None))

    assert unknown[0] == known[1]
    assert unknown[1] == pytest.approx(unknown[0] + longest("3."))


def test_without_any_times_the_words_follow_each_other() -> None:
    first, second = repair(("We", None, None), ("built", None, None))

    assert first[0] == 0.0
    assert first[1] == second[0] > 0.0


def test_one_word_out_of_order_is_disbelieved_and_not_all_after_it() -> None:
    times = repair(("We", 1.0, 1.2), ("built", 9.0, 9.3), ("it", 1.7, 1.9), ("here", 1.9, 2.3))

    assert times[2:] == [(1.7, 1.9), (1.9, 2.3)]
    assert 1.2 <= times[1][0] < times[1][1] <= 1.7


@pytest.mark.parametrize("end", [5.0, 4.0, None, math.nan, math.inf])
def test_words_at_one_time_share_the_time_to_the_next(end: float | None) -> None:
    times = repair(("We", 5.0, end), ("did", 5.0, end), ("it", 5.0, end), ("here", 6.0, 6.3))

    assert times[0][0] == 5.0
    assert all(start < stop for start, stop in times)
    assert times[2][1] == pytest.approx(6.0)


@pytest.mark.parametrize(
    ("word", "before", "after"),
    [
        (("here", 1.2, 6.0), (1.2, 1.2 + longest("here")), (6.0, 6.3)),  # drawn out
        (("here", 1.2, 1.5), (1.2, 1.5), (6.0, 6.3)),  # not drawn out
    ],
)
def test_a_word_lasts_no_longer_than_it_can_be_spoken(
    word: tuple[str, float, float], before: tuple[float, float], after: tuple[float, float]
) -> None:
    times = repair(("We", 1.0, 1.2), word, ("now", 6.0, 6.3))

    assert times == [(1.0, 1.2), pytest.approx(before), after]


def test_the_first_word_of_a_segment_keeps_its_end() -> None:
    (times,) = repair(("So", 0.0, 9.0))

    assert times == pytest.approx((9.0 - longest("So"), 9.0))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (("app", 4.0, 5.3), (5.0, 5.3)),  # silence before it
        (("app", 5.7, 6.6), (5.7, 6.0)),  # silence after it
        (("app", 1.8, 5.3), (5.0, 5.3)),  # on both sides of a silence, more of it after
        (("app", 1.4, 5.1), (1.4, 2.0)),  # more of it before
        (("app", 2.5, 2.9), (2.5, 2.9)),  # all of it in silence: the detector missed it
        (("app", 5.95, 6.5), (5.95, 6.05)),  # hardly anything left
        (("app", 4.5, 5.02), (4.92, 5.02)),
        (("astonishingly", 1.5, 5.9), (5.0, 5.9)),
        (("I", 3.0, 6.0), (6.0 - 0.47, 6.0)),  # too long even so: from the side of the silence
    ],
)
def test_what_lies_in_silence_is_cut_off(
    word: tuple[str, float, float], expected: tuple[float, float]
) -> None:
    speech = (Span(1.0, 2.0), Span(5.0, 6.0), Span(8.0, 9.0))

    _, times = repair(("the", 0.2, 0.5), word, speech=speech)

    assert times == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "letters"),
    [("built", 5), ("it.", 2), ("7", 4), ("GPU", 9), ("$3", 11), ("—", 1), ("I", 1), ("A.I.", 6)],
)
def test_figures_and_spelled_letters_take_longer_than_they_look(text: str, letters: int) -> None:
    assert spoken_length(text) == letters


some_time = st.one_of(
    st.none(),
    st.sampled_from([math.nan, math.inf, -1.0, 0.0, 5.0, 99.0]),
    st.floats(0, 30).map(lambda value: round(value, 2)),
)
heard_words = st.lists(
    st.builds(
        TimedWord,
        some_time,
        some_time,
        st.sampled_from(["I", "built", "2.5", "GPU", "—", "parameters."]),
        st.floats(0, 1),
    ),
    max_size=20,
)
edges = st.lists(st.floats(0, 30), unique=True, max_size=8).map(sorted)
bounds = st.tuples(st.floats(0, 30), st.floats(0, 30)).map(lambda two: Span(min(two), max(two)))


@given(heard_words, bounds, edges)
@example([TimedWord(None, None, "I", 0.0)], Span(3.882942361431754e-229, 0.0625), [0.0, 1.0])
@settings(max_examples=100)
def test_whatever_times_come_in_the_times_that_go_out_can_be_true(
    heard: list[TimedWord], within: Span, cuts: list[float]
) -> None:
    speech = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]

    words = repaired(heard, within, speech)

    assert [(w.text, w.probability) for w in words] == [(h.text, h.probability) for h in heard]
    assert all(within.start <= w.start <= w.end <= within.end for w in words)
    assert all(before.end <= after.start for before, after in pairwise(words))
    assert all(w.end - w.start <= longest(w.text) + 1e-9 for w in words)


@given(heard_words, bounds)
@settings(max_examples=100)
def test_repaired_times_need_no_repair(heard: list[TimedWord], within: Span) -> None:
    words = [w for w in repaired(heard, within) if w.end - w.start > 1e-3]

    again = repaired([TimedWord(w.start, w.end, w.text, w.probability) for w in words], within)

    assert [word.start for word in again] == pytest.approx([word.start for word in words])
    assert [word.end for word in again] == pytest.approx([word.end for word in words])


def test_nothing_is_nothing() -> None:
    nothing: tuple[Word, ...] = ()

    assert repaired([], WITHIN) == nothing
