"""Each language has its translator, and whoever is asked for what that one fails at."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.models.loaded_models import using
from flows.models.translators import (
    DEMO_TRANSLATORS,
    Translators,
    describe_translators,
    find_translators,
    load_translators,
    others_missing,
)
from flows.parameters import LanguageModel, Models
from flows.settings import settings
from podcast.errors import BadInputError, SetupError
from podcast.language import Language
from translation.engines.argos import ArgosFolder
from translation.engines.fake_translator import FakeTranslator
from translation.engines.translator import Translator, TranslatorReference

HERE = ArgosFolder(Path("/here"))
THERE = ArgosFolder(Path("/there"))


@pytest.fixture(autouse=True)
def read_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", "/here")
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_a_language_without_a_choice_has_the_usual_translator() -> None:
    assert find_translators(Models()).into(Language.KO) == (HERE,)


def test_the_usual_translator_is_asked_for_what_the_chosen_one_fails_at() -> None:
    found = find_translators(Models(translators={"ko": "argos:/there"}))

    assert found.into(Language.KO) == (THERE, HERE)
    assert found.into(Language.JA) == (HERE,)


@pytest.mark.parametrize("name", ["argos", "argos:/here"])
def test_nobody_is_asked_for_what_they_have_failed_at_themselves(name: str) -> None:
    assert find_translators(Models(translators={"ko": name})).into(Language.KO) == (HERE,)


def test_a_run_goes_before_the_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERLINEAR_TRANSLATORS", "ko=argos:/there ja=argos:/there")

    found = find_translators(Models(translators={"ko": "argos"}))

    assert (found.into(Language.KO), found.into(Language.JA)) == ((HERE,), (THERE, HERE))


def test_the_demo_stays_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERLINEAR_TRANSLATORS", "ko=argos:/there")

    assert find_translators(Models(preset="demo")) == DEMO_TRANSLATORS


class Says(FakeTranslator):
    """Translates into the languages that its name holds."""

    def __init__(self, name: str) -> None:
        super().__init__(lambda *_: ())
        self.name = name

    def describe(self, target: Language) -> str:
        if target.value not in self.name:
            raise SetupError(f"Nothing here translates into {target.label}.")
        return f"en->{target.value} of {self.name}"


class Loads:
    """Loads what is named after the folder."""

    def translator(self, reference: TranslatorReference) -> Translator:
        assert isinstance(reference, ArgosFolder)
        return Says(reference.folder.name)


@pytest.mark.parametrize(
    ("usual", "described"), [("ko-ja", "en->ko of ko; en->ko of ko-ja"), ("ja", "en->ko of ko")]
)
def test_whoever_does_not_translate_into_a_language_is_not_asked(
    usual: str, described: str
) -> None:
    found = Translators(ArgosFolder(Path(usual)), ((Language.KO, ArgosFolder(Path("ko"))),))

    with using(Loads()):  # type: ignore[arg-type]  it hears nothing
        loaded = load_translators(found, Language.KO)
        said = describe_translators(found, Language.KO)

    assert len(loaded) == said.count(";") + 1
    assert said == described


def test_it_is_said_why_nobody_is_asked_for_what_is_left() -> None:
    found = Translators(ArgosFolder(Path("ja")), ((Language.KO, ArgosFolder(Path("ko"))),))

    with using(Loads()):  # type: ignore[arg-type]  it hears nothing
        assert others_missing(found, Language.KO) == "Nothing here translates into Korean."
        assert others_missing(found, Language.JA) == ""


def test_a_language_model_that_no_language_is_translated_by_is_refused() -> None:
    with pytest.raises(BadInputError, match="--translator llm"):
        find_translators(Models(translators={"ko": "argos"}, llm=LanguageModel(model="a")))


def test_a_chosen_translator_without_the_language_is_an_error() -> None:
    found = Translators(ArgosFolder(Path("ko")), ((Language.KO, ArgosFolder(Path("ja"))),))

    hears_nothing: Any = Loads()
    with using(hears_nothing), pytest.raises(SetupError, match="into Korean"):
        describe_translators(found, Language.KO)
