"""Stand-ins go in for terms and plain numbers; words come out only where all of them did."""

import pytest

from podcast.language import Language
from translation.fallbacks.placeholders import Masked, mask, unmask
from translation.glossary.terms import Term

KO, ZH = Language.KO, Language.ZH
OLLAMA = Term("Ollama", "올라마", ("olama",))
SCOPE = Term("Gemma Scope", "젬마 스코프")
GEMMA = Term("Gemma", "젬마")


@pytest.mark.parametrize(
    ("source", "text", "words"),
    [
        ("We use Ollama.", "We use X1.", ("올라마",)),
        ("Ollama's Gemma Scope", "X1's X2", ("올라마", "젬마 스코프")),
        ("Gemma and Gemma Scope", "X1 and X2", ("젬마", "젬마 스코프")),
        ("Ollama or Ollama?", "X1 or X2?", ("올라마", "올라마")),
        ("It has 90 parts.", "It has X1 parts.", ("90",)),
        ("It takes 2.5 seconds.", "It takes X1 seconds.", ("2.5",)),
        ("Ollama has 3 parts.", "X1 has X2 parts.", ("올라마", "3")),
    ],
)
def test_terms_and_plain_numbers_are_stood_in_for(
    source: str, text: str, words: tuple[str, ...]
) -> None:
    first, second = mask(source, (OLLAMA, GEMMA, SCOPE))

    assert first == Masked(text, words, "X{}")
    assert second == Masked(text.replace("X", "Q"), words, "Q{}")


@pytest.mark.parametrize(
    "source",
    [
        "We use nothing.",
        "It has 2 billion parts.",
        "In 2019 it cost $5 or 5% at 6:30 or 6 p.m. on the 3rd.",
        "Gemma2 and v3",
        "1, 2, 3, 4, 5, 6.",
        "1,000 parts",
    ],
)
def test_other_rows_have_none(source: str) -> None:
    assert mask(source, (OLLAMA, GEMMA)) == ()


def test_a_stand_in_that_is_said_already_is_no_stand_in() -> None:
    assert [one.kind for one in mask("X1 and Ollama", (OLLAMA,))] == ["Q{}"]
    assert [one.kind for one in mask("Use Ollama", (Term("Ollama", "Q1"),))] == ["X{}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("X1을 써서 X2 개를 봐요.", "올라마를 써서 3 개를 봐요."),
        ("x2개는 X1에 있어요.", "3개는 올라마에 있어요."),
        ("X1을 써요.", None),
        ("X1, X1, X2", None),
        ("X1과 X21", None),
        ("", None),
    ],
)
def test_words_come_back_where_every_stand_in_came_through_once(
    text: str, expected: str | None
) -> None:
    masked = Masked("X1 has X2 parts.", ("올라마", "3"), "X{}")

    assert unmask(text, masked, KO) == expected


def test_chinese_words_come_back_without_spaces() -> None:
    assert unmask("我们用 X1 跑。", Masked("", ("奥拉马",), "X{}"), ZH) == "我们用奥拉马跑。"
