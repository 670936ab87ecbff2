"""Each language goes through its translator, and what that fails at through another one."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from podcast.register import Register
from translation.conversation import Answer, SourceRow, Style
from translation.engines.argos import ArgosFolder
from translation.engines.fake_translator import FakeTranslator
from translation.engines.translator_factory import ENGINES
from translation.glossary.terms import Term

pytestmark = pytest.mark.usefixtures("prefect")

KNOWN = {"A title": "한 제목", "Yeah.": "응."}


@pytest.fixture
def oracle(fakes: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeTranslator:
    """A translator that reads conversations, and knows only some rows."""
    place = ArgosFolder(tmp_path / "oracle")
    monkeypatch.setitem(ENGINES, "oracle", lambda _: place)
    fakes.words[-2:] = [
        replace(word, text=text) for word, text in zip(fakes.words[-2:], ("We", "go."), strict=True)
    ]
    fakes.says = {**fakes.says, "We go.": {"ko": "우리는 가요.", "ja": "行きます。"}}
    reads = FakeTranslator(
        lambda text, _: (Answer(KNOWN.get(text, ""), -0.5, "Ye."),), reads_context=True
    )
    fakes.others[place] = reads
    return reads


def run(audio: Path, out: Path, *languages: str, **registers: dict[str, str]) -> Any:
    from flows.episode import process_episode
    from flows.parameters import Models, Speakers, Wording

    folder = process_episode(
        audio=str(audio),
        show="Open Ears",
        title="A title",
        languages=list(languages),
        speakers=Speakers(names={"Speaker 1": "Ann"}),
        wording=Wording(registers=registers),
        models=Models(preset="demo", translators={"ko": "oracle"}),
        out=out,
    )
    return json.loads((folder / "episode.json").read_text("utf-8"))


def test_a_language_goes_through_its_own_translator_and_then_through_the_usual_one(
    fakes: Any, oracle: FakeTranslator, tone: Path, tmp_path: Path
) -> None:
    record = run(tone, tmp_path / "out", "ko", "ja", ja={"everybody": "polite"})

    *_, last = record["lines"]
    assert record["titles"]["ko"] == {
        "text": "한 제목", "made": "model", "checks": [], "meant": "Ye.", "score": -0.5,
    }  # fmt: skip
    assert last["translations"]["ko"] == {
        "text": "우리는 가요.", "made": "other-engine", "checks": [],
    }  # fmt: skip
    assert last["translations"]["ja"]["made"] == "model"
    assert fakes.calls[-2:] == ["translate ko", "translate ja"]
    made = record["provenance"]
    assert made["options"]["translate ko"]["translator"].startswith("oracle@")
    assert made["models"]["translate ko"] == "en->ko; en->ko"
    assert "translate ja" not in made["options"]


def test_a_conversation_is_given_whole_with_its_speakers_pauses_terms_and_registers(
    oracle: FakeTranslator, tone: Path, tmp_path: Path
) -> None:
    show = tmp_path / "out" / "open-ears"
    show.mkdir(parents=True)
    (show / "glossary.toml").write_text('[[term]]\nsource = "Lee"\nko = "리"\n', "utf-8")

    run(tone, tmp_path / "out", "ko", ko={"Ann": "formal"})

    assert oracle.asked[0] == (
        SourceRow("A title"),
        SourceRow("Yeah.", "Ann", 0.0),
        SourceRow("Yeah.", "Speaker 2", 0.6),
        SourceRow("We go.", "Ann", 0.6),
    )
    assert oracle.styles[0] == Style((Term("Lee", "리"),), (("Ann", Register.FORMAL),))


def test_a_conversation_is_kept_until_a_row_or_the_style_changes(
    fakes: Any, oracle: FakeTranslator, tone: Path, tmp_path: Path
) -> None:
    run(tone, tmp_path / "out", "ko")
    oracle.asked.clear()

    run(tone, tmp_path / "out", "ko")
    assert oracle.asked == []

    (tmp_path / "out" / "open-ears" / "glossary.toml").write_text(
        '[[term]]\nsource = "Lee"\nko = "리"\n', "utf-8"
    )
    run(tone, tmp_path / "out", "ko")
    assert len(oracle.asked[0]) == 4
