"""Words stand where Latin ones stood, spaced and followed by particles as the language wants."""

import pytest

from podcast.language import Language
from translation.glossary.insertion import insert

KO, ZH, JA = Language.KO, Language.ZH, Language.JA


@pytest.mark.parametrize(
    ("text", "word", "target", "expected"),
    [
        ("X1은 빨라요.", "올라마", KO, "올라마는 빨라요."),
        ("X1으로 가요. X1이 좋아요.", "파이썬", KO, "파이썬으로 가요. 파이썬이 좋아요."),
        ("X1 을 써요.", "GPU", KO, "GPU를 써요."),
        ("X1 개가 있어요.", "90", KO, "90 개가 있어요."),
        ("我 X1 用", "模型", ZH, "我模型用"),
        ("我 X1 用", "GPU", ZH, "我 GPU 用"),
        ("私は x1 を使います。", "モデル", JA, "私はモデルを使います。"),
        ("X12와 AX1", "올라마", KO, "X12와 AX1"),
        ("X1를", r"\1", KO, r"\1을"),  # 일을
        ("Größe", "올라마", KO, "Größe"),
    ],
)
def test_a_word_takes_the_place_of_a_latin_one(
    text: str, word: str, target: Language, expected: str
) -> None:
    assert insert(text, {"X1": word, "Gr": "?"}, target) == expected


def test_all_words_are_put_at_once_the_longest_first() -> None:
    words = {"Gemma": "젬마", "Gemma Scope": "Gemma Scope", "X1": "X2", "X2": "X1"}

    assert insert("Gemma Scope과 Gemma을 X1로, X2로", words, KO) == (
        "Gemma Scope와 젬마를 X2로, X1로"
    )
