"""Another language is found from border to border; noise and accents are not taken for it.

The probabilities were measured with Whisper base in real recordings and natural synthetic speech.
"""

from collections.abc import Sequence

import pytest

from podcast.timeline import LanguageSlice, Span, SpeakerTurn, Word
from speech.detection.foreign_stretches import (
    ForeignSpeech,
    clear_english,
    close_looks,
    first_looks,
    foreign_speech,
    pauses_in,
    stretches,
    talked_through,
    with_languages,
)

SPOKEN = (Span(0, 25),)
# A look of five seconds every 2.5 s into English, and 9 s of Spanish read by an English voice.
SPANISH_LOOKS = with_languages(
    [Span(2.5 * n, 2.5 * n + 5) for n in range(9)],
    [{"en": p, "es": 0.9 * (1 - p)} for p in (0.99, 0.98, 0.97, 0.84, 0.08, 0.05, 0.1, 0.6, 0.98)],
)


def close(english: Sequence[float], start: float) -> tuple[LanguageSlice, ...]:
    """Return looks of three seconds, one every half second."""
    spans = [Span(start + n / 2, start + n / 2 + 3) for n in range(len(english))]
    return with_languages(spans, [{"en": p, "fr": 1 - p} for p in english])


def slices(*english: float) -> list[LanguageSlice]:
    return [LanguageSlice(5.0 * n, 5.0 * n + 5, {"en": p}) for n, p in enumerate(english)]


def test_english_is_not_listened_to_again() -> None:
    assert first_looks(slices(0.99, 0.9, 0.8), SPOKEN, ()) == ()
    assert first_looks([], SPOKEN, ()) == ()


def test_what_is_spoken_around_a_doubtful_slice_is_listened_to() -> None:
    found = first_looks(slices(0.99, 0.99, 0.42, 0.99, 0.99), SPOKEN, ())

    assert found == tuple(Span(start, start + 5) for start in (5, 7.5, 10, 12.5, 15))


@pytest.mark.parametrize(
    ("n_words", "sure", "is_looked_at"),
    [
        pytest.param(12, 0.95, False, id="a talk"),
        pytest.param(12, 0.68, True, id="Italian"),
        pytest.param(4, 0.95, True, id="most of it without words"),
    ],
)
def test_what_is_surely_recognised_is_english(
    n_words: int, sure: float, *, is_looked_at: bool
) -> None:
    words = [Word(10 + 0.4 * n, 10.3 + 0.4 * n, "so", sure) for n in range(n_words)]

    assert bool(first_looks(slices(0.99, 0.99, 0.1, 0.99), SPOKEN, words)) is is_looked_at


def test_looks_end_with_the_speech() -> None:
    found = first_looks(slices(0.1), [Span(0.5, 7), Span(9.5, 10.5)], ())

    assert found == (Span(0.5, 5.5), Span(2, 7))


def test_only_around_what_is_not_english_are_the_looks_close() -> None:
    english = with_languages([Span(0, 5)], [{"en": 0.71, "cy": 0.2}])
    foreign = with_languages([Span(10, 15)], [{"en": 0.08, "es": 0.9}])

    assert close_looks(english, (), SPOKEN) == ()
    looks = close_looks(foreign, (), SPOKEN)
    assert (looks[0], looks[1], looks[-1]) == (Span(5, 8), Span(5.5, 8.5), Span(17, 20))


@pytest.mark.parametrize("english", [0.29, 0.61])
def test_what_is_hardly_english_is_looked_at_closely(english: float) -> None:
    """Four seconds of German, and of Spanish in an English voice, fill no look of five."""
    doubted = with_languages([Span(0, 5)], [{"en": english}])

    looks = close_looks(doubted, (), SPOKEN)

    assert (looks[0], looks[-1]) == (Span(0, 3), Span(3.5, 6.5))


def test_where_nothing_is_surely_recognised_the_looks_are_close() -> None:
    """Of three seconds of Italian the windows say that they are English, and the words nothing."""
    looks = close_looks((), [Span(10, 13)], SPOKEN)

    assert (looks[0], looks[-1]) == (Span(5, 8), Span(15, 18))


def test_a_short_gap_may_be_a_stretch_of_its_own() -> None:
    gaps = (Span(2, 4), Span(8, 11.2), Span(20, 40))

    assert stretches((), gaps, (), ()) == (Span(8, 11.2),)


def test_the_last_look_is_one_of_three_where_the_speech_ends_before_its_time() -> None:
    looks = [Span(7, 10), Span(7.5, 10.5), Span(8, 11), Span(8.5, 11.5), Span(8.8, 11.8)]
    english = ({"en": en} for en in (0.98, 0.53, 0.2, 0.04, 0.04))

    assert stretches(with_languages(looks, list(english)), (), (), ()) == (Span(9.25, 11.8),)


def test_a_stretch_ends_where_somebody_pauses_near_the_middle_of_the_change() -> None:
    # Six seconds of French from 10.2 s on, after "language." at 9.88 s; single looks err.
    english = (
        *(0.99, 0.96, 0.98, 0.95, 0.98, 0.88, 0.84, 0.81, 0.61, 0.07, 0.04, 0.08, 0.23, 0.05),
        *(0.03, 0.03, 0.04, 0.08, 0.12, 0.49, 0.82, 0.4, 0.91, 0.97, 0.99),
    )
    found = stretches(close(english, 5), (), (6.38, 9.88, 11.81, 13.15, 17.12, 22.85), ())

    assert found == (Span(9.88, 17.12),)


