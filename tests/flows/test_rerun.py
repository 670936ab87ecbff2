"""What a run does again and what it takes from earlier ones; what its page shows."""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("prefect")

ALL = ["cluster None", "transcribe", "translate ko"]


def run(audio: Path, out: Path, **parameters: Any) -> Path:
    from flows.episode import process_episode
    from flows.parameters import Models

    fixed: dict[str, Any] = {"show": "Open Ears", "title": "A title"}
    fixed |= {"languages": ["ko"], "models": Models(preset="demo")}
    return process_episode(audio=str(audio), out=out, **(fixed | parameters))


@pytest.mark.parametrize(
    ("stage", "again"),
    [("diarize", ALL), ("transcribe", ALL[1:]), ("translate", ALL[2:]), ("write", [])],
)
def test_a_rerun_from_a_stage_does_it_and_all_after_it_again(
    fakes: Any, tone: Path, tmp_path: Path, stage: str, again: list[str]
) -> None:
    run(tone, tmp_path / "out")
    fakes.calls.clear()

    run(tone, tmp_path / "out", redo_from=stage)

    assert fakes.calls == again


@pytest.mark.parametrize(
    ("work", "again"),
    [("segment_and_embed", ALL), ("cluster", ALL), ("transcribe", ALL[1:]), ("translate", ALL[2:])],
)
def test_after_a_failure_in_a_stage_only_it_and_what_follows_runs(
    fakes: Any,
    tone: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    work: str,
    again: list[str],
) -> None:
    def fail(*_arguments: Any) -> None:
        raise RuntimeError("the power went off")

    with monkeypatch.context() as broken:
        broken.setattr(fakes, work, fail)
        with pytest.raises(RuntimeError, match="power"):
            run(tone, tmp_path / "out")
    fakes.calls.clear()

    run(tone, tmp_path / "out")

    assert fakes.calls == again


