"""The flow, in a real Prefect engine; only the models are fakes."""

import json
from pathlib import Path
from typing import Any

import pytest

from flows.parameters import Pages
from outputs.linepairs import parse_page
from podcast.errors import BadInputError, NoSpeechError
from podcast.timeline import Word

pytestmark = pytest.mark.usefixtures("prefect")


def run(audio: Path, out: Path, **parameters: Any) -> Path:
    from flows.episode import process_episode
    from flows.parameters import Models

    parameters = {"show": "Open Ears", "title": "A title", "models": Models(preset="demo")} | (
        parameters
    )
    return process_episode(audio=str(audio), out=out, **parameters)


def test_an_episode_is_published_with_the_same_rows_in_every_language(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    folder = run(tone, tmp_path / "out")

    assert folder == tmp_path / "out" / "open-ears" / "a-title"
    pages = {code: parse_page((folder / f"{code}.txt").read_text()) for code in ("ko", "zh", "ja")}
    assert pages["ko"].header == ("Open Ears", "제목")
    assert pages["ko"].pairs == (
        ("Yeah.", "네."),
        ("Yeah.", "네."),
        ("And then", "그러고 나서"),
    )
    spines = {tuple(english for english, _ in page.pairs) for page in pages.values()}
    assert len(spines) == 1


def test_the_record_says_who_spoke_when_and_what_made_it(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    record = json.loads((run(tone, tmp_path / "out") / "episode.json").read_text())

    assert [(line["id"], line["speaker"], line["start"]) for line in record["lines"]] == [
        ("0001", "Speaker 1", 0.6),
        ("0002", "Speaker 2", 1.6),
        ("0003", "Speaker 1", 2.6),
    ]
    assert record["recording"]["source"] == "tone.wav"
    assert set(record["provenance"]["models"]) == {
        "diarize", "transcribe", "translate", "translate ko", "translate zh", "translate ja",
    }  # fmt: skip
    assert record["provenance"]["models"]["translate ko"] == "en->ko"
    assert record["provenance"]["options"]["transcribe"]["language"] == "en"


def test_an_episode_of_a_feed_keeps_its_folder_when_its_title_changes(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    known = {"guid": "https://example.org/42", "published_at": "2026-11-25"}

    folder = run(tone, tmp_path / "out", **known)
    again = run(tone, tmp_path / "out", title="Another title", **known)

    record = json.loads((again / "episode.json").read_text())
    assert again == folder
    assert (record["guid"], record["title"]) == ("https://example.org/42", "Another title")
    assert record["published_at"] == "2026-11-25T00:00:00Z"


def test_a_correction_made_while_the_run_works_is_on_its_page(
    fakes: Any, tone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "out" / "open-ears" / "a-title.corrections.yaml"
    entry = 'corrections:\n- {line: "0003", was: And then, text: Now then}\n'
    translate = fakes.translate

    def corrected_meanwhile(*arguments: Any) -> Any:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(entry, encoding="utf-8")
        return translate(*arguments)

    monkeypatch.setattr(fakes, "translate", corrected_meanwhile)
    folder = run(tone, tmp_path / "out", languages=["ko"])

    page = parse_page((folder / "ko.txt").read_text("utf-8"))
    assert page.pairs[2] == ("Now then", "자, 그러면")


def test_the_number_of_speakers_and_the_languages_are_passed_on(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    from flows.parameters import Speakers

    folder = run(tone, tmp_path / "out", languages=["ja"], speakers=Speakers(exactly=2))

    assert fakes.calls == ["cluster 2", "transcribe", "translate ja"]
    pages = {path.name for path in folder.glob("*.txt")}
    assert pages == {"en.plain.txt", "ja.plain.txt", "ja.txt", "ja.annotated.txt"}


def test_a_second_run_does_only_the_work_that_is_new(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    first = run(tone, tmp_path / "out", languages=["ko"])
    record = (first / "episode.json").read_bytes()
    fakes.calls.clear()

    run(tone, tmp_path / "out", languages=["ko"])
    assert fakes.calls == []
    assert (first / "episode.json").read_bytes() == record

    run(tone, tmp_path / "out", languages=["ko", "zh"])
    assert fakes.calls == ["translate zh"]


def test_titles_given_by_hand_stay(fakes: Any, tone: Path, tmp_path: Path) -> None:
    folder = run(
        tone, tmp_path / "out", languages=["ko", "ja"], titles={"ko": "손 제목"}, label="Back"
    )

    assert (folder / "ko.txt").read_text().startswith("BackOpen Ears\n손 제목\n")
    assert (folder / "ja.txt").read_text().startswith("BackOpen Ears\n題名\n")


def test_a_title_in_a_language_that_there_is_not_is_refused_before_any_work(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    with pytest.raises(BadInputError, match="Unknown target language 'fr'"):
        run(tone, tmp_path / "out", titles={"fr": "Titre"})

    assert fakes.calls == []


def test_a_row_that_the_model_leaves_empty_keeps_its_english_flagged(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    fakes.words = [Word(0.6, 1.0, "Blorp.", 0.9)]

    folder = run(tone, tmp_path / "out", languages=["ko"])

    line = json.loads((folder / "episode.json").read_text())["lines"][0]
    assert line["translations"]["ko"] == {"text": "Blorp.", "made": "source", "checks": ["empty"]}


def test_silence_is_refused_before_any_model_is_asked(
    fakes: Any, silence: Path, tmp_path: Path
) -> None:
    with pytest.raises(NoSpeechError, match=r"silence\.wav is silent"):
        run(silence, tmp_path / "out")

    assert fakes.calls == []
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("missing", ["turns", "words"])
def test_sound_without_speech_is_refused_with_the_reason(
    fakes: Any, tone: Path, tmp_path: Path, missing: str
) -> None:
    setattr(fakes, missing, [])

    with pytest.raises(NoSpeechError, match=r"Nobody speaks in tone\.wav"):
        run(tone, tmp_path / "out")

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["show", "title"])
@pytest.mark.parametrize("text", ["", "  ", "two\nlines"])
def test_a_header_that_is_not_one_line_is_refused(
    fakes: Any, tone: Path, tmp_path: Path, name: str, text: str
) -> None:
    with pytest.raises(BadInputError, match=f"The {name} must be one line"):
        run(tone, tmp_path / "out", **{name: text})


def test_a_page_that_could_not_play_is_refused_before_anything_is_heard(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    with pytest.raises(BadInputError, match="cannot play"):
        run(tone, tmp_path / "out", pages=Pages(audio="javascript:alert(1)"))


def test_a_guid_of_two_lines_is_refused(fakes: Any, tone: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="The guid must be one line"):
        run(tone, tmp_path / "out", guid="two\nlines")


def test_progress_is_reported_for_every_stage(fakes: Any, tone: Path, tmp_path: Path) -> None:
    from flows.runs.stage_progress import Progress, listening

    seen: list[Progress] = []
    with listening(seen.append):
        run(tone, tmp_path / "out", languages=["ko"])

    assert list(dict.fromkeys(step.stage for step in seen)) == [
        "decode", "segment", "cluster", "transcribe", "translate ko", "write",
    ]  # fmt: skip
    halves = [step for step in seen if step.fraction == 0.5]
    assert all(step.speed and step.speed > 0 for step in halves)
    for name in ("segment", "transcribe"):
        fractions = [step.fraction for step in seen if step.stage == name]
        assert list(dict.fromkeys(fractions)) == [0.0, 0.5, 1.0]
