"""A run decodes again what has no words, says what is left, and stops at another language."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.waveforms.waveform import SAMPLE_RATE
from podcast.errors import ForeignSpeechError
from podcast.timeline import LanguageSlice, SpeakerTurn, Word

pytestmark = pytest.mark.usefixtures("prefect")


def run(audio: Path, out: Path, **parameters: Any) -> Path:
    from flows.episode import process_episode
    from flows.parameters import Models

    parameters = {"show": "Open Ears", "title": "A title", "languages": ["ko"]} | parameters
    return process_episode(audio=str(audio), out=out, models=Models(preset="demo"), **parameters)


def record(folder: Path) -> Any:
    return json.loads((folder / "episode.json").read_text(encoding="utf-8"))


@pytest.fixture
def guest(fakes: Any) -> Any:
    """A host says two words, and then a guest something for three seconds that has none."""
    fakes.turns = [SpeakerTurn(0.5, 1.6, "Speaker 1"), SpeakerTurn(2.6, 5.6, "Speaker 2")]
    fakes.words = [Word(0.6, 1.0, "And", 0.9), Word(1.1, 1.5, "then", 0.9)]
    return fakes


def test_a_turn_without_words_is_decoded_alone_and_its_words_are_published(
    guest: Any, tone: Path, tmp_path: Path
) -> None:
    guest.alone = [Word(2.8, 3.2, "Now", 0.9), Word(3.3, 3.7, "then", 0.9)]

    published = record(run(tone, tmp_path / "out"))

    assert "decode alone 2.4-5.8" in guest.calls
    assert [(line["speaker"], line["text"]) for line in published["lines"]] == [
        ("Speaker 1", "And then"),
        ("Speaker 2", "Now then"),
    ]


def test_what_still_has_no_words_is_the_first_thing_in_the_report(
    guest: Any, tone: Path, tmp_path: Path
) -> None:
    folder = run(tone, tmp_path / "out")

    assert record(folder)["coverage"] == {
        "speech": 4.1,
        "unheard": [
            {"start": 2.6, "end": 5.6, "speaker": "Speaker 2", "reason": "no words recognised"}
        ],
        "knows_languages": False,
    }
    quality = record(folder)["quality"]
    assert quality["unheard_share"] == pytest.approx(3 / 4.1, abs=0.001)
    assert quality["speakers_without_line"] == ["Speaker 2"]
    _, first, *_ = (folder / "report.md").read_text(encoding="utf-8").split("\n\n")
    assert first == "## Speech that has no words"


def test_the_page_of_the_run_says_what_has_no_words_before_the_first_pair(
    guest: Any, tone: Path, tmp_path: Path, artifacts: Callable[[], dict[str, Any]]
) -> None:
    run(tone, tmp_path / "out", title="Half heard")

    shown = artifacts()
    page = shown["Result"]["data"]
    parts = ("## Speech that has no words", "Speaker 2", "## Korean")
    assert sorted(parts, key=page.index) == list(parts)
    assert "no words recognised" in page
    figures = json.loads(shown["Quality"]["data"])
    assert {"what": "speech without words", "value": "73.2%"} in figures
    assert {"what": "turns without a line", "value": 1} in figures
    assert {"what": "speakers without a line", "value": 1} in figures


@pytest.mark.parametrize(("stage", "again"), [(None, False), ("transcribe", True)])
def test_what_was_decoded_alone_is_kept_and_done_again_with_its_stage(
    guest: Any, tone: Path, tmp_path: Path, stage: str | None, *, again: bool
) -> None:
    run(tone, tmp_path / "out")
    guest.calls.clear()

    run(tone, tmp_path / "out", redo_from=stage)

    assert ("decode alone 2.4-5.8" in guest.calls) is again


@pytest.fixture
def german(guest: Any) -> Any:
    starts = [2.4 + 0.55 * n for n in range(6)]
    guest.turns = [SpeakerTurn(0.2, 2.2, "Speaker 1"), SpeakerTurn(2.4, 5.7, "Speaker 2")]
    guest.words = [Word(0.2, 2.0, "And", 0.9), Word(2.0, 2.2, "then", 0.9)]
    guest.words += [Word(s, s + 0.55, f"invented{n}", 0.6) for n, s in enumerate(starts)]
    guest.languages = [LanguageSlice(2.4, 5.4, {"de": 0.9, "en": 0.05})]
    guest.language = "de"
    return guest


def test_a_recording_that_is_mostly_not_english_is_refused_with_its_language(
    german: Any, tone: Path, tmp_path: Path
) -> None:
    german.words = german.words[2:]

    with pytest.raises(ForeignSpeechError, match=r"tone\.wav is not in English.*German.*--force"):
        run(tone, tmp_path / "out")

    assert not (tmp_path / "out").exists()
    folder = run(tone, tmp_path / "out", force_english=True)
    assert record(folder)["lines"][0]["text"].startswith("invented0")


def test_english_before_and_after_another_language_survives_and_nothing_is_invented(
    german: Any, save_wav: Callable[[str, np.ndarray], Path], tmp_path: Path
) -> None:
    german.turns = [*german.turns, SpeakerTurn(6.5, 8.5, "Speaker 1")]
    german.words += [Word(6.5, 7.5, "Now", 0.9), Word(7.5, 8.5, "then", 0.9)]
    sound = save_wav("talk.wav", 0.5 * np.sin(np.arange(9 * SAMPLE_RATE) * 0.2))

    published = record(run(sound, tmp_path / "out"))

    assert [line["text"] for line in published["lines"]] == ["And then", "Now then"]
    assert {word["reason"] for word in published["dropped"]} == {"German, not English"}
    assert [u["reason"] for u in published["coverage"]["unheard"]] == ["German, not English"]
    assert ["foreign" in line["flags"] for line in published["lines"]] == [True, True]


def test_speakers_are_numbered_by_their_first_line(guest: Any, tone: Path, tmp_path: Path) -> None:
    guest.turns = [
        SpeakerTurn(0.1, 0.4, "Speaker 1"),
        SpeakerTurn(0.5, 1.6, "Speaker 2"),
        SpeakerTurn(2.6, 5.6, "Speaker 3"),
    ]
    guest.alone = [Word(2.8, 3.2, "Now", 0.9), Word(3.3, 3.7, "then", 0.9)]

    published = record(run(tone, tmp_path / "out"))

    assert [line["speaker"] for line in published["lines"]] == ["Speaker 1", "Speaker 2"]
    assert [turn["speaker"] for turn in published["turns"]] == [
        "Speaker 3", "Speaker 1", "Speaker 2",
    ]  # fmt: skip
