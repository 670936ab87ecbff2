"""A row is said in another register where grammar leaves no choice, and stays elsewhere."""

from itertools import pairwise
from pathlib import Path

import pytest

from podcast.language import TARGETS, Language
from podcast.languages.ja import JAPANESE
from podcast.languages.ko import KOREAN
from podcast.register import Register, register_of
from translation.register.rewording import in_register

FORMAL, POLITE, CASUAL, PLAIN = Register
KO, JA, ZH = Language.KO, Language.JA, Language.ZH
SETS = Path(__file__).parents[4] / "shared" / "mt" / "ko"


@pytest.mark.parametrize(
    ("plain", "formal", "polite"),
    [
        ("그는 학교에 간다.", "그는 학교에 갑니다.", "그는 학교에 가요."),
        ("밥을 먹는다.", "밥을 먹습니다.", "밥을 먹어요."),
        ("모델을 만든다.", "모델을 만듭니다.", "모델을 만들어요."),
        ("그는 왔다.", "그는 왔습니다.", "그는 왔어요."),
        ("내일 하겠다.", "내일 하겠습니다.", "내일 하겠어요."),
        ("아주 작다.", "아주 작습니다.", "아주 작아요."),
        ("정말 크다.", "정말 큽니다.", "정말 커요."),
        ("길이 멀다.", "길이 멉니다.", "길이 멀어요."),
        ("너무 어렵다.", "너무 어렵습니다.", "너무 어려워요."),
        ("서로 돕는다.", "서로 돕습니다.", "서로 도와요."),
        ("소리를 듣는다.", "소리를 듣습니다.", "소리를 들어요."),
        ("집을 짓는다.", "집을 짓습니다.", "집을 지어요."),
        ("손을 씻는다.", "손을 씻습니다.", "손을 씻어요."),
        ("아무도 모른다.", "아무도 모릅니다.", "아무도 몰라요."),
        ("물이 흐른다.", "물이 흐릅니다.", "물이 흘러요."),
        ("길을 따른다.", "길을 따릅니다.", "길을 따라요."),
        ("편지를 쓴다.", "편지를 씁니다.", "편지를 써요."),
        ("많이 바쁘다.", "많이 바쁩니다.", "많이 바빠요."),
        ("문이 열린다.", "문이 열립니다.", "문이 열려요."),
        ("그렇게 보인다.", "그렇게 보입니다.", "그렇게 보여요."),
        ("중요한 정보이다.", "중요한 정보입니다.", "중요한 정보예요."),
        ("이것은 책이다.", "이것은 책입니다.", "이것은 책이에요."),
        ("그런 것이다.", "그런 것입니다.", "그런 거예요."),
        ("사실이 아니다.", "사실이 아닙니다.", "사실이 아니에요."),
        ("하지 않는다.", "하지 않습니다.", "하지 않아요."),
        ("방법이 없다!", "방법이 없습니다!", "방법이 없어요!"),
        ("어디로 가는가?", "어디로 갑니까?", "어디로 가요?"),
        ("누가 만들었는가?", "누가 만들었습니까?", "누가 만들었어요?"),
        ("이것은 무엇인가?", "이것은 무엇입니까?", "이것은 무엇이에요?"),
        ("그렇다.", "그렇습니다.", "그래요."),
        ("둘 중 하나이다.", "둘 중 하나입니다.", "둘 중 하나예요."),
        ("의미를 갖는다.", "의미를 갖습니다.", "의미를 가져요."),
    ],
)
def test_korean_is_conjugated_by_rule(plain: str, formal: str, polite: str) -> None:
    assert in_register(plain, KO, FORMAL) == formal
    assert in_register(plain, KO, POLITE) == polite
    assert in_register(formal, KO, POLITE) == polite


@pytest.mark.parametrize(
    ("row", "formal"),
    [
        ("모델이 커요.", "모델이 큽니다."),
        ("정말 알아요?", "정말 압니까?"),
        ("책이에요.", "책입니다."),
        ("할 거예요.", "할 겁니다."),
        ("뭐예요?", "뭡니까?"),
        ("너무 어려워요.", "너무 어렵습니다."),
        ("기분이 나빠졌나요?", "기분이 나빠졌습니까?"),
        ("어디 계세요?", "어디 계십니까?"),
        ("아무 말도 안 했어.", "아무 말도 안 했습니다."),
        ("갈 수 있을까?", "갈 수 있을까요?"),
        ("갔었어?", "갔었습니까?"),
    ],
)
def test_korean_talk_becomes_formal(row: str, formal: str) -> None:
    assert in_register(row, KO, FORMAL) == formal


