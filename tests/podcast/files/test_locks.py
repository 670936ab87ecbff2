"""One run at a time writes an episode; what dead runs leave is cleared away, nothing else."""

import errno
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from outputs.library.crash_recovery import put_back, sweep_episode, sweep_show
from podcast.errors import StorageError
from podcast.files.locks import lock_path, locked, locked_if_free

HOLDER = """
import sys
from pathlib import Path
from podcast.files.locks import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of the episode until its input ends."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "episode")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_second_run_waits_for_the_first_and_says_so(
    tmp_path: Path, holder: subprocess.Popen[str], caplog: pytest.LogCaptureFixture
) -> None:
    got_it = Event()

    def second() -> None:
        with locked(tmp_path / "episode"):
            got_it.set()

    thread = Thread(target=second)
    thread.start()

    assert not got_it.wait(0.3)
    assert holder.stdin
    holder.stdin.close()
    assert got_it.wait(20)
    thread.join()
    assert "Another run is writing" in caplog.text


def test_the_lock_of_a_killed_run_is_free(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with locked_if_free(tmp_path / "episode") as is_free:
        assert not is_free

    holder.kill()
    holder.wait()

    with locked_if_free(tmp_path / "episode") as is_free:
        assert is_free


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "show").write_text("a file")

    with pytest.raises(StorageError, match="Nothing was changed"), locked(tmp_path / "show" / "e"):
        pass


def leave(tmp_path: Path, *names: str) -> None:
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "ko.txt").write_text(name)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {lock_path(folder / "episode").name}


def test_leftovers_of_dead_runs_are_swept(tmp_path: Path) -> None:
    leave(tmp_path, "episode", ".episode.abc.partial", ".episode.abc.old", ".versions")

    sweep_show(tmp_path)

    assert names(tmp_path) == {"episode", ".versions"}


def test_what_a_living_run_is_making_stays(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    leave(tmp_path, ".episode.abc.partial")

    sweep_show(tmp_path)

    assert names(tmp_path) == {".episode.abc.partial"}


def test_a_file_that_a_killed_run_began_is_swept_when_nobody_can_be_writing_it(
    tmp_path: Path,
) -> None:
    for name, age in ((".abandoned.part", 7200), (".young.part", 0)):
        (tmp_path / name).write_text("half")
        then = time.time() - age
        os.utime(tmp_path / name, (then, then))

    sweep_show(tmp_path)

    assert names(tmp_path) == {".young.part"}


def test_an_episode_that_was_half_replaced_is_put_back(tmp_path: Path) -> None:
    leave(tmp_path, ".episode.abc.partial", ".episode.abc.old")

    sweep_episode(tmp_path / "episode")

    assert names(tmp_path) == {"episode"}
    assert (tmp_path / "episode" / "ko.txt").read_text() == ".episode.abc.old"


def test_only_the_leftovers_of_the_episode_itself_are_its_own(tmp_path: Path) -> None:
    leave(tmp_path, ".episode.abc.partial", ".episode-2.abc.partial")

    sweep_episode(tmp_path / "episode")

    assert names(tmp_path) == {".episode-2.abc.partial"}


def test_what_is_not_half_replaced_is_not_touched_and_not_locked(tmp_path: Path) -> None:
    leave(tmp_path, "episode", ".episode.abc.partial", ".episode-2.abc.old")

    put_back(tmp_path / "episode")
    put_back(tmp_path / "another")

    assert {path.name for path in tmp_path.iterdir()} == {
        "episode",
        ".episode.abc.partial",
        ".episode-2.abc.old",
    }


def test_a_file_system_without_locks_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", no_locks)

    with pytest.raises(StorageError, match="file system with locks"), locked(tmp_path / "episode"):
        pass
