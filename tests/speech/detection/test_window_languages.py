"""Speech in another language is found; noise, accents and foreign names are not taken for it."""

import pytest

from podcast.timeline import LanguageSlice, Span, SpeakerTurn
from speech.detection.window_languages import (
    ForeignSpeech,
    foreign_speech,
    language_name,
    slices_of,
    utterances_to_check,
)

TURNS = (SpeakerTurn(0, 11, "A"), SpeakerTurn(11.5, 25, "B"), SpeakerTurn(25.5, 36, "C"))
SPEECH = (Span(0, 6), Span(6.2, 11), Span(11.5, 19), Span(19.2, 25), Span(25.5, 36))


def slices(*english: float) -> list[LanguageSlice]:
    return [
        LanguageSlice(5.0 * n, 5.0 * n + 5, {"en": p, "de": 1 - p}) for n, p in enumerate(english)
    ]


def test_english_is_not_listened_to_again() -> None:
    assert utterances_to_check(slices(0.9, 0.5, 0.4), SPEECH, TURNS) == ()
    assert utterances_to_check([], SPEECH, TURNS) == ()


def test_the_utterances_around_a_doubtful_slice_are_listened_to() -> None:
    found = utterances_to_check(slices(0.9, 0.9, 0.9, 0.02, 0.9, 0.9, 0.9), SPEECH, TURNS)

    assert found == (Span(6.2, 11), Span(11.5, 19), Span(19.2, 25))


def test_an_utterance_ends_where_the_speaker_changes() -> None:
    turns = (SpeakerTurn(0, 4, "A"), SpeakerTurn(4, 9, "B"))

    assert utterances_to_check(slices(0.1), (Span(0, 9),), turns) == (Span(0, 4), Span(4, 9))


@pytest.mark.parametrize(
    ("languages", "found"),
    [
        ([{"de": 0.9, "en": 0.05}, {"en": 0.99}], (ForeignSpeech(0, 4, "de"),)),
        (
            [{"de": 0.9, "en": 0.05}, {"de": 0.7, "nl": 0.2}],
            (ForeignSpeech(0, 9, "de"),),
        ),
        ([{"en": 0.9}, {"ja": 0.9}], (ForeignSpeech(4.5, 9, "ja"),)),
        ([{"cy": 0.5, "en": 0.1}, {"en": 0.2, "cy": 0.8}], ()),  # an accent
        ([{"nn": 0.4, "haw": 0.3}, {}], ()),  # noise
        ([{"de": 0.9}, {"la": 0.5, "de": 0.2}], (ForeignSpeech(0, 9, "de"),)),
    ],
)
def test_only_what_is_clearly_in_another_language_is_foreign(
    languages: list[dict[str, float]], found: tuple[ForeignSpeech, ...]
) -> None:
    assert foreign_speech([Span(0, 4), Span(4.5, 9)], languages, ()) == found


def test_an_utterance_that_is_no_clear_language_is_in_that_of_its_slice() -> None:
    alone = {"th": 0.33, "fr": 0.21, "en": 0.06}
    inside, outside = (
        LanguageSlice(start, start + 5, {"fr": 0.83, "en": 0.03}) for start in (11, 30)
    )

    assert foreign_speech([Span(9, 18)], [alone], [inside]) == (ForeignSpeech(9, 18, "fr"),)
    assert foreign_speech([Span(9, 18)], [alone], [outside]) == ()


def test_a_greeting_in_another_language_is_no_foreign_speech() -> None:
    assert foreign_speech([Span(0, 2.5)], [{"de": 0.99}], ()) == ()


def test_slices_stand_where_their_speech_is_in_the_recording() -> None:
    chunks = [{"start": 16_000, "end": 64_000}, {"start": 160_000, "end": 320_000}]
    windows = [{"start": 0.0, "end": 13.0}]
    likely = {"en": 0.9}

    found = slices_of(windows, [[likely] * 6], chunks)

    assert [(part.start, part.end) for part in found] == [(1.0, 12.0), (12.0, 17.0), (17.0, 20.0)]


def test_languages_have_their_names() -> None:
    assert language_name("de") == "German"
    assert language_name("haw") == "the language 'haw'"
