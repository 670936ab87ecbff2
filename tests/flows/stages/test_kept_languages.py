"""A run for some languages leaves the others of the episode as they are."""

import json
from pathlib import Path
from typing import Any

import pytest

from flows.settings import DEMO_MODELS
from outputs.linepairs import parse_page
from podcast.errors import SetupError
from podcast.timeline import Word

pytestmark = pytest.mark.usefixtures("prefect")


def run(audio: Path, out: Path, *languages: str, **parameters: Any) -> Path:
    from flows.episode import process_episode
    from flows.parameters import Models

    fixed = {"show": "Open Ears", "title": "A title", "models": Models(preset="demo")}
    return process_episode(
        audio=str(audio), out=out, languages=list(languages), **(fixed | parameters)
    )


def read(folder: Path) -> Any:
    return json.loads((folder / "episode.json").read_bytes())


def contents(folder: Path) -> dict[str, bytes]:
    """Name -> content of all files that hold no time of day."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name != "manifest.json"}


def listed(folder: Path) -> tuple[Any, Any, Any]:
    """Languages in the manifest, in the list of the show and in the index."""
    show = json.loads((folder.parent / "show.json").read_bytes())
    index = json.loads((folder.parents[1] / "index.json").read_bytes())
    manifest = json.loads((folder / "manifest.json").read_bytes())
    return tuple(x["languages"] for x in (manifest, *show["episodes"], *index["episodes"]))


def rows(folder: Path, code: str) -> list[str]:
    return [target for _, target in parse_page((folder / f"{code}.txt").read_text("utf-8")).pairs]


def say_otherwise(fakes: Any) -> None:
    """Let the translator say other things than before."""
    fakes.says = {
        "A title": {"ko": "새 제목", "zh": "新标题", "ja": "新しい題名"},
        "Now then": {"ko": "자, 그러면", "zh": "那么", "ja": "それでは"},
    }


def test_a_run_for_one_language_leaves_the_others_as_they_are(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    folder = run(tone, tmp_path / "out", "ko", "zh", "ja")
    before = contents(folder)
    fakes.calls.clear()

    run(tone, tmp_path / "out", "ko")

    assert contents(folder) == before
    assert listed(folder) == (["ko", "zh-Hans", "ja"],) * 3
    assert fakes.calls == []


def test_languages_added_one_by_one_make_the_same_files_as_all_at_once(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    at_once = run(tone, tmp_path / "all", "ja", "zh", "ko")

    for code in ("ja", "ko", "zh"):
        one_by_one = run(tone, tmp_path / "one", code)

    assert contents(one_by_one) == contents(at_once)


def test_the_other_languages_need_no_model_and_no_kept_result(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    folder = run(tone, tmp_path / "out", "ko", "zh")
    before = (folder / "zh.txt").read_bytes()
    say_otherwise(fakes)
    fakes.calls.clear()

    run(tone, tmp_path / "out", "ko", redo_from="diarize")

    assert fakes.calls == ["cluster None", "transcribe", "translate ko"]
    assert read(folder)["titles"]["ko"]["text"] == "새 제목"
    assert (folder / "zh.txt").read_bytes() == before


def test_rows_whose_english_is_new_are_translated_in_the_other_languages_too(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    folder = run(tone, tmp_path / "out", "ko", "zh", "ja")
    say_otherwise(fakes)
    fakes.words = [*fakes.words[:2], Word(2.6, 3.0, "Now", 0.9), Word(3.1, 3.5, "then", 0.9)]
    fakes.calls.clear()
    fakes.asked.clear()

    run(tone, tmp_path / "out", "ko", redo_from="transcribe")

    assert fakes.calls[-2:] == ["translate zh", "translate ja"]
    assert fakes.asked[-2:] == [("Now then",), ("Now then",)]
    assert rows(folder, "ja") == ["ええ。", "ええ。", "それでは"]
    assert read(folder)["titles"]["ko"]["text"] == "새 제목"
    assert read(folder)["titles"]["ja"]["text"] == "題名"


def test_a_language_is_taken_away_by_choice_alone(fakes: Any, tone: Path, tmp_path: Path) -> None:
    folder = run(tone, tmp_path / "out", "ko", "zh", "ja")

    run(tone, tmp_path / "out", "ko", "ja", only=True)

    assert list(read(folder)["titles"]) == ["ko", "ja"]
    assert listed(folder) == (["ko", "ja"],) * 3
    assert not [name for name in contents(folder) if "zh" in name]


def test_a_run_that_fails_takes_nothing_away(
    fakes: Any, tone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = run(tone, tmp_path / "out", "ko", "zh")
    before = contents(folder)

    def fail(*_arguments: Any) -> None:
        raise RuntimeError("the power went off")

    with monkeypatch.context() as broken:
        broken.setattr(fakes, "translate", fail)
        with pytest.raises(RuntimeError, match="power"):
            run(tone, tmp_path / "out", "ja", only=True)
    assert contents(folder) == before

    run(tone, tmp_path / "out", "ja")
    assert list(read(folder)["titles"]) == ["ko", "zh", "ja"]


def correct(folder: Path, entries: str) -> None:
    file = folder.with_name(f"{folder.name}.corrections.yaml")
    file.write_text(entries, encoding="utf-8")


def test_corrections_reach_the_other_languages(fakes: Any, tone: Path, tmp_path: Path) -> None:
    folder = run(tone, tmp_path / "out", "ko", "zh", "ja")
    entry = '{line: "0003", was: And then, text: Now then, translations: {zh: 好了}}'
    correct(folder, f"corrections:\n- {entry}\ntitles: {{ja: 耳}}\n")
    fakes.asked.clear()

    run(tone, tmp_path / "out", "ko")

    assert [rows(folder, code)[2] for code in ("ko", "zh", "ja")] == [
        "자, 그러면", "好了", "それでは",
    ]  # fmt: skip
    assert read(folder)["titles"]["ja"] == {"text": "耳", "made": "corrected", "checks": []}
    assert fakes.asked == [("Now then",), ("Now then",)]


def glossary(folder: Path, text: str) -> None:
    (folder.parent / "glossary.toml").write_text(text, encoding="utf-8")


PHONE = '[[term]]\nsource = "phone"\nko = "전화"\n'


def test_the_record_says_how_a_language_of_another_run_was_made(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    folder = run(tone, tmp_path / "out", "ko", "zh")
    made = read(folder)["provenance"]
    glossary(folder, PHONE)

    run(tone, tmp_path / "out", "ko")

    now = read(folder)["provenance"]
    assert now["options"]["translate"]["glossary"] != ""
    packages = {"packages": made["models"]["translate"]}
    assert now["options"]["translate zh"] == packages | made["options"]["translate"]
    assert now["models"]["translate zh"] == made["models"]["translate zh"]

    run(tone, tmp_path / "out", "zh")
    assert "translate zh" not in read(folder)["provenance"]["options"]


def test_the_record_says_if_a_language_is_made_in_two_ways(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    from flows.upkeep import retranslate

    folder = run(tone, tmp_path / "out", "ko", "zh")
    glossary(folder, PHONE)
    correct(folder, 'corrections:\n- {line: "0003", was: And then, text: Now then}\n')

    run(tone, tmp_path / "out", "ko")
    provenance = read(folder)["provenance"]
    packages = {"packages": provenance["models"]["translate"]}
    usual = packages | provenance["options"]["translate"]
    assert provenance["options"]["translate zh"] == usual | {"mixed": True}

    fakes.calls.clear()
    retranslate([folder], packages=DEMO_MODELS / "argos")
    assert fakes.calls == ["translate zh"]
    assert "translate zh" not in read(folder)["provenance"]["options"]


def test_a_line_is_corrected_in_each_language_as_that_was_made(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    from flows.published.published_record import read_published
    from flows.retranslation.line_retranslation import retranslate
    from podcast.errors import BadInputError

    folder = run(tone, tmp_path / "out", "ko", "zh")
    glossary(folder, PHONE)
    run(tone, tmp_path / "out", "ko")

    with pytest.raises(BadInputError, match=r"The Chinese of 'A title'.*again in that language"):
        retranslate(read_published(folder).record, ["0003"], folder)


def test_packages_that_are_missing_for_another_language_are_named_with_the_way_out(
    fakes: Any, tone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = run(tone, tmp_path / "out", "ko", "zh")
    before = contents(folder)
    correct(folder, 'corrections:\n- {line: "0003", was: And then, text: Now then}\n')
    describe = fakes.describe

    def without_chinese(target: str) -> Any:
        if target == "zh":
            raise SetupError("There are no packages for Chinese.")
        return describe(target)

    monkeypatch.setattr(fakes, "describe", without_chinese)
    with pytest.raises(SetupError, match=r"no packages for Chinese.*--only"):
        run(tone, tmp_path / "out", "ko")

    assert contents(folder) == before


def test_a_damaged_record_loses_no_language(fakes: Any, tone: Path, tmp_path: Path) -> None:
    folder = run(tone, tmp_path / "out", "ko", "zh")
    before = contents(folder)
    (folder / "episode.json").write_text("{", encoding="utf-8")

    run(tone, tmp_path / "out", "ko")

    assert contents(folder) == before


def test_a_language_that_was_added_while_the_run_worked_stays(
    fakes: Any, tone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.parameters import Models, Wording
    from flows.retranslation.episode_retranslation import RetranslationRequest, translate_again
    from podcast.language import Language

    folder = run(tone, tmp_path / "out", "ko")
    models = Models(preset="demo")
    order = RetranslationRequest((Language.JA,), Wording(), models, False, False)
    transcribe = fakes.transcribe

    def meanwhile(*arguments: Any) -> Any:
        translate_again(folder, order)
        return transcribe(*arguments)

    monkeypatch.setattr(fakes, "transcribe", meanwhile)
    run(tone, tmp_path / "out", "ko", redo_from="transcribe")

    assert list(read(folder)["titles"]) == ["ko", "ja"]
