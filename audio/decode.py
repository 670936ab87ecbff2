"""Any sound or video file to a WAV that the models take: mono, 16-bit, 16 kHz."""

import logging
import time
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from audio.ffmpeg import run_ffmpeg
from audio.source import check_source
from audio.staging import staged
from audio.verdict import Attempt, judge
from audio.waveform import SAMPLE_RATE
from podcast.errors import BadInputError

MAX_DURATION = 24 * 3600
"""Seconds. Longer than any episode; it stops small files that unpack to endless silence."""

_SAMPLE_WIDTH = 2
_FIRST_CHANNEL = "pan=mono|c0=c0,"
_QUIET = 328
"""A sample; 40 dB below full scale."""
_MUCH_LOUDER = 10

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What became of a file.

    Attributes:
        duration: Seconds of sound.
        is_partial: The file ends early, and this is what there is.
    """

    duration: float
    is_partial: bool


def decode(
    source: Path, target: Path, *, allow_partial: bool = False, name: str | None = None
) -> Decoded:
    """Decode the first sound track of a file to `target`, whole or not at all.

    Memory does not grow with the recording: ffmpeg mixes down and resamples while it reads.
    Gaps in the track become silence, so that times are those that a player shows.

    Args:
        source: Any file that ffmpeg reads.
        target: The WAV file to write; it replaces one that is there.
        allow_partial: Use what can be decoded of a file that ends early.
        name: What messages call the file, such as a URL; its own name if not given.

    Raises:
        BadInputError: The file is missing, unreadable, without sound, protected or too short.
        TruncatedAudioError: It ends early, and `allow_partial` is not set or nothing is there.
        StorageError: The disk is full or the folder not writable.
        SetupError: There is no ffmpeg that starts.
        TransientError: ffmpeg was stopped from outside.
    """
    label = name or source.name
    check_source(source, label)
    began = time.monotonic()
    with staged(target) as file:
        attempt = _attempt(source, file, label)
        is_partial = judge(attempt, allow_partial=allow_partial)
        if _cancels_out(attempt):
            attempt = _attempt(source, file, label, _FIRST_CHANNEL)
    logger.info(
        "Decoded %s: %.1f s of sound in %.1f s, %d errors in the file",
        label, attempt.duration, time.monotonic() - began, attempt.run.findings.n_errors,
    )  # fmt: skip
    return Decoded(attempt.duration, is_partial)


def _cancels_out(attempt: Attempt) -> bool:
    """Say whether mixing loses the sound: one channel is the other upside down."""
    if attempt.peak >= _QUIET:
        return False
    alone = _Meter()
    run_ffmpeg(_arguments(attempt.source, _FIRST_CHANNEL), alone.take)
    return alone.peak > _MUCH_LOUDER * attempt.peak


def _attempt(source: Path, file: BinaryIO, label: str, channels: str = "") -> Attempt:
    """Write what ffmpeg makes of the source as a WAV file, whatever it is worth."""
    meter = _Meter()
    file.seek(0)
    file.truncate()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(_SAMPLE_WIDTH)
        wav.setframerate(SAMPLE_RATE)

        def write(chunk: bytes) -> None:
            meter.take(chunk)
            if meter.n_samples > MAX_DURATION * SAMPLE_RATE:
                hours = MAX_DURATION // 3600
                raise BadInputError(f"{label} is longer than {hours} hours. Cut it into parts.")
            wav.writeframesraw(chunk)

        run = run_ffmpeg(_arguments(source, channels), write)
    return Attempt(source, label, meter.n_samples / SAMPLE_RATE, meter.peak, run)


class _Meter:
    """Counts samples and keeps the largest; 16-bit, little-endian."""

    def __init__(self) -> None:
        self.n_samples = 0
        self.peak = 0

    def take(self, chunk: bytes) -> None:
        samples = np.frombuffer(chunk, "<i2", len(chunk) // _SAMPLE_WIDTH)
        self.n_samples += samples.size
        if samples.size:
            self.peak = max(self.peak, int(samples.max()), -int(samples.min()))


def _arguments(source: Path, channels: str = "") -> tuple[str, ...]:
    return (
        "-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info",
        # A file may refer to others; nothing but files is opened, and never the network.
        "-protocol_whitelist", "file", "-i", f"file:{source}",
        "-map", "0:a:0",
        # Silence for gaps and for a late start keeps the times those of the container.
        "-af", f"{channels}aresample=async=1:first_pts=0",
        "-ac", "1", "-ar", str(SAMPLE_RATE), "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1",
    )  # fmt: skip
