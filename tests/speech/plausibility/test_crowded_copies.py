"""A phrase is not written more often than there is sound for it; honest repeats stay."""

import pytest

from podcast.timeline import Span, Word
from speech.plausibility.crowded_copies import REASON, crowded_copies
from speech.plausibility.suspect_words import Doubt

BURSTS = (Span(0, 1), Span(1, 2), Span(2, 3), Span(3, 4))


def spoken(text: str, *times: tuple[float, float]) -> list[Word]:
    return [Word(*time, word, 0.9) for word, time in zip(text.split(), times, strict=True)]


def test_a_copy_without_time_in_the_burst_of_another_is_crowded() -> None:
    words = spoken("Okay. Okay. Okay. Okay.", (0.2, 0.6), (1.2, 1.6), (3.0, 3.0), (3.1, 3.5))

    assert crowded_copies(words, BURSTS) == (Doubt(2, 3, REASON),)


def test_of_two_copies_that_share_a_burst_the_longer_one_stays() -> None:
    times = [(0.1, 0.3), (0.3, 0.6), (1.1, 1.3), (1.3, 1.6), (2.1, 2.3), (2.3, 2.3)]
    words = spoken("Stop it. Stop it. Stop it. Stop it.", *times, (2.3, 2.3), (2.3, 2.6))

    assert crowded_copies(words, BURSTS) == (Doubt(4, 6, REASON),)


@pytest.mark.parametrize(
    "times",
    [
        pytest.param([(0.1, 0.1), (1.1, 1.4), (2.1, 2.1), (3.1, 3.4)], id="each in its own burst"),
        pytest.param([(0.1, 0.3), (0.3, 0.3), (0.5, 0.7), (0.7, 0.9)], id="all in one breath"),
        pytest.param([(0.1, 0.3), (1.1, 1.4), (2.1, 2.3), (2.3, 2.6)], id="each with its time"),
    ],
)
def test_honest_repeats_stay(times: list[tuple[float, float]]) -> None:
    assert crowded_copies(spoken("no no no no", *times), BURSTS) == ()


def test_a_word_said_twice_by_a_slip_stays() -> None:
    assert crowded_copies(spoken("is is", (0.2, 0.2), (0.2, 0.5)), BURSTS) == ()
