"""Rows are set as an editor of each language sets them, and what is set already stays."""

import unicodedata
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo.training import grammar
from podcast.language import TARGETS, Language
from translation.typography.characters import fold_width
from translation.typography.typesetting import DEFAULT_STYLE, TypographyOptions, typeset

KO, ZH, JA = Language.KO, Language.ZH, Language.JA
ASCII_STYLE = TypographyOptions(full_width=False)
CLOSE_STYLE = TypographyOptions(latin_spacing=False)
STYLES = [TypographyOptions(*switches) for switches in product([True, False], repeat=2)]

CHINESE = [
    # A space between scripts; none beside full-width marks.
    ("我们聊了好多Gemma。", "我们聊了好多 Gemma。"),
    ("这是Gemma  4的CPU", "这是 Gemma 4 的 CPU"),
    ("只有20亿，10小时，第1回，29B和31B", "只有 20 亿，10 小时，第 1 回，29B 和 31B"),
    ("约10 %的服务器用C++和C#写", "约 10% 的服务器用 C++ 和 C# 写"),
    ("价格是$5左右", "价格是 $5 左右"),
    ("用@gemma或#ai", "用 @gemma 或 #ai"),
    ("用 “Gemma” 和 《流浪地球》 吧", "用“Gemma”和《流浪地球》吧"),
    ("比如 llama.cpp 、 vLLM ，或 Gemma 。", "比如 llama.cpp、vLLM，或 Gemma。"),
    ("（ Gemma ）好", "（Gemma）好"),
    ("⚡️ 很好", "⚡️ 很好"),
    # No spaces between Chinese characters.
    ("你 好 ， 世 界 。", "你好，世界。"),
    ("列奥纳多 · 达芬奇", "列奥纳多·达芬奇"),
    # Marks of the sentence become full-width.
    ("对,Gemma 4 刚发布.", "对，Gemma 4 刚发布。"),
    ("用#人工智能吧", "用#人工智能吧"),
    ("看https://a.com/中文/页?c=1", "看 https://a.com/中文/页?c=1"),
    ("请看example.com/a?c=1.", "请看 example.com/a?c=1。"),
    ("调用load()和max_tokens吧", "调用 load() 和 max_tokens 吧"),
    ("GPT-4(OpenAI)很强", "GPT-4（OpenAI）很强"),
    ("React(Meta)和Vue很好", "React（Meta）和 Vue 很好"),
    ("不对, Gemma,Gemma.", "不对，Gemma，Gemma。"),
    ("真的吗?! 真的!", "真的吗？！真的！"),
    ("注: 这很好; 那也好", "注：这很好；那也好"),
    ("Python:很好", "Python：很好"),
    ("什么是 GPU ?", "什么是 GPU？"),
    ("这是 Plan B.", "这是 Plan B。"),
    ("大模型 (LLM) 很好", "大模型（LLM）很好"),
    ("Gemma (谷歌的) 很好", "Gemma（谷歌的）很好"),
    ("版本．很好", "版本。很好"),
    # Marks within numbers, names and addresses stay.
    ("参数是3.5.", "参数是 3.5。"),
    ("早上 6:30 有 10,000 个,比例 3:1", "早上 6:30 有 10,000 个，比例 3:1"),
    ("有１０，０００个，３．５％", "有 10,000 个，3.5%"),
    ("用llama.cpp和Node.js", "用 llama.cpp 和 Node.js"),
    ("我用.NET开发.py文件", "我用 .NET 开发 .py 文件"),
    ("在 https://a.com/b?c=d,e.f 上.", "在 https://a.com/b?c=d,e.f 上。"),
    ("看(https://a.com/B_(c)).", "看（https://a.com/B_(c)）。"),
    ("看https://a.com/b?c=d!吧", "看 https://a.com/b?c=d！吧"),
    ("写给a.b@c.com吧", "写给 a.b@c.com 吧"),
    ("Dr. Smith 和 J. Doe 在 U.S. 政府", "Dr. Smith 和 J. Doe 在 U.S. 政府"),
    ("早上6 a.m.开始", "早上 6 a.m. 开始"),
    ("在 Google Inc. 工作", "在 Google Inc. 工作"),
    ("运行 localhost:8080 和 std::vector", "运行 localhost:8080 和 std::vector"),
    ("用 print(x) 吧", "用 print(x) 吧"),
    ("don't 和 O'Reilly 的 Google’s 模型", "don't 和 O'Reilly 的 Google’s 模型"),
    # Lists of names and numbers.
    ("我们有 Gemma, Llama 3, Qwen。", "我们有 Gemma、Llama 3、Qwen。"),
    ("有 1, 2 和 3", "有 1、2 和 3"),
    # A Latin quotation, and the Latin part of a title, have their own punctuation.
    ("他说“Hello, world!”然后走了", "他说“Hello, world!”然后走了"),
    ("谷歌的AI战略 — Ann Lee, Google", "谷歌的 AI 战略 — Ann Lee, Google"),
    ("Latent Space, Ep. 5 — 谷歌的AI", "Latent Space, Ep. 5 — 谷歌的 AI"),
    # Quotes.
    ('他说"你好"和"再见"', "他说“你好”和“再见”"),
    ("他说”你好“", "他说“你好”"),
    ("他说'你好'吧", "他说‘你好’吧"),
    ('一个5"的屏幕,很好', '一个 5"的屏幕，很好'),
    ("用「你好」", "用「你好」"),
    # Ellipses, dashes, doubled marks.
    ("等等...然后", "等等……然后"),
    ("等等…然后。。。", "等等……然后……"),
    ("我 -- 就是他—对", "我——就是他——对"),
    ("好。。对,，好，。", "好。对，好。"),
    ("真的吗？。好！，走", "真的吗？好！走"),
    # Widths: letters and digits are ASCII, signs of their own stay.
    ("ＡＩ有１００％", "AI 有 100%"),
    ("①和℃", "①和℃"),
]  # fmt: skip

