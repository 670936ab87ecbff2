"""A window of which a part was skipped is taken as it is decoded again, if nothing is lost."""

from podcast.timeline import Segment, Span, Word
from speech.redecoding.second_decoding import ChosenSegments
from speech.redecoding.skipped_speech import REASON, renewed, skipping_windows
from speech.redecoding.uncovered_speech import completed, words_of

BURSTS = (Span(0, 2), Span(2, 4), Span(4, 6), Span(6, 8))
"""In which "Buy it now." is said three times, and then "Good night."."""


def segment(*said: tuple[str, float]) -> Segment:
    """Return texts as one segment, each from its time on, a word in 0.4 s."""
    words = tuple(
        Word(start + 0.4 * n, start + 0.4 * (n + 1), word, 0.9)
        for text, start in said
        for n, word in enumerate(text.split())
    )
    text = " ".join(word.text for word in words)
    return Segment(words[0].start, words[-1].end, text, words, -0.2, 0.0, 1.0)


def said_in(settled: ChosenSegments) -> str:
    return " ".join(word.text for word in words_of(settled))


FIRST = ChosenSegments((segment(("Buy it now.", 0.2), ("Good night.", 2.2)),), BURSTS, ())
HOLE = (Span(4, 8),)
FILLED = completed(FIRST, HOLE, [segment(("Buy it now.", 4.2), ("Good night.", 6.2))])
WHOLE = segment(*(("Buy it now.", start) for start in (0.2, 2.2, 4.2)), ("Good night.", 6.2))


def test_what_stood_over_a_skipped_copy_stands_where_it_is_said() -> None:
    windows = skipping_windows(FIRST, HOLE, FILLED)

    chosen = renewed(FIRST, FILLED, windows, BURSTS, [WHOLE])

    assert said_in(FILLED) == "Buy it now. Good night. Buy it now. Good night."
    assert said_in(chosen) == "Buy it now. Buy it now. Buy it now. Good night."
    assert {word.reason for word in chosen.dropped} == {REASON}


def test_a_window_that_lacks_words_when_it_is_decoded_again_stays() -> None:
    again = segment(*(("Buy it now.", start) for start in (0.2, 2.2, 4.2)))

    assert renewed(FIRST, FILLED, (Span(0, 8),), BURSTS, [again]) == FILLED


def test_a_window_in_which_nothing_more_was_found_is_not_decoded_again() -> None:
    later = segment(("See you.", 8.2))
    first = ChosenSegments((*FIRST.segments, later), (*BURSTS, Span(8, 10)), ())
    filled = completed(first, HOLE, [segment(("Buy it now.", 4.2))])

    assert skipping_windows(first, HOLE, first) == ()
    assert skipping_windows(first, HOLE, filled) == (Span(0, 8),)


def test_a_window_whose_gap_holds_something_else_is_not_decoded_again() -> None:
    filled = completed(FIRST, HOLE, [segment(("If you buy it.", 4.2), ("See you tomorrow.", 6.2))])

    assert skipping_windows(FIRST, HOLE, filled) == ()


def test_nothing_is_put_where_nobody_speaks_english() -> None:
    spoken = [Span(0, 4), Span(6, 8)]

    chosen = renewed(FIRST, FILLED, (Span(0, 8),), spoken, [WHOLE])

    assert said_in(chosen) == "Buy it now. Buy it now. Good night."
