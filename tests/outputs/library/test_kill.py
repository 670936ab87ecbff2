"""Whenever a writer is killed, a reader finds the old episode or the new one, whole."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from outputs.library.published_folder import put_episode
from outputs.record.manifest import MANIFEST_FORM, Manifest, PublishedFile, build_manifest
from outputs.record.record_types import EpisodeRecord
from podcast.files.locks import locked

pytestmark = pytest.mark.slow

NAMES = ("ko.txt", "ko.vtt", "zh.txt")
ROUNDS = 60
STEPS = {"open", "write", "flush", "fsync", "flock", "close", "mkdir", "rename", "replace"}


def files_of(title: str) -> dict[str, bytes]:
    return {name: title.encode() + name.encode() for name in NAMES}


@pytest.fixture
def manifests(record: EpisodeRecord) -> dict[str, Manifest]:
    return {
        title: build_manifest(replace(record, title=title), files_of(title), "2026-11-25T12:00:00Z")
        for title in ("old", "new")
    }


def steps_of(tmp_path: Path, manifests: dict[str, Manifest], swap: str) -> list[dict[str, Any]]:
    for title, manifest in manifests.items():
        (tmp_path / f"{title}.json").write_bytes(MANIFEST_FORM.dump(manifest))
    script = Path(__file__).with_name("kill_writer.py")
    run = subprocess.run(
        [sys.executable, script, tmp_path, swap], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.mark.parametrize("swap", ["exchange", "renames"])
def test_a_writer_killed_at_any_step_leaves_a_whole_episode_and_lists_that_lead_to_it(
    tmp_path: Path, manifests: dict[str, Manifest], swap: str
) -> None:
    steps = steps_of(tmp_path, manifests, swap)

    killed = [step for step in steps if step["killed"]]
    swapped_by = {"_exchange"} if swap == "exchange" else set()
    assert {step["killed"] for step in killed} >= STEPS | swapped_by
    assert all(step["lists"] for step in steps)
    meanwhile = {view for step in steps for view in step["meanwhile"]}
    assert meanwhile <= ({"old", "new"} if swap == "exchange" else {"old", "new", "gone"})
    views = [step["seen"] for step in killed]
    # Two renames leave a moment without a folder; an exchange does not.
    gone = views.count("gone")
    assert gone == (0 if swap == "exchange" else 1)
    changed = views.index("new")
    assert set(views[: changed - gone]) == {"old"}
    assert set(views[changed:]) == {"new"}
    # The next run finishes the work and sweeps.
    assert {(step["then"], tuple(step["left"])) for step in steps} == {("new", ())}


def test_a_reader_who_holds_the_folder_never_sees_a_mixture(
    tmp_path: Path, manifests: dict[str, Manifest]
) -> None:
    folder = tmp_path / "show" / "e"
    put_episode(folder, files_of("old"), manifests["old"])

    def write() -> None:
        for number in range(ROUNDS):
            title = "old" if number % 2 else "new"
            with locked(folder):
                manifest = replace(manifests[title], made_at=f"2026-11-25T12:00:{number:02}Z")
                put_episode(folder, files_of(title), manifest, keep=ROUNDS)

    writer = Thread(target=write)
    writer.start()
    views = set()
    while writer.is_alive():
        views.add(view(folder))
    writer.join()

    assert views == {"old", "new"}


def view(folder: Path) -> str:
    """Read all files of one publication, whichever it is."""
    directory = os.open(folder, os.O_RDONLY)
    try:
        manifest = MANIFEST_FORM.parse(read(directory, "manifest.json"), "manifest")
        assert all(is_whole(directory, file) for file in manifest.files)
        return manifest.title
    finally:
        os.close(directory)


def is_whole(directory: int, file: PublishedFile) -> bool:
    return hashlib.sha256(read(directory, file.path)).hexdigest() == file.sha256


def read(directory: int, name: str) -> bytes:
    with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=directory), "rb") as file:
        return file.read()