JAPANESE = [
    ("20億のパラメータ,5個.", "20 億のパラメータ、5 個。"),
    ("これは、Gemmaです。", "これは、Gemma です。"),
    ("はい，そうです．", "はい、そうです。"),
    ("3月に第1回", "3 月に第 1 回"),
    ("こん にち は 、 スーパー カー", "こんにちは、スーパーカー"),
    ("本当? すごい!", "本当？すごい！"),
    ('彼は"こんにちは"と言った', "彼は「こんにちは」と言った"),
    ("“すごい”です", "「すごい」です"),
    ("「彼は'すごい'と言った」", "「彼は『すごい』と言った」"),
    ("彼は'すごい'と言った", "彼は「すごい」と言った"),
    ("ええと...そう", "ええと……そう"),
    ("ｶﾞﾝﾊﾞﾙ！ＡＩ", "ガンバル！AI"),
    ("ｺｰﾋｰ｡", "コーヒー。"),
    ("Gemma, Llama, Qwenです。", "Gemma、Llama、Qwen です。"),
    ("GoogleのAI戦略 — Ann Lee, Google", "Google の AI 戦略 — Ann Lee, Google"),
    ("人々とヶ月ー々A", "人々とヶ月ー々 A"),
]

KOREAN = [
    ("네，Gemma는 좋아요。", "네, Gemma는 좋아요."),
    ("네,그래요.그리고 갔어요?아니요!네", "네, 그래요. 그리고 갔어요? 아니요! 네"),
    ("안녕하세요 . 네 , 네 !", "안녕하세요. 네, 네!"),
    ("사과、배", "사과, 배"),
    ("10,000명이 6:30에 3.5%를", "10,000명이 6:30에 3.5%를"),
    ("Gemma,Llama와 llama.cpp는", "Gemma, Llama와 llama.cpp는"),
    ("참고：이건 쉬워요；저건 아니에요", "참고: 이건 쉬워요; 저건 아니에요"),
    ("언어 모델 (LLM) 을 써요", "언어 모델(LLM)을 써요"),
    ("네. (웃음) 그는 (아마도) 갔어요.", "네. (웃음) 그는 (아마도) 갔어요."),
    ("( 웃음 ) 네", "(웃음) 네"),
    ("그 ... 네......음。。。", "그… 네…음…"),
    ("음..", "음."),
    ("네,, 좋아요,. 정말?. 네", "네, 좋아요. 정말? 네"),
    ("정말?! 뭐야?라고", "정말?! 뭐야?라고"),
    ("ＡＩ가 ５０ ％예요", "AI가 50%예요"),
    ("https://a.com/b?c=d,e.f 를 보세요", "https://a.com/b?c=d,e.f를 보세요"),
    ("Gemma 을 LLM 는", "Gemma를 LLM은"),
    ("Dr. Kim이 U.S.에 갔어요.", "Dr. Kim이 U.S.에 갔어요."),
    ("작은 글자 크기", "작은 글자 크기"),
    ('"네"라고 ‘네’ 「책」', '"네"라고 ‘네’ 「책」'),
    ("구글의 전략 — Ann Lee, Google", "구글의 전략 — Ann Lee, Google"),
]


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_chinese(text: str, expected: str) -> None:
    assert typeset(text, ZH) == expected


