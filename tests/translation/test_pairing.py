"""Lines and translations are paired row by row, or not at all."""

import pytest

from podcast.errors import InvariantError
from podcast.language import Language
from podcast.timeline import Word
from podcast.transcript import Line, Transcript, Translation
from translation.pairing import pair_lines

KO = Language.KO
TITLE = Translation("제목", "given")


def transcript(*texts: str) -> Transcript:
    return Transcript(
        Language.EN,
        tuple(
            Line(f"{n:04}", n, n + 0.5, "A", 1.0, text, "", (), (Word(n, n + 0.5, text, 1.0),))
            for n, text in enumerate(texts, 1)
        ),
    )


def test_every_line_gets_its_translation() -> None:
    lines = transcript("Yeah.", "No.", "Yeah.")
    translations = (
        Translation("네.", "table"),
        Translation("No.", "source", ("empty",)),
        Translation("네.", "table"),
    )

    paired = pair_lines(lines, KO, TITLE, translations)

    assert (paired.source, paired.target, paired.title) == (Language.EN, KO, TITLE)
    assert tuple(pair.source for pair in paired.pairs) == lines.lines
    assert tuple(pair.target for pair in paired.pairs) == translations


@pytest.mark.parametrize("count", [0, 1, 3])
def test_another_number_of_translations_is_a_bug(count: int) -> None:
    with pytest.raises(InvariantError, match=f"2 lines came back as {count} in Korean"):
        pair_lines(transcript("Yeah.", "No."), KO, TITLE, [Translation("네.", "model")] * count)
