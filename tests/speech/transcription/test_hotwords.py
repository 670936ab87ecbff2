"""Names and terms are told to the recogniser in one short sentence."""

import pytest

from speech.transcription.hotwords import hotword_prompt


@pytest.mark.parametrize(
    ("hotwords", "prompt"),
    [
        ((), None),
        (("", "  "), None),
        (("Gemma",), "Gemma."),
        ((" Omar  Sanseviero ", "Gemma", "Gemma"), "Omar Sanseviero, Gemma."),
        (tuple(f"w{n}" for n in range(100)), ", ".join(f"w{n}" for n in range(24)) + "."),
        (("x" * 100, "y" * 100, "z" * 100, "last"), "x" * 100 + ", " + "y" * 100 + "."),
    ],
)
def test_hotwords_are_a_short_sentence(hotwords: tuple[str, ...], prompt: str | None) -> None:
    assert hotword_prompt(hotwords) == prompt


def test_hotwords_that_do_not_fit_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    hotword_prompt(tuple(f"w{n}" for n in range(30)))

    assert "the first 24 of 30 hotwords" in caplog.text
