"""Language codes, as users and sites write them."""

import pytest

from podcast.errors import BadInputError
from podcast.language import Language, parse_targets


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["ko", "zh", "ja"], ("ko", "zh", "ja")),
        ([" JA ", "ja", "ko"], ("ja", "ko")),
        (["zh-Hans"], ("zh",)),
    ],
)
def test_codes_are_read_once_in_the_order_given(codes: list[str], expected: tuple[str]) -> None:
    assert parse_targets(codes) == expected


@pytest.mark.parametrize("codes", [["fr"], ["en"], [], [""], ["ko", "xx"]])
def test_another_language_is_refused_with_the_choices(codes: list[str]) -> None:
    with pytest.raises(BadInputError, match=r"ko \(Korean\), zh \(Chinese\), ja \(Japanese\)"):
        parse_targets(codes)


def test_chinese_is_tagged_as_simplified() -> None:
    assert [language.tag for language in Language] == ["en", "ko", "zh-Hans", "ja"]
