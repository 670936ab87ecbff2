"""The demo, end to end: the real flow, the real libraries, the bundled models."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from demo import evaluate, scores
from outputs.linepairs import Page, parse_page
from outputs.record.episode_record import RECORD_FORM, parse_record
from outputs.record.record_types import EpisodeRecord
from podcast.transcript import Translation

pytestmark = pytest.mark.model

LANGUAGES = ("ko", "zh", "ja")


@pytest.fixture(scope="session")
def demo_run(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[subprocess.CompletedProcess[str], Path]]:
    """Run `interlinear demo` once, as a newcomer does: a new home, nothing remembered."""
    home = tmp_path_factory.mktemp("home")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "INTER"))}
    environment |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}
    environment.pop("XDG_DATA_HOME", None)
    command = [Path(sys.executable).with_name("interlinear"), "demo", "--out", home / "published"]
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    return run, home / "published" / "open-ears" / "small-models-for-old-phones"


@pytest.fixture(scope="session")
def record(demo_run: tuple[subprocess.CompletedProcess[str], Path]) -> EpisodeRecord:
    return parse_record((demo_run[1] / "episode.json").read_bytes())


@pytest.fixture(scope="session")
def pages(demo_run: tuple[subprocess.CompletedProcess[str], Path]) -> dict[str, Page]:
    texts = {code: (demo_run[1] / f"{code}.txt").read_text("utf-8") for code in LANGUAGES}
    return {code: parse_page(text) for code, text in texts.items()}


def test_it_prints_the_first_pairs_of_each_language_and_where_the_files_are(
    demo_run: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    run, folder = demo_run

    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    for code in LANGUAGES:
        assert re.search(
            rf"^{code}\.txt\n  Open Ears\n  \S.*\n  Hello\.\n",
            run.stdout,
            re.MULTILINE,
        )
    assert str(folder) in run.stdout
    for stage in ("decode", "segment", "transcribe", "translate ko"):
        done = rf"^\d/5 {stage} +done in \d+\.\d s"
        assert re.search(done, run.stderr, re.MULTILINE), run.stderr


def test_the_three_languages_have_the_same_rows(pages: dict[str, Page]) -> None:
    spines = {tuple(english for english, _ in page.pairs) for page in pages.values()}

    assert len(spines) == 1
    assert all(text.strip() for page in pages.values() for _, text in page.pairs)


def test_the_record_follows_the_released_schema(
    demo_run: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    document = json.loads((demo_run[1] / "episode.json").read_text("utf-8"))

    jsonschema.validate(document, json.loads(RECORD_FORM.schema_file.read_text("utf-8")))
    assert all(line["words"] for line in document["lines"])
    assert [speaker["id"] for speaker in document["speakers"]] == [
        "Speaker 1", "Speaker 2", "Speaker 3",
    ]  # fmt: skip


def test_three_honest_answers_stay_three_rows(pages: dict[str, Page]) -> None:
    english = [english for english, _ in pages["ko"].pairs]

    assert any(english[n : n + 3] == ["Yeah."] * 3 for n in range(len(english)))


def test_an_interrupted_piece_is_a_row_without_a_full_stop(pages: dict[str, Page]) -> None:
    english = [english for english, _ in pages["ko"].pairs]

    assert "And then we" in english


def test_names_and_numbers_survive_translation(pages: dict[str, Page]) -> None:
    rows = {code: dict(page.pairs) for code, page in pages.items()}

    assert "700만" in rows["ko"]["It has 7 million parameters."]
    assert "700 万" in rows["zh"]["It has 7 million parameters."]
    assert "700 万" in rows["ja"]["It has 7 million parameters."]
    assert all("GPU" in rows[code]["It does not need a GPU."] for code in LANGUAGES)


def test_the_models_reach_their_targets_on_the_episode(record: EpisodeRecord) -> None:
    figures = list(evaluate.episode_figures(record, scores.load_truth()))

    assert len(figures) == 8
    assert [f"{f.name}: {f.value}" for f in figures if not f.is_met] == []


def test_the_translators_reach_their_targets_on_the_script() -> None:
    figures = list(evaluate.translator_figures(scores.load_truth()))

    assert [f"{f.name}: {f.value}" for f in figures if not f.is_met] == []
    assert len(figures) == len(LANGUAGES)


def test_all_weights_together_are_small() -> None:
    figure = evaluate.weights_figure()

    assert figure.is_met, figure.value


def test_what_is_measured_would_notice_a_wrong_speaker_word_or_row(record: EpisodeRecord) -> None:
    """Measure the episode against itself with one half of it turned around."""
    truth = scores.load_truth()
    turned = scores.Truth(truth.title, tuple(reversed(truth.lines)))

    figures = {f.name: f for f in evaluate.episode_figures(record, turned)}

    assert not figures["WER, demo episode"].is_met


def test_it_says_what_it_said(record: EpisodeRecord) -> None:
    """The kept record is the one whose files `tests/outputs/test_published_bytes.py` compares."""
    path = Path(__file__).parents[1] / "outputs" / "published" / "episode.json"

    kept = parse_record(path.read_bytes())

    assert _said(record) == _said(kept)
    assert _unscored(record.titles) == _unscored(kept.titles)
    starts = [line.start for line in record.lines]
    assert starts == pytest.approx([line.start for line in kept.lines], abs=0.1)


def _said(record: EpisodeRecord) -> list[tuple[object, ...]]:
    return [
        (line.id, line.speaker, line.text, _unscored(line.translations)) for line in record.lines
    ]


def _unscored(translations: Mapping[str, Translation]) -> dict[str, Translation]:
    """Return translations without how sure the model was, which differs between processors."""
    return {code: replace(text, score=None) for code, text in translations.items()}
