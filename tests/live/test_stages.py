"""A run that fails or is killed in any of its stages goes on from there when it is tried again."""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from podcast.files.locks import lock_path, locked

DEMO = Path(__file__).resolve().parents[2] / "demo" / "models"
MODEL_STAGES = ("cluster", "transcribe", "translate ko", "translate zh", "translate ja")

pytestmark = pytest.mark.timeout(900)  # ten processes, one after the other


@contextmanager
def broken(file: Path) -> Iterator[None]:
    """Cut a file short for a while."""
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    try:
        yield
    finally:
        file.write_bytes(content)


@contextmanager
def in_the_way(place: Path) -> Iterator[None]:
    """Put a folder where a file must be written."""
    place.mkdir(parents=True)
    try:
        yield
    finally:
        place.rmdir()


@pytest.fixture
def models(tmp_path: Path) -> dict[str, str]:
    """A copy of the demo's models that may be broken."""
    shutil.copytree(DEMO, tmp_path / "models")
    names = {"whisper": "whisper", "diarization": "diarization", "packages": "argos"}
    return {name: str(tmp_path / "models" / part) for name, part in names.items()}


def test_a_run_that_fails_twice_does_each_of_its_stages_once(
    local_prefect: Any, host: Any, cut: Any, models: dict[str, str]
) -> None:
    folder = local_prefect.published / "open-ears" / "fails"
    korean = next(Path(models["packages"]).glob("*en_ko*"))
    failures = [
        (korean.name, broken(korean / "model" / "model.bin")),
        ("cannot be written", in_the_way(lock_path(folder))),
    ]
    host.files["/fails.mp3"] = cut("fails.mp3", start=35.0, seconds=9.0).read_bytes()
    run = local_prefect.process(f"{host.url}/fails.mp3", "Fails", models=models)
    for number, (message, failure) in enumerate(failures):
        with failure:
            if number:
                local_prefect.retry(run)
            state = local_prefect.wait(run, "Failed")
            assert message in state["message"]
    local_prefect.retry(run)
    local_prefect.wait(run, "Completed")

    log = (local_prefect.home / "worker.log").read_text("utf-8")
    done = Counter(re.findall(r"\(Open Ears: Fails\)' - (.+?): 100%", log))
    assert {stage: done[stage] for stage in MODEL_STAGES} == dict.fromkeys(MODEL_STAGES, 1)
    assert local_prefect.work(run) == ({"segment", *MODEL_STAGES}, set())
    assert (folder / "ko.html").is_file()


def pages(folder: Path) -> dict[str, bytes]:
    """Return the files of an episode but the manifest, which says when it was published."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name != "manifest.json"}


def is_waited_for(file: Path) -> bool:
    """Say whether somebody waits for the kernel's lock of a file."""
    waiting = [line for line in Path("/proc/locks").read_text().splitlines() if "->" in line]
    return any(f":{file.stat().st_ino} " in line for line in waiting)


def test_a_run_that_is_killed_in_each_stage_in_turn_publishes_the_same_bytes(
    local_prefect: Any, host: Any, cut: Any
) -> None:
    prefect, address = local_prefect, f"{host.url}/killed.mp3"
    folder = prefect.published / "open-ears" / "killed"
    host.files["/killed.mp3"] = cut("killed.mp3", start=9.0, seconds=8.1).read_bytes()
    host.held.add("/killed.mp3")
    before = prefect.kept().keys()

    def is_kept(stage: str) -> bool:
        return any(name.startswith(f"{stage}/") for name in prefect.kept().keys() - before)

    def is_transcribing() -> bool:
        return is_kept("cluster") and prefect.is_model_at_work()

    stages: dict[str, Callable[[], bool]] = {
        "fetch": lambda: "/killed.mp3" in host.asked,
        "diarize": prefect.is_model_at_work,
        "transcribe": is_transcribing,
        "translate": lambda: is_kept("transcribe"),  # it begins within a second
        "write": lambda: is_waited_for(lock_path(folder)),
    }
    kept: dict[str, int] = {}
    run = prefect.process(address, "Killed")
    with locked(folder):
        for stage, is_at_work in stages.items():
            prefect.until(is_at_work, stage)
            prefect.kill(run)
            host.held.clear()
            assert kept.items() <= prefect.kept().items()
            kept = prefect.kept()
            prefect.free_places()
            prefect.retry(run)
    prefect.wait(run, "Completed")

    assert kept == prefect.kept()  # after the last kill there was only writing left
    again = {"out": str(prefect.folder / "again"), "redo_from": "diarize"}
    prefect.wait(prefect.process(address, "Killed", **again), "Completed")
    assert pages(folder) == pages(prefect.folder / "again" / "open-ears" / "killed")
    assert list(folder.parent.glob(".killed.*")) == [lock_path(folder)]
