"""Every language has all that the product asks of one, and no other language passes for it."""

import re

import pytest

from outputs.captions.wrapping import pieces_of
from outputs.markup.page_labels import page_labels
from podcast.language import SOURCE, TARGETS, Language
from translation.fallbacks.short_answers import short_answer


def test_a_language_is_its_profile() -> None:
    assert [language.profile.code for language in Language] == [*Language]
    assert set(TARGETS) == set(Language) - {SOURCE}


@pytest.mark.parametrize("code", ["", "xx", "KO", "zh-Hant", "vi"])
def test_an_unknown_language_is_an_error(code: str) -> None:
    with pytest.raises(ValueError, match="is not a valid Language"):
        Language(code)


@pytest.mark.parametrize("language", [*Language])
def test_pages_can_name_every_language_in_every_language(language: Language) -> None:
    labels = page_labels(language.value)

    assert labels.tag == language.tag
    assert set(labels.names) == set(Language)


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_answers_in_its_own_letters(target: Language) -> None:
    answer = short_answer("Yeah, thank you.", target)

    assert answer
    assert re.search(f"[{target.profile.script.own}]", answer)
    assert not re.search(f"[{target.profile.script.foreign}]", answer)


@pytest.mark.parametrize("language", [x for x in Language if x.profile.punctuation.is_spaced])
def test_no_language_with_spaces_breaks_as_japanese_does(language: Language) -> None:
    text = "あのモデルはとても小さいです"

    assert len(pieces_of(text, Language.JA, 99.0)) > 1
    assert len(pieces_of(text, language, 99.0)) == 1
