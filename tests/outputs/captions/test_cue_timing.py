import pytest

from outputs.captions.cue_limits import STANDARD, CueOptions, width_of
from outputs.captions.cue_timing import (
    shown,
    spans_by_share,
    spans_by_text,
    spans_by_words,
    words_between,
)
from podcast.language import Language
from podcast.timeline import Span, Word

WHOLE = Span(0.0, 10.0)
WORDS = (
    Word(0.0, 1.0, "aaaa", 1.0),
    Word(1.0, 2.0, "bbbb", 1.0),
    Word(4.0, 5.0, "cccc", 1.0),
    Word(5.0, 10.0, "dddd", 1.0),
)


def show(*spans: tuple[float, float], need: float = 0.0, limit: float = 100) -> list[Span]:
    return shown([Span(*span) for span in spans], [need] * len(spans), limit, STANDARD)


def test_words_are_found_by_their_characters() -> None:
    assert words_between(WORDS, 5, 14) == WORDS[1:3]


def test_a_word_cut_in_two_shares_its_time() -> None:
    assert words_between(WORDS, 15, 16) == (Word(5.0, 6.25, "d", 1.0),)
    assert words_between(WORDS, 16, 19) == (Word(6.25, 10.0, "ddd", 1.0),)


def test_a_cue_is_spoken_from_its_first_word_to_its_last() -> None:
    assert spans_by_words([WORDS[:2], WORDS[2:]], WHOLE) == (Span(0.0, 2.0), Span(4.0, 10.0))


def test_words_that_overlap_do_not_make_cues_overlap() -> None:
    late = Word(0.5, 4.5, "b", 1.0)

    assert spans_by_words([[WORDS[0], late], WORDS[2:]], WHOLE) == (
        Span(0.0, 4.0),
        Span(4.0, 10.0),
    )


def test_words_without_times_divide_the_line_evenly() -> None:
    still = Word(3.0, 3.0, "x", 1.0)

    assert spans_by_words([[still]] * 4, WHOLE) == tuple(
        Span(start, start + 2.5) for start in (0.0, 2.5, 5.0, 7.5)
    )


@pytest.mark.parametrize(("share", "expected"), [(0.5, (2.0, 4.0)), (0.4, (2.0, 4.0))])
def test_a_translation_is_cut_in_a_pause_near_its_share(
    share: float, expected: tuple[float, float]
) -> None:
    before, after = spans_by_text([share], WORDS, WHOLE)

    assert (before.end, after.start) == expected


def test_a_translation_is_cut_at_the_end_of_a_word_far_from_a_pause() -> None:
    before, after = spans_by_text([0.8], WORDS, WHOLE)

    assert (before.end, after.start) == (5.0, 5.0)


def test_a_translation_with_more_cues_than_words_divides_the_time() -> None:
    assert spans_by_text([0.2, 0.5], WORDS[:1], WHOLE) == (
        Span(0.0, 2.0),
        Span(2.0, 5.0),
        Span(5.0, 10.0),
    )


def test_a_text_without_width_divides_the_time_evenly() -> None:
    assert spans_by_share([0.0], WHOLE) == (Span(0.0, 5.0), Span(5.0, 10.0))


@pytest.mark.parametrize(
    ("spans", "end"),
    [
        pytest.param([(0.0, 0.2)], 5 / 6, id="a short cue stays for the minimum"),
        pytest.param([(0.0, 0.2), (0.5, 2.0)], 0.417, id="but no longer than to the next"),
        pytest.param([(0.0, 0.2), (0.2, 2.0)], 0.2, id="a fast cue keeps its time"),
        pytest.param([(0.0, 2.0), (2.0, 4.0)], 1.917, id="a long cue makes room for a gap"),
        pytest.param([(0.0, 0.85), (0.85, 4.0)], 5 / 6, id="but stays for the minimum"),
        pytest.param([(0.0, 2.0), (2.3, 4.0)], 2.217, id="a short pause is filled"),
        pytest.param([(0.0, 2.0), (2.6, 4.0)], 2.0, id="a long pause is kept"),
        pytest.param([(0.0, 9.0)], 7.0, id="no cue is longer than the maximum"),
        pytest.param([(0.0, 3.0), (1.0, 2.0)], 3.0, id="overlapping lines stay so"),
        pytest.param([(0.0, 1.0), (0.0, 2.0)], 1.0, id="even with the same start"),
    ],
)
def test_the_end_of_a_cue(spans: list[tuple[float, float]], end: float) -> None:
    first, *_ = show(*spans)

    assert first.start == 0.0
    assert first.end == pytest.approx(end)


def test_a_short_cue_does_not_outlast_the_recording() -> None:
    assert show((3.0, 3.2), limit=3.5) == [Span(3.0, 3.5)]


@pytest.mark.parametrize(
    ("spans", "need", "times"),
    [
        pytest.param([(5.0, 6.0)], 1.5, (5.0, 6.5), id="it stays for longer"),
        pytest.param([(5.0, 6.0)], 9.0, (4.5, 7.0), id="a second at most, and half of one before"),
        pytest.param([(5.0, 6.0), (6.2, 9.0)], 1.4, (4.717, 6.117), id="it begins earlier"),
        pytest.param([(5.0, 6.0), (6.0, 9.0)], 0.5, (5.0, 5.917), id="what can be read stays"),
    ],
)
def test_a_cue_that_is_spoken_fast_can_be_read(
    spans: list[tuple[float, float]], need: float, times: tuple[float, float]
) -> None:
    first, *_ = show(*spans, need=need)

    assert (first.start, first.end) == pytest.approx(times)


def test_a_cue_that_begins_earlier_leaves_the_one_before_it_to_be_seen() -> None:
    first, second = show((0.0, 1.0), (1.0, 2.0), need=1.9, limit=2.0)

    assert first.end - first.start == pytest.approx(STANDARD.min_duration)
    assert second.start == pytest.approx(STANDARD.min_duration + STANDARD.gap)


def test_a_cue_does_not_begin_earlier_while_somebody_else_speaks() -> None:
    _, second = show((0.0, 1.2), (1.0, 1.5), need=2.0, limit=1.6)

    assert second.start == 1.0


def test_the_options_are_obeyed() -> None:
    options = CueOptions(min_duration=2.0, max_duration=3.0, gap=0.5)

    assert shown(
        [Span(0.0, 1.0), Span(4.0, 8.0)], [0.0, 0.0], 100, options
    ) == [Span(0.0, 2.0), Span(4.0, 7.0)]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "width"),
    [
        ("AT&T a", Language.EN, 6.0),
        ("AT&T 폰", Language.KO, 3.5),
        ("20 亿，", Language.ZH, 3.5),
        ("ｱア。", Language.JA, 2.5),
        ("\u200fa\u200d", Language.EN, 1.0),
        ("", Language.JA, 0.0),
    ],
)
def test_half_width_characters_count_half(text: str, language: Language, width: float) -> None:
    assert width_of(text, language) == width
