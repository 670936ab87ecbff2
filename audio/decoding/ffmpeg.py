"""Find the ffmpeg program, the machine's own or the one of our dependencies, and run it."""

import os
import resource
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import IO, BinaryIO

from audio.decoding.containers import CONTAINERS
from audio.decoding.ffmpeg_log import Findings, LogReader
from podcast.errors import SetupError

DEADLINE = 3600.0
"""Seconds that one ffmpeg may run; a day of sound takes it minutes."""
MAX_MEMORY = 2 << 30
"""Bytes of address space. It takes a third of it, however long the recording is."""

INPUT = (
    # The file is open already, and nothing else is: no name in it leads anywhere.
    *("-protocol_whitelist", "fd"),
    *("-format_whitelist", ",".join(CONTAINERS)),
    *("-threads", "1", "-i", "fd:"),
)
"""ffmpeg's arguments for a file on its standard input, which it may search."""

_LOG_LINE = 4096
_PIPE = 1 << 16
"""Bytes that a pipe holds."""
_ASKING = 20.0


@dataclass(frozen=True, slots=True)
class FfmpegRun:
    """How one run of ffmpeg ended.

    Attributes:
        returncode: 0 if ffmpeg is content; negative if a signal stopped it.
        is_late: It did not come to an end, and we stopped it.
        findings: What it said about its input.
    """

    returncode: int
    is_late: bool
    findings: Findings


def find_ffmpeg() -> str:
    """Return the path of an ffmpeg program; one on PATH comes first, unless it is too old.

    Raises:
        SetupError: There is none.
    """
    own = shutil.which("ffmpeg")
    return own if own and _reads_descriptors(own) else _find_bundled()


def run_ffmpeg(
    arguments: Sequence[str],
    read: Callable[[BinaryIO], object],
    source: BinaryIO | None = None,
    deadline: float = DEADLINE,
) -> FfmpegRun:
    """Run ffmpeg in bounds of time and memory, and have `read` read its standard output.

    An error in `read`, or an interruption from the keyboard, stops ffmpeg and goes on upwards.

    Args:
        arguments: After the program's name.
        read: Gets the output and reads it to its end.
        source: An open file for ffmpeg's standard input; nothing if not given.
        deadline: Seconds after which ffmpeg is stopped.

    Raises:
        SetupError: There is no ffmpeg that starts.
    """
    reader = LogReader()
    with (
        _started([find_ffmpeg(), *arguments], source) as process,
        _read_aside(process.stderr, reader),
        _stopped_after(deadline, process) as alarm,
    ):
        try:
            read(process.stdout)  # type: ignore[arg-type]  # it is a pipe
        except BaseException:
            process.kill()
            raise
    return FfmpegRun(process.returncode, alarm.is_set(), reader.findings())


def _find_bundled() -> str:
    from imageio_ffmpeg import get_ffmpeg_exe  # it starts ffmpeg to try it

    try:
        return str(get_ffmpeg_exe())
    except RuntimeError as error:
        raise SetupError(
            "No ffmpeg program was found. Install ffmpeg, or reinstall imageio-ffmpeg, "
            "which brings one along."
        ) from error


@cache
def _reads_descriptors(program: str) -> bool:
    """Say whether a program reads open files, as ffmpeg does from version 6.0."""
    command = [program, "-hide_banner", "-protocols"]
    try:
        answer = subprocess.run(  # noqa: S603  # a list and no shell
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_ASKING, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return True  # using it says what is wrong with it
    names = answer.stdout.split()
    return b"fd" in names or b"file" not in names


def _started(command: list[str], source: BinaryIO | None) -> subprocess.Popen[bytes]:
    if source:
        os.lseek(source.fileno(), 0, os.SEEK_SET)  # another ffmpeg may have read it
    try:
        process = subprocess.Popen(  # noqa: S603  # a list and no shell
            command,
            bufsize=_PIPE,
            stdin=source or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Ctrl-C must stop us, not ffmpeg: it would end early as if the recording did.
            process_group=0,
        )
    except OSError as error:
        raise SetupError(
            f"The ffmpeg program {command[0]} does not start: {error.strerror}. Install it again."
        ) from error
    with suppress(ProcessLookupError):  # it has ended already
        _, most = resource.prlimit(process.pid, resource.RLIMIT_AS)
        limit = MAX_MEMORY if most == resource.RLIM_INFINITY else min(most, MAX_MEMORY)
        resource.prlimit(process.pid, resource.RLIMIT_AS, (limit, most))
    return process


@contextmanager
def _stopped_after(deadline: float, process: subprocess.Popen[bytes]) -> Iterator[threading.Event]:
    """Stop a process that does not end in time, and tell by an event that this was so."""
    alarm = threading.Event()

    def stop() -> None:
        alarm.set()
        process.kill()

    timer = threading.Timer(deadline, stop)
    timer.daemon = True
    timer.start()
    try:
        yield alarm
        process.wait()
    finally:
        timer.cancel()


@contextmanager
def _read_aside(log: IO[bytes] | None, reader: LogReader) -> Iterator[None]:
    """Read the log on a thread of its own: a full pipe would stop ffmpeg."""
    thread = threading.Thread(target=_feed, args=(log, reader), daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _feed(log: IO[bytes] | None, reader: LogReader) -> None:
    while log and (line := log.readline(_LOG_LINE)):
        reader.feed(line.decode(errors="replace"))
