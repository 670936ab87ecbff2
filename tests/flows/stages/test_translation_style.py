"""How rows are to be worded is read, kept in the record, and found again."""

from pathlib import Path

import pytest

from flows.parameters import Wording
from flows.stages.translation_style import load_wording, wording_described
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.register import Register
from translation.conversation import Style

WISHED = Wording(registers={"ko": {"everybody": "polite", "Ann Lee": "formal"}}, full_width=False)


def test_registers_are_those_of_a_language_and_its_speakers(tmp_path: Path) -> None:
    wording = load_wording(WISHED, tmp_path)

    assert wording.style(Language.KO) == Style(
        (), (("", Register.POLITE), ("Ann Lee", Register.FORMAL))
    )
    assert wording.style(Language.JA) == Style()


@pytest.mark.parametrize("wording", [WISHED, Wording(), Wording(latin_spacing=False)])
def test_what_a_record_says_of_the_wording_is_the_wording(wording: Wording, tmp_path: Path) -> None:
    described = load_wording(wording, tmp_path).described()

    assert wording_described(described) == wording
    assert ("registers" in described) == bool(wording.registers)


@pytest.mark.parametrize(("language", "register"), [("zh", "polite"), ("ja", "casual")])
def test_a_register_that_a_language_has_not_is_refused(
    language: str, register: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInputError, match=f"has no register '{register}'"):
        load_wording(Wording(registers={language: {"everybody": register}}), tmp_path)
