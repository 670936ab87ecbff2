import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outputs.captions.cue_layout import best_count, breakable, cut_evenly, fewest_cues, rows_of
from outputs.captions.cue_limits import WIDTHS, width_of
from outputs.captions.wrapping import NOT_FIRST, NOT_LAST, pieces_of
from podcast.language import Language

NASTY = (
    "aé Z9.,!?-'\"&<>{}\\|%:;()「」『』。、？！…ー々っ你好的了이것수있テストモデル"
    "分億亿년\u200f\u200d\ufe0f😀👍🏽\u0301\u3000\t"
)
texts = st.text(NASTY, max_size=120).map(str.strip)
languages = st.sampled_from(list(Language))


def pieces(text: str, language: Language) -> list[str]:
    return [text[p.start : p.end] for p in pieces_of(text, language, WIDTHS[language])]


def rows(text: str, language: Language) -> list[tuple[str, ...]]:
    found = breakable(text, language, WIDTHS[language])
    cuts, _ = cut_evenly(found, best_count(found))
    return [rows_of(found, first, after) for first, after in pairwise(cuts)]


@pytest.mark.parametrize(
    ("language", "text", "whole"),
    [
        (Language.EN, "We saw the model run.", "the model"),
        (Language.EN, "Then Dr. Chen came in.", "Dr. Chen"),
        (Language.EN, "It takes 16 GB of memory.", "16 GB"),
        (Language.EN, "It has 2 billion parameters.", "2 billion"),
        (Language.EN, "That is one - or two.", "one -"),
        (Language.KO, "모델은 16 GB 메모리가 필요해요.", "16 GB"),
        (Language.KO, "파라미터는 20 억 개예요.", "20 억 개예요."),
        (Language.KO, "AT&T는 커요.", "AT&T는"),
        (Language.ZH, "它有 700 万个参数，很小。", "700 万个"),
        (Language.ZH, "我们在 2026 年开始。", "2026 年"),
        (Language.ZH, "他们的 AT&T 手机也很好。", "AT&T"),
        (Language.ZH, "它就在一部便宜的手机上。", "一部"),
        (Language.JA, "私は2026年に始めました。", "2026年"),
        (Language.JA, "パラメータが 20 億個あります。", "20 億個"),
        (Language.JA, "今日はgemma-3.5を使います。", "gemma-3.5"),
    ],
)
def test_what_belongs_together_stays_on_one_row(language: Language, text: str, whole: str) -> None:
    assert any(whole in piece for piece in pieces(text, language))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            Language.EN,
            "It runs on a cheap phone, and it never needs the internet.",
            [("It runs on a cheap phone,", "and it never needs the internet.")],
        ),
        (
            Language.EN,
            "The second language is more difficult than the first language.",
            [("The second language is more difficult", "than the first language.")],
        ),
        (
            Language.KO,
            "안나 님, 우리를 초대해 주셔서 감사해요.",
            [("안나 님,", "우리를 초대해 주셔서 감사해요.")],
        ),
        (
            Language.ZH,
            "对我们的听众说一句,这应该是 AIE 史上第一个。",
            [("对我们的听众说一句,", "这应该是 AIE 史上第一个。")],
        ),
        (
            Language.JA,
            "今日のゲストはデイビッドとレオです。",
            [("今日のゲストは", "デイビッドとレオです。")],
        ),
    ],
)
def test_a_text_breaks_at_its_phrases(
    language: Language, text: str, expected: list[tuple[str, ...]]
) -> None:
    assert rows(text, language) == expected


def test_a_text_that_fits_one_row_stays_on_it() -> None:
    assert rows("Well, yes, and that is all, really.", Language.EN) == [
        ("Well, yes, and that is all, really.",)
    ]


@pytest.mark.parametrize("sign", ["\n", "\r\n\r\n", "\t", "\u2028", "\x85", "\v"])
def test_a_row_holds_no_line_break(sign: str) -> None:
    assert rows(f"one{sign}two", Language.EN) == [("one two",)]


