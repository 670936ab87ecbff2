"""The slices of windows stand where their speech is, and languages have names."""

from speech.detection.window_languages import language_name, slices_of


def test_slices_stand_where_their_speech_is_in_the_recording() -> None:
    chunks = [{"start": 16_000, "end": 64_000}, {"start": 160_000, "end": 320_000}]
    windows = [{"start": 0.0, "end": 13.0}]
    likely = {"en": 0.9}

    found = slices_of(windows, [[likely] * 6], chunks)

    assert [(part.start, part.end) for part in found] == [(1.0, 12.0), (12.0, 17.0), (17.0, 20.0)]


def test_languages_have_their_names() -> None:
    assert language_name("de") == "German"
    assert language_name("haw") == "the language 'haw'"


def test_what_is_taken_for_latin_is_a_language_that_the_model_hardly_knows() -> None:
    assert language_name("la") == "another language"
