"""Rows are published in the register that is wished for who says them."""

from podcast.language import Language
from podcast.register import Register
from podcast.transcript import Made, Translation
from translation.conversation import Answer, SourceRow, Style
from translation.fallbacks.rows import settle_rows
from translation.typography.typesetting import TypographyOptions

ROWS = (
    SourceRow("It is small."),
    SourceRow("It is small.", "Ann"),
    SourceRow("It is small.", "Bo"),
    SourceRow("I see it.", "Ann"),
)


def settled(style: Style) -> list[tuple[str, str]]:
    answers = (*(Answer("그것은 작다."),) * 3, Answer("我看到了。"))
    rows = settle_rows(
        ROWS,
        answers,
        Language.KO,
        style,
        TypographyOptions(),
        lambda failing, _: [Translation(row.text, Made.SOURCE) for row in failing],
    )
    return [(row.text, row.made) for row in rows]


def test_a_row_speaks_as_its_speaker_is_to_and_a_title_or_english_as_it_came() -> None:
    wished = (("Ann", Register.POLITE), ("", Register.FORMAL))

    assert settled(Style(registers=wished)) == [
        ("그것은 작다.", Made.MODEL),
        ("그것은 작아요.", Made.MODEL),
        ("그것은 작습니다.", Made.MODEL),
        ("I see it.", Made.SOURCE),
    ]


def test_without_a_wish_nothing_is_reworded() -> None:
    assert [text for text, _ in settled(Style())[:3]] == ["그것은 작다."] * 3