def test_no_short_word_stands_alone_on_a_row() -> None:
    (row, last), *_ = rows("Everybody here has been waiting for that day, yes.", Language.EN)

    assert len(last.split()) > 1
    assert row.startswith("Everybody")


def test_a_word_longer_than_a_row_is_cut_hard() -> None:
    assert pieces("x" * 100, Language.EN) == ["x" * 42, "x" * 42, "x" * 16]


def test_a_kept_phrase_longer_than_a_row_is_cut_at_its_spaces() -> None:
    text = "the " * 20 + "end"

    assert "".join(pieces(text, Language.EN)).replace(" ", "") == text.replace(" ", "")
    assert all(piece.strip("the ") in {"", "nd"} for piece in pieces(text, Language.EN))


def test_two_full_rows_are_one_cue() -> None:
    assert rows(f"{'x' * 42} {'y' * 42}", Language.EN) == [("x" * 42, "y" * 42)]


def test_a_hard_cut_does_not_tear_an_emoji() -> None:
    found = pieces("👍🏽" * 30, Language.JA)

    assert all(piece.startswith("👍") for piece in found)


def test_english_in_a_japanese_text_breaks_between_words() -> None:
    text = "This line stayed in English because nothing else worked"

    assert [word for pair in rows(text, Language.JA) for row in pair for word in row.split()] == (
        text.split()
    )


def test_a_text_without_characters_has_no_pieces() -> None:
    assert pieces("", Language.KO) == []


@given(texts, languages)
@settings(max_examples=50)
def test_the_rows_are_the_text_and_none_is_too_wide(text: str, language: Language) -> None:
    found = rows(text, language) if text else []

    joined = "".join(row for pair in found for row in pair)
    assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", text)
    assert all(len(pair) in {1, 2} for pair in found)
    assert all(width_of(row, language) <= WIDTHS[language] for pair in found for row in pair)
    assert all(row == row.strip(" ") != "" for pair in found for row in pair)


@given(
    st.text("你好的模型手机「」（）。、？！ー，abc 12年がをですはテスト", max_size=60).map(
        str.strip
    )
)
@settings(max_examples=50)
def test_no_row_begins_or_ends_with_a_forbidden_sign(text: str) -> None:
    for language in (Language.ZH, Language.JA):
        for before, after in zip(found := pieces_of(text, language, 1000), found[1:], strict=False):
            assert text[after.start] not in NOT_FIRST
            assert text[before.end - 1] not in NOT_LAST


@given(texts.filter(bool), languages, st.integers(0, 3))
@settings(max_examples=50)
def test_a_text_can_be_cut_into_more_cues_than_needed(
    text: str, language: Language, more: int
) -> None:
    found = breakable(text, language, WIDTHS[language])
    count = min(len(found.pieces), fewest_cues(found) + more)

    cuts, _ = cut_evenly(found, count)

    assert len(cuts) == count + 1
    assert list(cuts) == sorted(set(cuts))


@pytest.mark.slow
def test_a_very_long_text_is_cut_in_bounded_time() -> None:
    text = "and so we went on and on with it, " * 600

    assert len(rows(text, Language.EN)) < 500


@pytest.mark.parametrize(
    ("language", "text", "tied"),
    [
        (Language.JA, "新しいチームは来週とても大きな会議で発表します。", "大きな会議で"),
        (Language.JA, "昨日みんなで公開したモデルについて話しましょう。", "公開したモデルについて"),
        (Language.KO, "우리 팀이 다시 새로운 모델을 아주 자세히 살펴봤습니다.", "새로운 모델을"),
        (Language.KO, "우리는 어제 발표한 결과를 다시 확인했습니다.", "발표한 결과를"),
        (Language.ZH, "今天我们来谈谈最小的模型和大的数据中心。", "最小的模型"),
    ],
)
def test_what_describes_a_word_stays_on_its_row(language: Language, text: str, tied: str) -> None:
    assert any(tied in row for cue in rows(text, language) for row in cue)
