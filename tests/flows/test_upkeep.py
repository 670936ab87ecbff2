"""Work over a back catalogue: in batches, on a real Dask cluster or without one."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows.published import cluster
from flows.published.batch_results import BatchResult
from flows.published.batches import in_batches
from flows.published.cluster import started_runner
from flows.published.correcting import keep_correction
from flows.published.published_record import publish, read_published
from flows.settings import settings
from outputs.record.record_types import EpisodeRecord
from podcast.editing.corrections import Correction
from podcast.errors import BadInputError, NetworkError, StorageError
from podcast.language import Language

pytestmark = pytest.mark.usefixtures("prefect")

ROOT = Path(__file__).resolve().parents[2]
DEMO_PACKAGES = ROOT / "demo" / "models" / "argos"


@pytest.fixture(scope="session")
def dask_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler and a worker, as an operator starts them."""
    folder = tmp_path_factory.mktemp("dask")
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file), "--dashboard-address", "127.0.0.1:0"]
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", "0", *common]
    one = ["--no-nanny", "--nthreads", "1", "--local-directory", str(folder)]
    commands = [scheduler, ["worker", "--host", "127.0.0.1", *common, *one]]
    with (folder / "log").open("wb") as log:
        processes = [
            subprocess.Popen(
                [sys.executable, "-m", "dask", *command], stdout=log, stderr=log, cwd=folder
            )
            for command in commands
        ]
        try:
            yield _address(file)
        finally:
            for process in reversed(processes):
                process.terminate()
                process.wait(30)


def _address(file: Path) -> str:
    from distributed import Client

    with Client(scheduler_file=str(file), timeout=60, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=60)
        return str(client.scheduler.address)


@pytest.fixture
def on_dask(dask_cluster: str, prefect: None, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("INTERLINEAR_DASK", dask_cluster)
    settings.cache_clear()
    return dask_cluster


@pytest.fixture
def catalogue(record: EpisodeRecord, tmp_path: Path) -> Path:
    """Five episodes of a show, the third of them damaged."""
    out = tmp_path / "out"
    for number in range(5):
        publish(out / "open-ears" / str(number), replace(record, guid=str(number)))
    (out / "open-ears" / "2" / "episode.json").write_text("{}")
    return out


def read(catalogue: Path, number: int) -> Any:
    return json.loads((catalogue / "open-ears" / str(number) / "episode.json").read_text())


def test_a_dask_cluster_renders_all_but_the_episode_that_is_damaged(
    on_dask: str, catalogue: Path
) -> None:
    from flows.upkeep import rerender

    with pytest.raises(StorageError, match=r"1 of 5 .*open-ears/2/episode\.json"):
        rerender(catalogue, interface="nl")

    assert [read(catalogue, n)["rendering"]["interface"] for n in (0, 1, 3, 4)] == ["nl"] * 4
    assert _imported("flows.retranslation.batch_tasks", on_dask) == {True}


def test_a_dask_cluster_adds_a_language_and_only_once(on_dask: str, catalogue: Path) -> None:
    from flows.upkeep import retranslate

    paths = [catalogue / "open-ears" / name for name in "0134"]

    first = retranslate(paths, languages=["ja"], packages=DEMO_PACKAGES)
    second = retranslate(paths, languages=["ja"], packages=DEMO_PACKAGES)

    assert (first, second) == (4, 0)
    assert read(catalogue, 0)["titles"].keys() == {"ko", "ja"}
    assert (catalogue / "open-ears" / "4" / "ja.html").is_file()
    listed = json.loads((catalogue / "open-ears" / "show.json").read_text())
    assert [episode["languages"] for episode in listed["episodes"]].count(["ko", "ja"]) == 4


def _imported(module: str, address: str) -> set[bool]:
    from distributed import Client

    with Client(address, timeout=30, set_as_default=False) as client:
        return set(client.run(lambda: module in sys.modules).values())


@pytest.mark.parametrize("name", ["local:none", "local:0", "scheduler:8786"])
def test_a_setting_that_names_no_cluster_is_explained(name: str) -> None:
    with pytest.raises(BadInputError, match="INTERLINEAR_DASK"), started_runner(name):
        pass


def test_a_cluster_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)

    with (
        pytest.raises(NetworkError, match=r"tcp://127\.0\.0\.1:9"),
        started_runner("tcp://127.0.0.1:9"),
    ):
        pass


@pytest.fixture
def episode(fakes: Any, catalogue: Path) -> Path:
    fakes.says = {
        "A title": {"ko": "제목", "ja": "題名"},
        "Hello Ann.": {"ko": "안녕 앤."},
    }
    return catalogue / "open-ears" / "0"


def cell(folder: Path, code: str) -> tuple[str, str]:
    line = json.loads((folder / "episode.json").read_text())["lines"][0]
    return line["translations"][code]["text"], line["translations"][code]["made"]


def test_other_packages_translate_every_language_again(
    fakes: Any, episode: Path, catalogue: Path
) -> None:
    assert retranslate_with(episode, languages=["ja"]) == 1

    assert cell(episode, "ko") == ("안녕하세요.", "table")
    assert cell(episode, "ja") == ("こんにちは。", "table")
    assert fakes.calls == ["translate ko", "translate ja"]


def test_one_more_language_leaves_the_others_alone(fakes: Any, episode: Path) -> None:
    retranslate_with(episode)
    fakes.calls.clear()

    assert retranslate_with(episode, languages=["ja"]) == 1
    assert fakes.calls == ["translate ja"]


def test_what_is_up_to_date_is_translated_again_only_by_force(fakes: Any, episode: Path) -> None:
    retranslate_with(episode)
    fakes.calls.clear()

    assert retranslate_with(episode) == 0
    assert retranslate_with(episode, everything=True) == 1
    assert fakes.calls == ["translate ko"]


def test_what_a_human_has_written_stays(fakes: Any, episode: Path) -> None:
    keep_correction(
        read_published(episode),
        Correction("0001", "", translations=((Language.KO, "어이, 안녕."),)),
    )

    retranslate_with(episode, languages=["ja"])

    assert cell(episode, "ko") == ("어이, 안녕.", "corrected")
    assert cell(episode, "ja") == ("こんにちは。", "table")


def test_a_new_glossary_corrects_what_was_heard_and_then_translates_it(
    fakes: Any, episode: Path
) -> None:
    glossary = episode.parent / "glossary.toml"
    glossary.write_text('[[term]]\nsource = "Ann"\nheard = ["there"]\n', encoding="utf-8")

    retranslate_with(episode)

    line = read_published(episode).record.lines[0]
    assert (line.text, line.meant) == ("Hello there.", "Hello Ann.")
    assert cell(episode, "ko") == ("안녕 앤.", "model")


def test_a_batch_that_dies_names_its_episodes_and_stops_no_other(tmp_path: Path) -> None:
    from prefect import flow, task

    @task(name="dies")
    def batch(folders: tuple[Path, ...]) -> tuple[BatchResult, ...]:
        if folders[0].name == "1":
            raise MemoryError("no room")
        return tuple(map(BatchResult, folders))

    @flow(name="three")
    def three() -> list[BatchResult]:
        return list(in_batches(batch, [tmp_path / str(n) for n in range(3)]))

    outcomes = three()

    assert [outcome.error == "" for outcome in outcomes] == [True, False, True]
    assert f"{tmp_path}/1: its batch died (MemoryError: no room)" in outcomes[1].error


def retranslate_with(folder: Path, **parameters: Any) -> int:
    from flows.upkeep import retranslate

    return retranslate([folder], packages=DEMO_PACKAGES, **parameters)