def test_without_a_pause_the_middle_of_the_change_is_the_border() -> None:
    found = stretches(close([0.9] * 8 + [0.1] * 10 + [0.9] * 8, 0), (), (), ())

    assert found == (Span(5.25, 10.25),)


def test_a_stretch_at_the_start_and_at_the_end_is_whole() -> None:
    first, last = close([0.1] * 6 + [0.9] * 5, 0), close([0.9] * 5 + [0.1] * 6, 17)

    found = stretches((*first, *last), (), (), ())

    assert found == (Span(0, 4.25), Span(20.75, 25))


def test_english_that_is_surely_recognised_parts_two_stretches() -> None:
    """Looks of three seconds see hardly anything of two seconds between them."""
    said = [Word(4 + 0.4 * n, 4.3 + 0.4 * n, "so", 0.95) for n in range(5)]
    unsure = [Word(8 + 0.4 * n, 8.3 + 0.4 * n, "ja", 0.7) for n in range(5)]
    clear = clear_english([*said, *unsure])

    assert stretches(close([0.1] * 20, 0), (), (), clear) == (Span(0, 4), Span(5.9, 12.5))


def test_sure_words_at_the_edge_of_another_language_cut_nothing_off() -> None:
    foreign = close([0.1] * 20, 0)

    assert stretches(foreign, (), (), [Span(9, 12.5)]) == (Span(0, 12.5),)
    assert stretches(foreign, (), (), [Span(0, 12.5)]) == (Span(0, 12.5),)


def test_one_look_that_errs_does_not_cut_a_stretch_in_two() -> None:
    """Of six seconds of German at the end of a recording, the last three were English."""
    english = (0.95, 0.95, 0.87, 0.02, 0.01, 0.04, 0.06, 0.2, 0.11, 0.6, 0.16, 0.03)

    assert stretches(close(english, 9), (), (11.15, 15.09), ()) == (Span(11.15, 17.5),)


def test_a_greeting_is_no_stretch() -> None:
    assert stretches(close([0.9] * 6 + [0.3] * 3 + [0.9] * 6, 2), (), (), ()) == ()


def test_languages_change_with_breaths_and_speakers_and_where_the_recogniser_fell_silent() -> None:
    turns = (SpeakerTurn(0, 4, "A"), SpeakerTurn(4, 6, "A"), SpeakerTurn(6.2, 9, "B"))
    words = (Word(0, 1, "One", 1), Word(1.2, 2, "two.", 1), Word(3, 4, "Three.", 1))

    assert pauses_in([Span(0, 6.1)], turns, words) == (0, 6.1, 6, 6.2, 2, 3)


@pytest.mark.parametrize(
    ("whole", "language"),
    [
        ({"es": 0.91, "it": 0.04, "en": 0.02}, "es"),
        ({"es": 0.45, "en": 0.51}, "es"),  # clear in a look, and half of it English names
        ({"de": 0.42, "yi": 0.28, "en": 0.05}, "es"),
        ({"en": 0.71, "la": 0.1}, ""),  # English after all
    ],
)
def test_a_stretch_is_in_the_language_that_is_clear_in_it(
    whole: dict[str, float], language: str
) -> None:
    stretch = LanguageSlice(10.5, 19.5, whole)

    found = foreign_speech([stretch], SPANISH_LOOKS)

    assert found == ((ForeignSpeech(10.5, 19.5, language),) if language else ())


@pytest.mark.parametrize(("english", "is_found"), [(0.05, True), (0.3, False)])
def test_where_no_look_shows_another_language_the_whole_has_to(
    english: float, *, is_found: bool
) -> None:
    """Four seconds fill no look of five; half of what is mumbled is English as well."""
    looks = with_languages([Span(0, 5), Span(2.5, 7.5)], [{"en": 0.29, "de": 0.6}, {"en": 0.9}])
    whole = LanguageSlice(0, 4, {"en": english, "de": 0.65})

    assert bool(foreign_speech([whole], looks)) is is_found


def test_a_row_of_short_answers_tells_no_language() -> None:
    answers = [Span(start, start + 0.6) for start in (2.7, 4.6, 6.5)]
    sentence = Span(10, 12)

    gaps = talked_through([Span(2.7, 7.1), Span(10, 12)], [*answers, sentence])

    assert gaps == (Span(10, 12),)


def test_stretches_that_overlap_are_one() -> None:
    whole = with_languages([Span(0, 4), Span(3, 6.5), Span(9, 12)], 3 * [{"de": 0.9}])

    found = foreign_speech(whole, ())

    assert found == (ForeignSpeech(0, 6.5, "de"), ForeignSpeech(9, 12, "de"))


def test_mumbling_that_is_spread_over_many_languages_is_not_foreign() -> None:
    mumbled = LanguageSlice(0, 8, {"nn": 0.4, "haw": 0.3, "cy": 0.1, "en": 0.04})

    assert foreign_speech([mumbled], [mumbled]) == ()
