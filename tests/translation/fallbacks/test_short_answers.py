"""Short answers come from the table, with the punctuation of the English line."""

import re
import tomllib
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.language import TARGETS, Language
from translation.fallbacks.short_answers import short_answer

ROOT = Path(__file__).resolve().parents[3]
KO, ZH, JA = Language.KO, Language.ZH, Language.JA


@pytest.mark.parametrize(
    ("text", "korean", "chinese", "japanese"),
    [
        # The punctuation follows the line, in the language's own form.
        ("Yeah.", "네.", "是的。", "ええ。"),
        ("Yeah!", "네!", "是的！", "ええ！"),
        ("Yeah,", "네,", "是的，", "ええ、"),
        ("Yeah", "네", "是的", "ええ"),
        ("Yeah...", "네...", "是的……", "ええ……"),
        ("— ...yeah", "네", "是的", "ええ"),
        ("Yeah -", "네", "是的", "ええ"),
        ("Yeah—", "네—", "是的——", "ええ――"),
        ("Really?!", "정말요?!", "真的吗？！", "本当ですか？！"),
        # Case, curly apostrophes and hyphens do not matter.
        ("OK.", "알겠어요.", "好的。", "わかりました。"),
        ("Mm-hmm.", "네.", "嗯。", "ええ。"),
        ("Uh-huh.", "네.", "嗯。", "ええ。"),
        ("That’s right.", "맞아요.", "没错。", "その通りです。"),
        # A question is another answer.
        ("Yeah?", "네?", "是吗？", "そうですか？"),
        ("Right?", "그렇죠?", "对吧？", "ですよね？"),
        ("Right.", "맞아요.", "对。", "そうですね。"),
        ("I know, right?", "그러니까요.", "可不是嘛。", "本当ですよね。"),
        # Repeated and strung together.
        ("Yeah, yeah.", "네, 네.", "是的，是的。", "ええ、ええ。"),
        ("Yeah. Yeah.", "네. 네.", "是的。是的。", "ええ。ええ。"),
        ("No, no, no.", "아니요, 아니요, 아니요.", "不，不，不。", "いいえ、いいえ、いいえ。"),
        ("yeah yeah", "네, 네", "是的，是的", "ええ、ええ"),
        ("Oh okay.", "아, 알겠어요.", "哦，好的。", "ああ、わかりました。"),
        ("Okay, so", "알겠어요, 그래서", "好的，所以", "わかりました、だから"),
        (
            "Thank you. Bye!",
            "감사합니다. 안녕히 계세요!",
            "谢谢你。再见！",
            "ありがとうございます。さようなら！",
        ),
        ("Stay tuned.", "기대해 주세요.", "敬请期待。", "お楽しみに。"),
        ("No way!", "말도 안 돼요!", "不会吧！", "まさか！"),
    ],
)
def test_known_answers(text: str, korean: str, chinese: str, japanese: str) -> None:
    assert [short_answer(text, target) for target in TARGETS] == [korean, chinese, japanese]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "...",
        "— —",
        "Right, it runs on Linux.",
        "No good.",
        "So clever.",
        "Yeah, Gemma.",
        "Oh boy",
        "Right Yeah",
        "Why",
        ", ".join(["yeah"] * 9),
        " ".join(["yeah"] * 9),
    ],
)
@pytest.mark.parametrize("target", TARGETS)
def test_what_is_not_known_whole_is_left_to_the_model(text: str, target: Language) -> None:
    assert short_answer(text, target) is None


@given(
    st.lists(st.sampled_from(["yeah", "no way", "I see", "Thank you"]), min_size=1, max_size=8),
    st.sampled_from([".", ",", "?", "!", "...", ""]),
    st.sampled_from(TARGETS),
)
@settings(max_examples=60)
def test_every_part_of_a_line_is_answered_in_order(
    parts: list[str], mark: str, target: Language
) -> None:
    answer = short_answer(", ".join(parts) + mark, target)

    comma = target.profile.punctuation.written(",")
    assert answer is not None
    assert answer.count(comma) == len(parts) - 1 + (mark == ",")
    singles = [short_answer(part, target) or "?" for part in parts[:-1]]
    assert [part.strip() for part in answer.split(comma)][: len(singles)] == singles


def test_the_demo_is_answered_as_its_script_says() -> None:
    script = tomllib.loads((ROOT / "demo/episode/script.toml").read_text(encoding="utf-8"))

    answered = {
        (line["text"], target.value): (answer, line[target.value])
        for line, target in product(script["line"], TARGETS)
        if (answer := short_answer(line["text"], target))
    }

    assert ("Yeah.", "ko") in answered
    assert {key: pair for key, pair in answered.items() if pair[0] != pair[1]} == {}


def test_every_entry_speaks_every_language() -> None:
    table = (ROOT / "translation" / "fallbacks" / "short_answers.toml").read_text(encoding="utf-8")
    entries = [entry for section in tomllib.loads(table).values() for entry in section.items()]

    assert len(entries) > 120
    for spellings, renderings in entries:
        assert set(renderings) == {"ko", "zh", "ja"}, spellings
        assert all(text and text == text.strip() for text in renderings.values()), spellings


def test_no_spelling_has_two_answers() -> None:
    table = (ROOT / "translation" / "fallbacks" / "short_answers.toml").read_text(encoding="utf-8")
    spellings = [
        spelling
        for section in tomllib.loads(table).values()
        for key in section
        for spelling in key.split("|")
    ]

    assert sorted(spellings) == sorted(set(spellings))
    assert all(spelling == " ".join(spelling.lower().split()) for spelling in spellings)
    assert not any("-" in spelling or "," in spelling for spelling in spellings)


@pytest.mark.parametrize(
    ("target", "letters"), [(KO, r"[가-힣]"), (ZH, r"[一-鿿]"), (JA, r"[぀-ヿ一-鿿]")]
)
def test_every_answer_is_written_in_the_script_of_its_language(
    target: Language, letters: str
) -> None:
    table = (ROOT / "translation" / "fallbacks" / "short_answers.toml").read_text(encoding="utf-8")
    renderings = {
        entry[target.value]
        for section in tomllib.loads(table).values()
        for entry in section.values()
    }

    allowed = re.compile(rf"(?:{letters}|[ ,.，。、])+")
    assert [text for text in renderings if not allowed.fullmatch(text)] == []
