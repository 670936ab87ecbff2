"""A translator is chosen by a value, and found missing when it is loaded."""

import pickle
from pathlib import Path

import pytest

from podcast.errors import BadInputError, SetupError
from podcast.language import Language
from podcast.model_reference import LoadOptions
from translation.engines.argos import ArgosFolder
from translation.engines.translator_factory import ENGINES, find_translator, named_translator

PACKAGES = Path(__file__).resolve().parents[3] / "demo" / "models" / "argos"


@pytest.mark.parametrize(
    ("choice", "place"), [("oracle:delphi", "delphi"), ("oracle:a:b", "a:b"), ("oracle:", None)]
)
def test_an_engine_can_be_named_before_its_place(
    choice: str, place: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setitem(
        ENGINES, "oracle", lambda where: asked.append(where) or ArgosFolder(PACKAGES)
    )

    find_translator(choice)

    assert asked == [place]


@pytest.mark.parametrize("choice", ["oracle", "nobody:here", "./oracle:x"])
def test_what_names_no_engine_is_a_place(choice: str) -> None:
    assert find_translator(choice) == ArgosFolder(Path(choice).resolve())


def test_a_translator_may_be_named_without_its_place() -> None:
    assert named_translator("argos") == find_translator()


@pytest.mark.parametrize("choice", ["oracle", "oracle:delphi", "", ":here", "Argos"])
def test_a_name_that_is_none_of_a_translators_is_refused_with_those_that_are(choice: str) -> None:
    with pytest.raises(BadInputError, match="Choose from argos"):
        named_translator(choice)


def test_a_reference_is_the_same_in_another_process() -> None:
    reference = find_translator(PACKAGES)

    sent = pickle.loads(pickle.dumps(reference))

    assert (sent, hash(sent), sent.identity()) == (
        *(reference, hash(reference), reference.identity()),
    )


@pytest.mark.parametrize("place", ["./none", "~/none", "/no/where"])
def test_a_place_without_a_model_is_named_when_it_is_loaded(place: str) -> None:
    reference = find_translator(place)

    with pytest.raises(SetupError, match=f"no folder of Argos packages at .*{Path(place).name}"):
        reference.load(LoadOptions())


def test_the_usual_place_may_be_empty_and_says_how_to_fill_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))

    translator = find_translator().load(LoadOptions())

    with pytest.raises(SetupError, match="models download argos-en-ko"):
        translator.describe(Language.KO)
