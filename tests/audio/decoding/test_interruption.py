"""A full disk, Ctrl-C or a dying ffmpeg: one clear error, and nothing is left behind."""

import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from audio.decoding.decode import decode
from audio.decoding.ffmpeg import MAX_MEMORY, find_ffmpeg, run_ffmpeg
from podcast.errors import BadInputError, SetupError, StorageError, TransientError
from podcast.files.staging import staged

MakeSound = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a shell script first on PATH under the name of ffmpeg."""

    def install(script: str) -> None:
        program = tmp_path / "bin" / "ffmpeg"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)

    return install


def test_a_file_size_limit_is_a_storage_error_that_names_the_folder(
    make_sound: MakeSound, tmp_path: Path
) -> None:
    sound = make_sound("a.mp3", seconds=10)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(StorageError, match=rf"out\.wav.*{tmp_path}.*MB free.*Make room"):
            decode(sound, tmp_path / "out.wav")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert {path.name for path in tmp_path.iterdir()} == {"a.mp3"}


def test_a_full_disk_is_a_storage_error(make_sound: MakeSound, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("may not mount a small disk here")
    try:
        with pytest.raises(StorageError, match="the disk is full"):
            decode(make_sound("a.mp3", seconds=10), disk / "out.wav")
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_target_whose_folder_is_a_file_is_a_storage_error(
    make_sound: MakeSound, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StorageError, match="cannot be written"):
        decode(make_sound("a.mp3"), tmp_path / "file" / "out.wav")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_an_interruption_leaves_the_target_as_it_was(
    tmp_path: Path, stop: type[BaseException]
) -> None:
    target = tmp_path / "out.wav"
    target.write_bytes(b"older")

    def write_and_stop() -> None:
        with staged(target) as file:
            file.write(b"newer")
            raise stop

    with pytest.raises(stop):
        write_and_stop()

    assert target.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [target]


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()

    with staged(tmp_path / "out") as file:
        file.write(b"x")

    usual, new = ((tmp_path / name).stat().st_mode for name in ("usual", "out"))
    assert stat.S_IMODE(new) == stat.S_IMODE(usual)


def test_a_failing_receiver_stops_an_endless_ffmpeg() -> None:
    endless = ("-loglevel", "level+info", "-f", "lavfi", "-i", "sine", "-f", "s16le", "pipe:1")

    def interrupt(output: BinaryIO) -> None:
        output.read(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_ffmpeg(endless, interrupt)


@pytest.mark.slow
def test_ctrl_c_in_the_terminal_ends_the_program_and_leaves_nothing(
    make_sound: MakeSound, tmp_path: Path
) -> None:
    make_sound("a.flac", "-ac", "2", seconds=120)
    (tmp_path / "out").mkdir()
    program = (
        # A shell that starts tests in the background has them ignore Ctrl-C.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from pathlib import Path; from audio.decoding.decode import decode; "
        "print('ready', flush=True); "
        "[decode(Path('a.flac'), Path('out/out.wav')) for _ in range(1000)]"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        try:
            _, complaint = process.communicate(timeout=60)
        finally:
            process.kill()

    assert complaint.decode().rstrip().endswith("KeyboardInterrupt")
    assert {path.name for path in (tmp_path / "out").iterdir()} <= {"out.wav"}


@pytest.mark.parametrize("script", ["kill -9 $$", "head -c 64000 /dev/zero; kill -9 $$"])
def test_an_ffmpeg_that_is_killed_is_worth_another_try(
    make_sound: MakeSound, tmp_path: Path, stand_in: Callable[[str], None], script: str
) -> None:
    sound = make_sound("a.mp3")
    stand_in(script)

    with pytest.raises(TransientError, match=r"stopped while it decoded a\.mp3"):
        decode(sound, tmp_path / "out.wav", allow_partial=True)

    assert not (tmp_path / "out.wav").exists()


def test_an_ffmpeg_that_somebody_stops_is_worth_another_try(
    make_sound: MakeSound, tmp_path: Path, stand_in: Callable[[str], None]
) -> None:
    sound = make_sound("a.mp3")
    stand_in("echo '[info] Exiting normally, received signal 15.' >&2; exit 255")

    with pytest.raises(TransientError, match=r"stopped while it decoded a\.mp3"):
        decode(sound, tmp_path / "out.wav")


@pytest.mark.parametrize("status", [1, 69, 187, 234, 255])
def test_an_ffmpeg_that_fails_is_not_called_out_of_memory(
    make_sound: MakeSound, tmp_path: Path, stand_in: Callable[[str], None], status: int
) -> None:
    sound = make_sound("a.mp3")
    stand_in(f"echo '[error] The bytes are odd.' >&2; exit {status}")

    with pytest.raises(BadInputError, match=r"cannot be decoded.*ffmpeg: The bytes are odd\."):
        decode(sound, tmp_path / "out.wav")


@pytest.mark.parametrize("signal_name", ["SEGV", "ABRT", "FPE"])
def test_an_ffmpeg_that_a_file_breaks_is_not_tried_again(
    make_sound: MakeSound, tmp_path: Path, stand_in: Callable[[str], None], signal_name: str
) -> None:
    sound = make_sound("a.mp3")
    stand_in(f"ulimit -c 0; kill -{signal_name} $$")

    with pytest.raises(BadInputError, match=r"breaks down over a\.mp3"):
        decode(sound, tmp_path / "out.wav")


@pytest.mark.parametrize("script", ["exec sleep 60", "exec cat /dev/zero >/dev/null"])
def test_an_ffmpeg_that_does_not_end_is_stopped(
    make_sound: MakeSound,
    tmp_path: Path,
    stand_in: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    script: str,
) -> None:
    sound = make_sound("a.mp3")
    stand_in(f'[ "$2" = -protocols ] || {script}')
    monkeypatch.setattr("audio.decoding.decode._LOOKING", 0.2)

    with pytest.raises(BadInputError, match=r"did not come to an end with a\.mp3"):
        decode(sound, tmp_path / "out.wav")


def test_every_ffmpeg_runs_within_a_limit_of_memory(stand_in: Callable[[str], None]) -> None:
    stand_in("sleep 0.2; ulimit -v")
    received: list[bytes] = []

    run_ffmpeg((), lambda output: received.append(output.read()))

    assert int(received[0]) == MAX_MEMORY // 1024


def test_a_file_that_needs_more_memory_than_any_recording_is_refused(
    make_sound: MakeSound, tmp_path: Path, stand_in: Callable[[str], None]
) -> None:
    sound = make_sound("a.mp3")
    stand_in("echo '[error] Cannot allocate memory' >&2; exit 244")

    with pytest.raises(BadInputError, match="needs more memory than any recording does"):
        decode(sound, tmp_path / "out.wav")


def test_an_ffmpeg_that_reads_no_open_files_is_passed_over(
    tmp_path: Path, stand_in: Callable[[str], None]
) -> None:
    stand_in("echo file; echo pipe")

    assert find_ffmpeg() != str(tmp_path / "bin" / "ffmpeg")


def test_an_ffmpeg_that_does_not_start_is_a_matter_of_setup(
    make_sound: MakeSound, tmp_path: Path, stand_in: Callable[[str], None]
) -> None:
    sound = make_sound("a.mp3")
    stand_in("")
    (tmp_path / "bin" / "ffmpeg").write_bytes(b"\x7fELF")

    with pytest.raises(SetupError, match="does not start"):
        decode(sound, tmp_path / "out.wav")


def test_a_talkative_ffmpeg_does_not_block(stand_in: Callable[[str], None]) -> None:
    stand_in("head -c 3000000 /dev/zero | tr '\\0' 'x' >&2; echo sound")
    received: list[bytes] = []

    run = run_ffmpeg((), lambda output: received.append(output.read()))

    assert (run.returncode, received) == (0, [b"sound\n"])


def test_a_program_on_the_path_comes_before_the_bundled_one(
    tmp_path: Path, stand_in: Callable[[str], None]
) -> None:
    stand_in("")

    assert find_ffmpeg() == str(tmp_path / "bin" / "ffmpeg")


def test_without_a_program_on_the_path_the_bundled_one_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert shutil.which(find_ffmpeg())
