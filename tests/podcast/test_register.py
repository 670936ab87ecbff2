"""The register of a row is told by how its sentences end, and by nothing else."""

import pytest

from podcast.language import Language
from podcast.register import Register, register_of

FORMAL, POLITE, CASUAL, PLAIN = Register


@pytest.mark.parametrize(
    ("row", "register"),
    [
        ("모델이 작습니다.", FORMAL),
        ("같이 봅시다!", FORMAL),
        ("작습니다만.", FORMAL),
        ("어디 갑니까?", FORMAL),
        ("그렇죠.", POLITE),
        ("모델이 작아요.", POLITE),
        ("모델이 작았다.", PLAIN),
        ("그는 어디로 가는가?", PLAIN),
        ("나도 알아.", CASUAL),
        ("갈까?", CASUAL),
        ("배고파~", CASUAL),
        ("작습니다. 낙타.", FORMAL),
        ("작다. 그래서 좋아요.", POLITE),
        ("'작습니다.'", FORMAL),
        ("이것이 꼭 필요.", None),
        ("변화에 대해", None),
        ("캐나다.", None),
        ("좋습니다, 그러니까", None),
        ("낙타.", None),
        ("", None),
    ],
)
def test_a_korean_row_has_the_register_of_its_last_sentence(
    row: str, register: Register | None
) -> None:
    assert register_of(row, Language.KO.profile.registers) == register


@pytest.mark.parametrize(
    ("row", "register"),
    [
        ("モデルは小さいです。", POLITE),
        ("行きませんでしたよね？", POLITE),
        ("見てください。", POLITE),
        ("モデルは小さかった。", PLAIN),
        ("そうだよ。", PLAIN),
        ("私は行く。", PLAIN),
        ("「知らない」", PLAIN),
        ("とても高い。", PLAIN),
        ("行こう。", PLAIN),
        ("あなた。", None),
        ("ありがとう。", None),
        ("ふーむ。", None),
        ("向こう。", None),
        ("ラクダ。", None),
    ],
)
def test_a_japanese_row_has_the_register_of_its_last_sentence(
    row: str, register: Register | None
) -> None:
    assert register_of(row, Language.JA.profile.registers) == register


def test_the_ends_of_chinese_sentences_tell_no_register() -> None:
    assert register_of("模型很小。", Language.ZH.profile.registers) is None
