"""A reader sees the old folder or the new one, and nothing is left behind."""

import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from outputs.library import atomic_publish
from outputs.library.atomic_publish import publish_folder
from podcast.errors import StorageError


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_new_folder_appears_with_all_its_files(tmp_path: Path) -> None:
    publish_folder(tmp_path / "show" / "episode", {"ko.txt": b"1", "episode.json": b"{}"})

    assert contents(tmp_path / "show" / "episode") == {"ko.txt": b"1", "episode.json": b"{}"}
    assert [path.name for path in (tmp_path / "show").iterdir()] == ["episode"]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_an_old_folder_is_replaced_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(atomic_publish, "_exchange", lambda *_: False)
    publish_folder(tmp_path / "episode", {"ko.txt": b"old", "zh.txt": b"old"})

    publish_folder(tmp_path / "episode", {"ko.txt": b"new"})

    assert contents(tmp_path / "episode") == {"ko.txt": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["episode"]


def test_a_published_folder_is_readable_by_everybody(tmp_path: Path) -> None:
    publish_folder(tmp_path / "episode", {"ko.txt": b"1"})

    assert (tmp_path / "episode").stat().st_mode & 0o777 == 0o755


def test_a_full_disk_leaves_the_old_folder_as_it_was(tmp_path: Path) -> None:
    publish_folder(tmp_path / "episode", {"ko.txt": b"old"})

    # A child process that may write small files only meets the same error as on a full disk.
    script = (
        "from pathlib import Path\n"
        "from outputs.library.atomic_publish import publish_folder\n"
        f"publish_folder(Path({str(tmp_path / 'episode')!r}), {{'ko.txt': b'x' * 100_000}})\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        preexec_fn=_only_small_files,
        check=False,
    )

    assert "StorageError" in run.stderr
    assert "Nothing was changed there" in run.stderr
    assert contents(tmp_path / "episode") == {"ko.txt": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["episode"]


def _only_small_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


def test_a_file_in_the_way_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "show").write_text("a file")

    with pytest.raises(StorageError, match="show/episode"):
        publish_folder(tmp_path / "show" / "episode", {"ko.txt": b"1"})


def test_a_rename_that_fails_leaves_the_old_folder_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_folder(tmp_path / "episode", {"ko.txt": b"old"})

    def cannot_and_loses_the_new_one(staging: Path, _folder: Path) -> bool:
        shutil.rmtree(staging)
        return False

    monkeypatch.setattr(atomic_publish, "_exchange", cannot_and_loses_the_new_one)
    with pytest.raises(StorageError, match="Nothing was changed there"):
        publish_folder(tmp_path / "episode", {"ko.txt": b"new"})

    assert contents(tmp_path / "episode") == {"ko.txt": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["episode"]


def test_an_earlier_version_that_cannot_be_kept_does_not_stop_the_new_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish_folder(tmp_path / "episode", {"ko.txt": b"old"})
    (tmp_path / ".versions").write_text("a file in the way")

    publish_folder(tmp_path / "episode", {"ko.txt": b"new"}, tmp_path / ".versions" / "1")

    assert contents(tmp_path / "episode") == {"ko.txt": b"new"}
    assert sorted(path.name for path in tmp_path.iterdir()) == [".versions", "episode"]
    assert "is not kept" in caplog.text