def test_people_are_counted_again_without_being_heard_again(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    from flows.parameters import Speakers

    run(tone, tmp_path / "out")
    run(tone, tmp_path / "out", speakers=Speakers(exactly=2))

    assert len(fakes.pieces) == 1
    assert "cluster 2" in fakes.calls


def test_who_speaks_in_a_long_recording_is_heard_in_pieces_that_are_kept(
    fakes: Any, make_sound: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audio.waveforms.pieces.LONGEST", 6)
    monkeypatch.setattr("audio.waveforms.pieces.SEARCHED", 1)
    sound, hear = make_sound("long.wav", seconds=16), fakes.segment_and_embed

    def dying(waveform: Any, *arguments: Any) -> Any:
        if len(fakes.pieces) == 2:
            fakes.pieces.append(0.0)
            raise RuntimeError("the power went off")
        return hear(waveform, *arguments)

    monkeypatch.setattr(fakes, "segment_and_embed", dying)
    with pytest.raises(RuntimeError, match="power"):
        run(sound, tmp_path / "out")
    run(sound, tmp_path / "out")

    assert fakes.pieces == [6.0, 6.0, 0.0, pytest.approx(4.0)]


def test_a_long_recording_is_heard_in_pieces_and_a_run_that_died_goes_on_with_the_next(
    fakes: Any, make_sound: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audio.waveforms.pieces.LONGEST", 6)
    monkeypatch.setattr("audio.waveforms.pieces.SEARCHED", 1)
    sound, heard, hear = make_sound("long.wav", seconds=16), [], fakes.transcribe

    def dying(waveform: Any, *arguments: Any) -> Any:
        heard.append(waveform.duration)
        if len(heard) == 3:
            raise RuntimeError("the power went off")
        return hear(waveform, *arguments)

    monkeypatch.setattr(fakes, "transcribe", dying)
    with pytest.raises(RuntimeError, match="power"):
        run(sound, tmp_path / "out")
    folder = run(sound, tmp_path / "out")

    record = json.loads((folder / "episode.json").read_text(encoding="utf-8"))
    assert fakes.calls == ["cluster None", "transcribe", "transcribe", "transcribe", "translate ko"]
    assert len(heard) == 4
    assert sum([*heard[:2], heard[3]]) == pytest.approx(16)
    lines = [line["text"] for line in record["lines"]]
    assert lines == ["Yeah.", "Yeah.", "And then"] * 3
    starts = [line["start"] for line in record["lines"]]
    assert starts[3] == pytest.approx(heard[0] + 0.6)
    assert starts[6] == pytest.approx(heard[0] + heard[1] + 0.6)


def test_a_recording_is_decoded_once_for_all_that_listen(
    fakes: Any, tone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audio.decoding.decode import decode

    decoded: list[Path] = []

    def counted(path: Path, *arguments: Any, **named: Any) -> Any:
        decoded.append(path)
        return decode(path, *arguments, **named)

    monkeypatch.setattr("flows.stages.tasks.decode", counted)
    run(tone, tmp_path / "out")

    assert decoded == [tone]
    assert fakes.calls == ALL


def test_the_page_shows_pairs_figures_a_picture_and_what_was_reused(
    fakes: Any, tone: Path, tmp_path: Path, artifacts: Callable[[], dict[str, Any]]
) -> None:
    run(tone, tmp_path / "out", title="And then")
    run(tone, tmp_path / "out", title="And then", redo_from="translate")

    shown = artifacts()

    page = shown["Result"]["data"]
    assert "Work reused: segment, cluster, transcribe; made: translate ko." in page
    assert "And then  \n그러고 나서" in page
    for name in ("ko.html", "ko.txt", "report.md", "manifest.json"):
        assert str(tmp_path / "out" / "open-ears" / "and-then" / name) in page
    assert {"what": "lines", "value": 3} in json.loads(shown["Quality"]["data"])
    assert "](data:image/svg+xml;base64," in shown["Timeline"]["data"]
    assert (shown["Progress"]["data"], shown["Progress"]["description"]) == (
        *(100, "Progress: published"),
    )
    assert {artifact["key"] for artifact in shown.values()} == {None}


def test_the_page_says_what_became_of_each_language(
    fakes: Any, tone: Path, tmp_path: Path, artifacts: Callable[[], dict[str, Any]]
) -> None:
    run(tone, tmp_path / "out", title="Now then", languages=["ko", "zh"])

    run(tone, tmp_path / "out", title="Now then", languages=["ja"])
    page = artifacts()["Result"]["data"]
    assert "Languages asked for: Japanese; Korean stays as it was published;" in page

    run(tone, tmp_path / "out", title="Now then", languages=["ja", "ko"], only=True)
    page = artifacts()["Result"]["data"]
    assert "Languages asked for: Korean, Japanese; Chinese was taken away." in page


def test_the_bar_moves_within_a_stage_and_never_back() -> None:
    from flows.runs.stage_progress import Progress
    from flows.stages.run_page import Overall
    from podcast.language import Language

    overall = Overall([Language.KO, Language.JA])
    steps = [("segment", 0.0), ("segment", 0.5), ("transcribe", 0.2), ("segment", 0.1)]

    seen = [overall.take(Progress(stage, part, None, 1.0)) for stage, part in steps]

    assert seen == sorted(seen)
    assert 0 < seen[0] < seen[1] < seen[2] < 1
    assert overall.take(Progress("translate ja", 1.0, None, 1.0)) == 1


def test_the_bar_knows_stages_that_go_on_side_by_side() -> None:
    from flows.runs.stage_progress import Progress
    from flows.stages.run_page import Overall
    from podcast.language import Language

    overall = Overall([Language.KO])
    steps = [("segment", 0.0), ("transcribe", 0.5), ("segment", 0.5), ("segment", 1.0)]

    seen = [overall.take(Progress(stage, part, None, 1.0)) for stage, part in steps]

    assert seen == pytest.approx([part / 1.03 for part in (0.05, 0.25, 0.425, 0.6)])


def test_the_bar_moves_at_every_change_of_stage_and_says_that_a_model_loads(
    artifacts: Callable[[], dict[str, Any]],
) -> None:
    from prefect import flow

    from flows.runs.stage_progress import stage
    from flows.stages.run_page import progress_on_page
    from podcast.language import Language

    seen = []

    @flow
    def working() -> None:
        with progress_on_page([Language.KO]):
            for name in ("segment", "transcribe"):  # one right after the other
                with stage(name, logging.getLogger(__name__), loads=True) as report:
                    seen.append(artifacts()["Progress"]["description"])
                    report(0.0)
                    seen.append(artifacts()["Progress"]["description"])

    working()

    assert seen == [
        "Progress: segment, loading its model",
        "Progress: segment",
        "Progress: transcribe, loading its model",
        "Progress: transcribe",
    ]


@pytest.fixture
def full_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Three recordings of 100 bytes where there is room for 250, used long ago."""
    from flows.runs import cache_eviction
    from flows.settings import settings

    monkeypatch.setenv("INTERLINEAR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("INTERLINEAR_CACHE_LIMIT", "1")
    monkeypatch.setattr(cache_eviction, "GIGABYTE", 250)
    settings.cache_clear()
    settings().recordings.mkdir(parents=True)
    for age, name in enumerate(["new", "older", "oldest"]):
        (settings().recordings / name).write_bytes(bytes(100))
        os.utime(settings().recordings / name, (1e9 - age, 1e9 - age))
    yield settings().recordings
    settings.cache_clear()


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_cache_is_kept_below_its_limit_the_longest_unused_first(full_cache: Path) -> None:
    from flows.runs.cache_eviction import sweep_cache

    assert sweep_cache() == 100
    assert sweep_cache() == 0

    assert names_in(full_cache) == {"new", "older"}


def test_what_a_living_run_may_need_stays_the_rest_goes(full_cache: Path) -> None:
    from flows.runs.active_runs import living
    from flows.runs.cache_eviction import sweep_cache

    with living():
        for name in ("older", "oldest"):
            (full_cache / name).touch()
        with living():
            assert sweep_cache() == 100

    assert names_in(full_cache) == {"older", "oldest"}


def test_a_run_that_was_killed_keeps_nothing_from_being_swept(full_cache: Path) -> None:
    from flows.runs.cache_eviction import sweep_cache

    hold = "import os; from flows.runs.active_runs import living; living().__enter__(); os.abort()"
    subprocess.run([sys.executable, "-c", hold], check=False, cwd=Path(__file__).parents[2])
    for name in names_in(full_cache):
        (full_cache / name).touch()

    assert sweep_cache() == 100
    assert not list((full_cache.parent / "runs" / "living").iterdir())


def test_results_that_other_machines_share_are_not_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.runs import cache_eviction
    from flows.settings import settings

    monkeypatch.setenv("INTERLINEAR_CACHE_LIMIT", "1")
    monkeypatch.setenv("INTERLINEAR_RESULTS", str(tmp_path / "shared"))
    monkeypatch.setattr(cache_eviction, "GIGABYTE", 50)
    settings.cache_clear()
    for folder in (settings().results, settings().recordings):
        folder.mkdir(parents=True)
        (folder / "kept").write_bytes(bytes(100))

    assert cache_eviction.sweep_cache() == 100
    assert (tmp_path / "shared" / "kept").exists()


def test_a_second_run_of_an_episode_waits_for_the_first(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    from flows.published.folders import episode_folder
    from flows.runs.run_locks import place_of
    from podcast.files.locks import locked

    place = place_of(episode_folder(tmp_path / "out", "Open Ears", "A title"))
    is_held, is_waiting = threading.Event(), threading.Event()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "this one waits" in record.getMessage():
                assert fakes.calls == []
                is_waiting.set()

    def hold() -> None:
        with locked(place):
            is_held.set()
            is_waiting.wait(60)

    listener, first = Listener(), threading.Thread(target=hold)
    logging.getLogger("prefect.flow_runs").addHandler(listener)
    first.start()
    is_held.wait(60)
    try:
        run(tone, tmp_path / "out")
    finally:
        logging.getLogger("prefect.flow_runs").removeHandler(listener)
        first.join()

    assert is_waiting.is_set()
    assert fakes.calls == ALL


def test_every_line_of_the_log_names_the_episode(
    fakes: Any, tone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[logging.LogRecord] = []
    for name in ("prefect.flow_runs", "prefect.task_runs"):
        monkeypatch.setattr(logging.getLogger(name), "handle", said.append)

    run(tone, tmp_path / "out", title="And then")

    names = [vars(line).get("task_run_name") or vars(line)["flow_run_name"] for line in said]
    assert "translate ko (Open Ears: And then)" in names
    assert [name for name in names if "Open Ears: And then" not in name] == []