@pytest.mark.parametrize(
    ("plain", "polite"),
    [
        ("それは不可能だ。", "それは不可能です。"),
        ("データだ。", "データです。"),
        ("大きすぎただけだった。", "大きすぎただけでした。"),
        ("典型的な生き物である。", "典型的な生き物です。"),
        ("私は天才ではない。", "私は天才ではありません。"),
        ("それを知っている。", "それを知っています。"),
        ("骨を発見した。", "骨を発見しました。"),
        ("彼はそう話した。", "彼はそう話しました。"),
        ("よく考える。", "よく考えます。"),
        ("壁にぶつけられた。", "壁にぶつけられました。"),
        ("農業は難しいよ。", "農業は難しいですよ。"),
        ("どうなるだろうか？", "どうなるでしょうか？"),
        ("そう思った。", "そう思いました。"),
        ("よく考えよう。", "よく考えましょう。"),
        ("彼は何を見ていたのか？", "彼は何を見ていたのですか？"),
    ],
)
def test_plain_japanese_becomes_polite(plain: str, polite: str) -> None:
    assert in_register(plain, JA, POLITE) == polite


@pytest.mark.parametrize(
    ("row", "target", "wished"),
    [
        ("집을 삽니다.", KO, POLITE),  # buys, or lives in
        ("그에게 묻습니다.", KO, POLITE),  # asks, or buries
        ("모자가 빨갛습니다.", KO, POLITE),
        ("이야깁니다.", KO, POLITE),
        ("GPU입니다.", KO, POLITE),
        ("짐을 들어요.", KO, FORMAL),  # lifts, or hears
        ("이리 오세요.", KO, FORMAL),
        ("문제다.", KO, FORMAL),
        ("저는 갑니다.", KO, CASUAL),
        ("그것은 사실입니다.", KO, PLAIN),
        ("갔어?", KO, CASUAL),
        ("낙타.", KO, FORMAL),
        ('그는 "나는 간다."', KO, FORMAL),
        ("『私は行く。』", JA, POLITE),
        ("彼は家に帰る。", JA, POLITE),  # no verb in e, though it ends like one
        ("本を読んだ。", JA, POLITE),
        ("また、あした。", JA, POLITE),
        ("それは不可能です。", JA, PLAIN),
        ("他去了。", ZH, FORMAL),
        ("", KO, FORMAL),
    ],
)
def test_what_no_rule_is_sure_of_stays(row: str, target: Language, wished: Register) -> None:
    assert in_register(row, target, wished) == row


def test_only_the_end_of_a_sentence_is_said_otherwise() -> None:
    row = '그는 "나는 간다."라고 했다. 3.5%가 왔다? 그래서... 정말 크다'

    said = in_register(row, KO, FORMAL)

    assert said == '그는 "나는 간다."라고 했습니다. 3.5%가 왔다? 그래서... 정말 큽니다'


@pytest.mark.parametrize("target", TARGETS)
def test_a_language_says_which_registers_it_has(target: Language) -> None:
    registers = target.profile.registers

    assert registers is {"ko": KOREAN, "ja": JAPANESE}.get(target, target.profile).registers
    assert all(wished in registers for one in registers.values() for wished in one.becomes)


@pytest.mark.skipif(not SETS.exists(), reason="stored answers are not beside this checkout")
@pytest.mark.parametrize("wished", [FORMAL, POLITE])
def test_korean_of_a_weak_engine_switches_hardly_any_more(wished: Register) -> None:
    rows = (SETS / "talk.argos").read_text("utf-8").splitlines()

    after = [in_register(row, KO, wished) for row in rows]

    assert switches(rows) > 0.14
    assert switches(after) < 0.03


def switches(rows: list[str]) -> float:
    found = [register_of(row, KO.profile.registers) for row in rows]
    pairs = [(a, b) for a, b in pairwise(found) if a and b]
    return sum(a.is_polite != b.is_polite for a, b in pairs) / (len(rows) - 1)
