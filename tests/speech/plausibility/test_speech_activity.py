"""Words and segments, measured against the stretches in which somebody speaks."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.timeline import Segment, Span, Word, overlap
from speech.plausibility.speech_activity import is_over_silence, seconds_of_speech, window_of

SPEECH = (Span(1, 3), Span(5, 6), Span(6, 10))


def segment(start: float, end: float) -> Segment:
    words = (Word(start, end, "word", 1.0),)
    return Segment(start, end, "word", words, -0.2, 0.0, 1.0)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 1, 0), (0, 2, 1), (1, 3, 2), (2, 7, 3), (3, 5, 0), (0, 20, 7), (12, 20, 0), (7, 7, 0)],
)
def test_speech_is_counted_within_an_interval(start: float, end: float, expected: float) -> None:
    assert seconds_of_speech(Span(start, end), SPEECH) == expected


@settings(max_examples=60)
@given(
    st.lists(st.floats(0, 100), min_size=2, max_size=20, unique=True).map(sorted),
    st.floats(0, 100),
    st.floats(0, 20),
)
def test_speech_is_counted_as_by_looking_at_every_span(
    times: list[float], start: float, length: float
) -> None:
    spans = [Span(a, b) for a, b in zip(times[::2], times[1::2], strict=False)]
    interval = Span(start, start + length)

    expected = sum(max(0.0, overlap(interval, span)) for span in spans)

    assert seconds_of_speech(interval, spans) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (1.5, 2.0, False),  # in it
        (3.5, 4.0, True),  # outside
        (2.8, 3.2, False),  # half in it
        (2.9, 3.4, True),  # mostly outside
        (2.0, 2.0, False),  # without duration
        (4.0, 4.0, True),
        (5.9, 6.1, False),  # over the border of two stretches that touch
    ],
)
def test_a_word_is_over_silence_when_most_of_it_is(
    start: float, end: float, *, expected: bool
) -> None:
    assert is_over_silence(Span(start, end), SPEECH) == expected


@pytest.mark.parametrize(
    ("segments", "n", "expected"),
    [
        # Alone: from the speech in which it starts to the last speech.
        ([(1.5, 2.0)], 0, Span(1, 10)),
        # Up to the speech in which the next one starts.
        ([(1.5, 2.0), (6.5, 7.0)], 0, Span(1, 6)),
        ([(1.5, 2.0), (6.5, 7.0)], 1, Span(6, 10)),
        # Two in one stretch of speech keep to their own times.
        ([(6.5, 7.0), (7.5, 8.0)], 0, Span(6, 7.0)),
        ([(6.5, 7.0), (7.5, 8.0)], 1, Span(7.0, 10)),
        # Over silence.
        ([(3.5, 4.5), (5.5, 6.0)], 0, Span(3.5, 4.5)),
        ([(12.0, 13.0)], 0, Span(12.0, 13.0)),
        # A segment over the border of speech is never cut.
        ([(2.5, 3.5), (5.5, 9.0)], 0, Span(1, 3.5)),
    ],
)
def test_a_segment_stands_for_all_speech_up_to_the_next(
    segments: list[tuple[float, float]], n: int, expected: Span
) -> None:
    assert window_of(n, [segment(*times) for times in segments], SPEECH) == expected


@settings(max_examples=60)
@given(st.lists(st.floats(0, 12), min_size=2, max_size=12, unique=True).map(sorted))
def test_windows_hold_their_segments_and_do_not_overlap(times: list[float]) -> None:
    segments = [segment(a, b) for a, b in zip(times[::2], times[1::2], strict=False)]

    windows = [window_of(n, segments, SPEECH) for n in range(len(segments))]

    for window, inside in zip(windows, segments, strict=True):
        assert window.start <= inside.start
        assert inside.end <= window.end
    for before, after in pairwise(windows):
        assert before.end <= after.start
