"""Find the ffmpeg program, the machine's own or the one of our dependencies, and run it."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from audio.ffmpeg_log import Findings, LogReader
from podcast.errors import SetupError

_CHUNK = 1 << 16
_LOG_LINE = 4096


@dataclass(frozen=True, slots=True)
class Run:
    """How one run of ffmpeg ended.

    Attributes:
        returncode: 0 if ffmpeg is content; negative if a signal stopped it.
        findings: What it said about its input.
    """

    returncode: int
    findings: Findings


def find_ffmpeg() -> str:
    """Return the path of an ffmpeg program; one on PATH comes first.

    Raises:
        SetupError: There is none.
    """
    return shutil.which("ffmpeg") or _find_bundled()


def run_ffmpeg(arguments: Sequence[str], sink: Callable[[bytes], object]) -> Run:
    """Run ffmpeg and hand its standard output to `sink`, piece by piece.

    An error in `sink`, or an interruption from the keyboard, stops ffmpeg and goes on upwards.

    Raises:
        SetupError: There is no ffmpeg that starts.
    """
    reader = LogReader()
    with _started([find_ffmpeg(), *arguments]) as process, _read_aside(process.stderr, reader):
        try:
            for chunk in _chunks(process.stdout):
                sink(chunk)
        except BaseException:
            process.kill()
            raise
    return Run(process.returncode, reader.findings())


def _find_bundled() -> str:
    from imageio_ffmpeg import get_ffmpeg_exe  # it starts ffmpeg to try it

    try:
        return str(get_ffmpeg_exe())
    except RuntimeError as error:
        raise SetupError(
            "No ffmpeg program was found. Install ffmpeg, or reinstall imageio-ffmpeg, "
            "which brings one along."
        ) from error


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603  # a list and no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Ctrl-C must stop us, not ffmpeg: it would end early as if the recording did.
            process_group=0,
        )
    except OSError as error:
        raise SetupError(
            f"The ffmpeg program {command[0]} does not start: {error.strerror}. Install it again."
        ) from error


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


def _chunks(output: IO[bytes] | None) -> Iterator[bytes]:
    while output and (chunk := output.read(_CHUNK)):
        yield chunk
