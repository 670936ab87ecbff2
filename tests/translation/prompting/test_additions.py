import pytest

from podcast.language import Language
from translation.conversation import SourceRow
from translation.prompting.additions import addition, declines, trimmed

ENGLISH = "I think the model works really well."
TEXTS = (
    "모델이 정말 잘 작동하는 것 같아요.",
    "我觉得这个模型真的很好用。",
    "このモデルは本当によく動くと思います。",
)
ADDED = {
    "a heading": (
        "번역: %s",
        "앤 리: %s",
        "译文：%s",
        "앤 - %s",
        "%s 참고: 직역입니다.",
        "%s (역주: 의견)",
    ),
    "a mark of a list": (
        "- %s",
        "· %s",
        "1. %s",
        "1) %s",
        "(7) %s",
        "a) %s",
        "~~%s~~",
        "1、%s",
        "一、%s",
        "１．%s",
    ),
    "the sign": (
        "**%s** 네",
        "• %s",
        "③ %s",
        "> %s",
        "%s ✅",
        "%s\\n",
        '{"ko": "%s"}',
        "%s<eos>",
        "%s = %s",
    ),
    "a remark in brackets": ("%s (의견)", "(Ann) %s", "%s [1]", "%s（意译）", "[0] %s"),
    "a second line": ("%s\n모델 이야기예요.", "%s\u2028네."),
    "a sentence more": ("%s 이 문장은 의견입니다.", "%s这句话表达了观点。", "네! %s"),
    "a label": ("k3 %s", "%s b2"),
    "the word": ("%s nǐ hǎo", "Sure! %s", "%s ne", "%s desu"),
    "an open end": ("%s -", "%s —", "%s:"),
    "half of a pair of quotes": ('"%s', "%s」", "“%s", "'%s"),
    "the English": (f"{ENGLISH} - %s", f"%s - {ENGLISH}", f"%s ({ENGLISH})"),
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("what", "form"), [(what, form) for what, forms in ADDED.items() for form in forms]
)
def test_what_stands_around_a_translation_is_found(what: str, form: str, text: str) -> None:
    found = addition(ENGLISH, form.replace("%s", text))

    assert found.startswith(what)


@pytest.mark.parametrize(
    "text", ["Hello → 안녕하세요.", "Hello: 안녕하세요.", "안녕하세요 (Hello.)"]
)
def test_a_single_word_before_its_translation_is_found(text: str) -> None:
    assert addition("Hello.", text)


def test_a_word_that_the_english_has_as_its_first_alone_is_left_english() -> None:
    assert addition("We built it in Seoul.", "서울에서 지었습니다 we.") == "the word 'we'"


@pytest.mark.parametrize(
    ("english", "text"),
    [
        ("He said go.", '그가 말했죠: "가."'),
        ("(laughs) Sure.", "(웃음) 그럼요."),
        ("It starts at 3.", "오후 3:00에 시작해요."),
        ("Large language models.", "大语言模型（LLM）。"),
        ("We met Jonathan Haidt.", "조너선 하이트(Jonathan Haidt)를 만났어요."),
        ("Use the print function.", "print 함수를 쓰세요."),
        ("First: ask.", "첫째: 물어보세요."),
        ("So I -- wait.", "그래서 저는 — 잠깐만요."),
        ("And then we went to -", "그러고 나서 우리는 -"),
        ("And then we...", "然后我们——"),
        ("no no yeah it works", "아니요. 네, 돼요."),
        ("1. Begin.", "1. 시작하세요."),
        ("It takes three to four weeks.", "3~4주 걸려요."),
        ("It is 20 degrees.", "20℃예요."),
        ("A + B.", "A + B요."),
        ('He said, "go on', '그는 "계속하라고'),
        ("Med gemma is out.", "MedGemma가 나왔어요."),
        ("We call it Café.", "Café라고 불러요."),
        ("It runs 5 miles.", "8 km를 달려요."),
        ("Yes.", "네."),
        ("We met O'Reilly.", "O'Reilly를 만났어요."),
        ("Thanks, I appreciate it.", "고마워요. 감사합니다."),
        ("Version 2.5 is out.", "2.5 버전이 나왔어요."),
        ("Oh my God, Dr. Lee!", "세상에! 이 박사님!"),
        ("", ""),
    ],
)
def test_what_belongs_to_a_row_may_stand(english: str, text: str) -> None:
    assert addition(english, text) == ""


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (Language.KO, "죄송하지만 도와드릴 수 없습니다."),
        (Language.KO, "그 요청에는 답변드릴 수 없습니다."),
        (Language.ZH, "抱歉，我无法提供帮助。"),
        (Language.ZH, "作为一个AI，我不能翻译这句话。"),
        (Language.JA, "申し訳ありませんが、お手伝いできません。"),
        (Language.JA, "そのご要望にはお答えできません。"),
    ],
)
def test_a_model_that_will_not_is_told_from_a_speaker_who_is_sorry(
    target: Language, text: str
) -> None:
    assert declines(ENGLISH, text, target)
    assert not declines("I'm sorry, I can't help you with that.", text, target)


def test_the_rendering_of_a_term_may_stand() -> None:
    assert addition("Ask jemma.", "gemma에게 물어보세요.", "gemma") == ""


@pytest.mark.parametrize(
    "said",
    [
        *(
            "네, 그래요.",
            "Ann: 네, 그래요.",
            "Ann： 네, 그래요.",
            '"네, 그래요."',
            "**네, 그래요.**",
        ),
        *("《네, 그래요.》", "\u200b네,\u202e 그래요.\ufeff", "Ann: “네, 그래요.”", "ㅤ네, 그래요."),
        "네, 그래요.",
    ],
)
def test_what_is_surely_not_of_a_row_is_taken_off(said: str) -> None:
    assert trimmed(said, SourceRow("Yes, right.", "Ann")) == "네, 그래요."


@pytest.mark.parametrize(
    ("english", "said"), [("Ann: that is me.", "Ann: 저예요."), ('"Yes."', '"네."')]
)
def test_what_the_english_has_is_not_taken_off(english: str, said: str) -> None:
    assert trimmed(said, SourceRow(english, "Ann")) == said
