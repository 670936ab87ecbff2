"""A corrected English line is translated again alone, as the other lines were translated."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from flows.cli.commands_correct import correct
from flows.published.published_record import read_published
from flows.retranslation.line_retranslation import retranslate
from flows.settings import settings
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError, SetupError
from podcast.transcript import Translation
from translation.engines.argos import ArgosFolder
from translation.engines.fake_translator import FakeTranslator
from translation.engines.translator_factory import ENGINES

pytestmark = pytest.mark.usefixtures("prefect")


@pytest.fixture
def folder(fakes: Any, tone: Path, tmp_path: Path) -> Path:
    """An episode of three lines in Korean and Japanese, published by a run."""
    from flows.episode import process_episode
    from flows.parameters import Models

    published = process_episode(
        audio=str(tone),
        show="Open Ears",
        title="A title",
        languages=["ko", "ja"],
        models=Models(preset="demo"),
        out=tmp_path / "out",
    )
    fakes.calls.clear()
    fakes.asked.clear()
    return published


def translations(folder: Path, row: int) -> Any:
    return json.loads((folder / "episode.json").read_text())["lines"][row]["translations"]


def test_only_the_corrected_line_is_asked_for(fakes: Any, folder: Path) -> None:
    result = CliRunner().invoke(
        correct, [str(folder), "0003", "--text", "Now then"], catch_exceptions=False
    )

    assert result.exit_code == 0, result.output
    assert fakes.asked == [("Now then",), ("Now then",)]
    assert translations(folder, 2)["ko"] == {"text": "자, 그러면", "made": "model", "checks": []}
    assert translations(folder, 0)["ko"]["text"] == "네."
    assert "Now then\n자, 그러면" in (folder / "ko.txt").read_text()


def test_a_translation_by_hand_stays(fakes: Any, folder: Path) -> None:
    arguments = [str(folder), "0003", "--text", "Now then", "--ko", "자, 이제"]

    CliRunner().invoke(correct, arguments, catch_exceptions=False)

    assert translations(folder, 2)["ko"]["text"] == "자, 이제"
    assert translations(folder, 2)["ko"]["made"] == "corrected"
    assert translations(folder, 2)["ja"]["text"] == "それでは"


def test_packages_that_are_gone_are_named(fakes: Any, folder: Path) -> None:
    record = read_published(folder).record
    models = record.provenance.models | {"translate": "argos@0000000000000000"}
    other = replace(record, provenance=replace(record.provenance, models=models))

    with pytest.raises(SetupError, match="argos@0000000000000000"):
        retranslate(other, ["0003"], folder)


def made_by_oracle(record: EpisodeRecord, place: ArgosFolder) -> EpisodeRecord:
    """A record whose Korean another translator has made."""
    way = {"glossary": "", "latin_spacing": True, "full_width": True, "packages": "argos@0"}
    options = {"translate ko": {**way, "translator": place.identity()}}
    lines = (replace(record.lines[0], text="We go."),)
    return replace(record, lines=lines, provenance=replace(record.provenance, options=options))


def test_a_line_goes_with_its_neighbours_through_the_translator_that_made_its_page(
    fakes: Any, record: EpisodeRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = ArgosFolder(tmp_path / "oracle")
    oracle = FakeTranslator(lambda *_: ("우리는 가요.",), reads_context=True)
    fakes.others[place] = oracle
    monkeypatch.setitem(ENGINES, "oracle", lambda _: place)
    monkeypatch.setenv("INTERLINEAR_TRANSLATORS", "ko=oracle")
    settings.cache_clear()

    changed = retranslate(made_by_oracle(record, place), ["0001"], tmp_path)

    assert changed.lines[0].translations["ko"].text == "우리는 가요."
    assert [row.text for row in oracle.asked[0]] == ["A title", "We go."]


def test_a_translator_that_is_none_of_this_machine_is_named(
    fakes: Any, record: EpisodeRecord, tmp_path: Path
) -> None:
    with pytest.raises(SetupError, match="oracle@"):
        retranslate(made_by_oracle(record, ArgosFolder(tmp_path / "oracle")), ["0001"], tmp_path)


def test_another_glossary_than_the_episodes_is_refused(fakes: Any, folder: Path) -> None:
    glossary = folder.parent / "glossary.toml"
    glossary.write_text('[[term]]\nsource = "GPU"\nkeep = true\n', encoding="utf-8")

    with pytest.raises(BadInputError, match=r"another glossary\.toml"):
        retranslate(read_published(folder).record, ["0003"], folder)


def test_a_row_that_fails_again_keeps_its_english(fakes: Any, folder: Path) -> None:
    record = read_published(folder).record
    lines = (*record.lines[:2], replace(record.lines[2], text="Nobody knows this."))

    changed = retranslate(replace(record, lines=lines), ["0003"], folder)

    assert changed.lines[2].translations["ko"] == Translation(
        "Nobody knows this.", "source", ("empty",)
    )
    assert changed.lines[:2] == record.lines[:2]