@pytest.mark.parametrize(("text", "expected"), JAPANESE)
def test_japanese(text: str, expected: str) -> None:
    assert typeset(text, JA) == expected


@pytest.mark.parametrize(("text", "expected"), KOREAN)
def test_korean(text: str, expected: str) -> None:
    assert typeset(text, KO) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对，Gemma 4 刚发布。", "对,Gemma 4 刚发布。"),
        ("不对, Gemma, 真的吗？！", "不对,Gemma,真的吗?!"),
        ("用 llama.cpp、vLLM(谷歌的)。", "用 llama.cpp、vLLM(谷歌的)。"),
        ("注：好；等等...", "注:好;等等……"),
        ("有 4, 3 个", "有 4、3 个"),
    ],
)
def test_the_ascii_style_keeps_stop_and_enumeration_comma_only(text: str, expected: str) -> None:
    assert typeset(text, ZH, ASCII_STYLE) == expected


def test_japanese_has_its_own_comma_in_the_ascii_style_too() -> None:
    assert typeset("はい, 本当？", JA, ASCII_STYLE) == "はい、本当?"


def test_the_space_between_scripts_can_be_left_out() -> None:
    assert typeset("用 Gemma 4 的 20 亿，Dr. Li", ZH, CLOSE_STYLE) == "用Gemma 4的20亿，Dr. Li"


@pytest.mark.parametrize("language", TARGETS)
@pytest.mark.parametrize(
    "text",
    [
        "Yeah, so yeah, Gemma 4 is just out.",
        '"Why don\'t we?" (6:30 a.m.) ... OK -- 50 %',
        "Gemma 4, Gemma 3, Llama: A/B?",
        "⚡️ Google's Open AI Strategy — Omar, Google",
        "...",
    ],
)
def test_a_row_that_stayed_english_is_left_alone(text: str, language: Language) -> None:
    assert typeset(text, language) == text


@pytest.mark.parametrize("language", TARGETS)
def test_several_lines_become_one(language: Language) -> None:
    assert typeset("  one\n\ttwo\u2028three\u200b\ufeff ", language) == "one two three"


def pages(sample_pages: list[Path], language: Language) -> tuple[list[str], list[str]]:
    """Return the English and the translated rows of a page, each with its title."""
    found = [page for page in sample_pages if page.name == f"page.{language}.txt"]
    if not found:
        pytest.skip("the sample page is not here")
    rows = found[0].read_text(encoding="utf-8").split("\n")
    return rows[2::2], [rows[1], *rows[3::2]]


def test_every_row_of_the_chinese_page_stays_in_its_style(sample_pages: list[Path]) -> None:
    _, rows = pages(sample_pages, ZH)

    assert [typeset(row, ZH, ASCII_STYLE) for row in rows] == rows


def test_every_row_of_the_korean_page_stays(sample_pages: list[Path]) -> None:
    _, rows = pages(sample_pages, KO)

    assert [typeset(row, KO) for row in rows] == rows


@pytest.mark.parametrize("language", [KO, ZH])
def test_the_english_rows_of_the_pages_stay(sample_pages: list[Path], language: Language) -> None:
    rows, _ = pages(sample_pages, language)

    assert [typeset(row, language) for row in rows] == rows


def test_only_the_width_of_marks_changes_on_the_chinese_page(sample_pages: list[Path]) -> None:
    _, rows = pages(sample_pages, ZH)
    wide = str.maketrans(",?!:;()", "，？！：；（）")

    changed = [(a, b) for row in rows for a, b in zip(row, typeset(row, ZH), strict=True) if a != b]

    assert {b for _, b in changed} == {"，", "？"}
    assert all(a.translate(wide) == b for a, b in changed)


@pytest.mark.parametrize("language", TARGETS)
def test_the_reference_translations_of_the_demo_stay(language: Language) -> None:
    rows = [getattr(sentence, language.value) for sentence in grammar.corpus(500, seed=1)]

    assert [typeset(row, language) for row in rows] == rows


PIECES = st.sampled_from(
    [
        *"你好カー々가을를이은는，。、？！：；（）「」“”《》,.?!:;()\"'’…—-·/@#$%+～０Ｂ①é ",
        *("Gemma", "LLM ", "3.5", "10,000", "6:30", "llama.cpp", "Dr. ", "U.S.", ".NET", " — "),
        *("https://a.b/c?d=e", "a@b.com", "--", "...", ", ", "A, B, C", "(으)로", "입니다", " 는 "),
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=12).map("".join)


@settings(max_examples=100)
@given(TEXTS, st.sampled_from(TARGETS), st.sampled_from(STYLES))
def test_a_row_that_is_set_stays(text: str, language: Language, style: TypographyOptions) -> None:
    once = typeset(text, language, style)

    assert typeset(once, language, style) == once


@settings(max_examples=100)
@given(TEXTS, st.sampled_from([ZH, JA]), st.sampled_from(STYLES))
def test_no_letter_or_digit_is_lost_or_moved(
    text: str, language: Language, style: TypographyOptions
) -> None:
    def bare(row: str) -> str:
        return "".join(c for c in fold_width(row) if c.isalnum())

    assert bare(typeset(text, language, style)) == bare(text)


@settings(max_examples=100)
@given(TEXTS)
def test_korean_loses_no_letter_or_digit_but_those_of_particles(text: str) -> None:
    particles = "을를이가은는으로예요라에입니다"

    def bare(row: str) -> Counter[str]:
        return Counter(c for c in fold_width(row) if c.isalnum() and c not in particles)

    assert bare(typeset(text, KO)) == bare(text)


@settings(max_examples=100)
@given(st.text(max_size=30), st.sampled_from(TARGETS), st.sampled_from(STYLES))
def test_any_text_becomes_one_line_in_nfc(
    text: str, language: Language, style: TypographyOptions
) -> None:
    row = typeset(text, language, style)

    assert unicodedata.is_normalized("NFC", row)
    assert len(row.splitlines()) <= 1
    assert row or not any(c.isprintable() and not c.isspace() for c in text)


def test_the_default_is_full_width_with_spaces() -> None:
    assert TypographyOptions(latin_spacing=True, full_width=True) == DEFAULT_STYLE
