"""Any sound or video file to a WAV that the models take: mono, 16-bit, 16 kHz."""

import logging
import time
import wave
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from audio.decoding.containers import clock_zero, has_clock
from audio.decoding.ffmpeg import INPUT, FfmpegRun, run_ffmpeg
from audio.decoding.ffmpeg_log import Findings
from audio.decoding.loudness import SILENCE_DBFS
from audio.decoding.matroska import read_blocks
from audio.decoding.mixing import Samples, mix
from audio.decoding.placing import MAX_SILENCE, SampleClock, place
from audio.decoding.splices import open_parts
from audio.decoding.tracks import Track, chosen, described
from audio.decoding.verdict import Attempt, judge
from audio.files.source import check_source
from audio.waveforms.waveform import SAMPLE_RATE
from podcast.errors import BadInputError
from podcast.files.staging import staged

DECODER = 3
"""Version of all this; raise it when the same file gives another sound."""

MAX_DURATION = 24 * 3600
"""Seconds. Longer than any episode; it stops small files that unpack to endless silence."""

_LOG = ("-hide_banner", "-nostats", "-loglevel", "level+info")
_SAMPLE_WIDTH = 2
_SILENCE = 32768 * 10 ** (SILENCE_DBFS / 20)
"""A sample; no louder ones in a track mean that nobody speaks there."""
_LOOKING = 60.0
"""Seconds that ffmpeg may take to look at a file."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What became of a file.

    Attributes:
        duration: Seconds of sound.
        is_partial: The file ends early, and this is what there is.
        track: Number of the sound track that was taken, from 1.
        tracks: What the file's tracks are, in words; empty if there is one.
    """

    duration: float
    is_partial: bool
    track: int = 1
    tracks: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be decoded of a file: see `decode`."""

    label: str
    track: int
    max_silence: float


def decode(  # noqa: PLR0913  # each decides about what is decoded
    source: Path,
    target: Path,
    *,
    allow_partial: bool = False,
    name: str | None = None,
    track: int = 0,
    max_silence: float = MAX_SILENCE,
) -> Decoded:
    """Decode one sound track of a file to `target`, whole or not at all.

    Memory does not grow with the recording: ffmpeg resamples while it reads, and all channels are
    mixed in pieces. Times are those that a player shows: gaps in the track and a late start become
    silence, and where recordings were joined each follows on the other.

    Args:
        source: A file in one of the containers of `audio.decoding.containers`.
        target: The WAV file to write; it replaces one that is there.
        allow_partial: Use what can be decoded of a file that ends early.
        name: What messages call the file, such as a URL; its own name if not given.
        track: Number of the sound track, from 1; 0 takes the first in English, else the default,
            that is not silent.
        max_silence: Seconds of silence that gaps may need, all together.

    Raises:
        BadInputError: The file is missing, unreadable, without sound, protected or too short, its
            times have a gap, or it has no such track.
        TruncatedAudioError: It ends early, and `allow_partial` is not set or nothing is there.
        StorageError: The disk is full or the folder not writable.
        SetupError: There is no ffmpeg that starts.
        TransientError: ffmpeg was stopped from outside.
    """
    wanted = _Wanted(name or source.name, track, max_silence)
    check_source(source, wanted.label)
    began = time.monotonic()
    with staged(target) as file:
        number, attempt = _first_with_sound(source, file, wanted)
        is_partial = judge(attempt, allow_partial=allow_partial)
    tracks = attempt.runs[0].findings.tracks
    if len(tracks) > 1:
        logger.warning("%s: %s; number %d is taken", wanted.label, described(tracks), number)
    logger.info(
        "Decoded %s: %.1f s of sound in %.1f s, %d errors in the file",
        wanted.label, attempt.duration, time.monotonic() - began, attempt.n_errors,
    )  # fmt: skip
    return Decoded(
        attempt.duration, is_partial, number, described(tracks) if len(tracks) > 1 else ""
    )


def _first_with_sound(source: Path, file: BinaryIO, wanted: _Wanted) -> tuple[int, Attempt]:
    """Decode one track after the other until one is not silent; return its number, too."""
    nth = 0
    while True:
        attempt = _attempt(source, file, wanted, nth)
        tracks = attempt.runs[0].findings.tracks
        candidates = chosen(tracks, wanted.track, wanted.label)
        if attempt.peak > _SILENCE or nth + 1 >= len(candidates):
            number = tracks.index(candidates[nth]) + 1 if tracks else 1
            return number, attempt
        nth += 1


def _attempt(source: Path, file: BinaryIO, wanted: _Wanted, nth: int) -> Attempt:
    """Write what ffmpeg makes of the source as a WAV file, whatever it is worth.

    Args:
        source: The file.
        file: Where the WAV goes.
        wanted: What is to be decoded.
        nth: How many better tracks have turned out to be silent.
    """
    file.seek(0)
    file.truncate()
    runs: list[FfmpegRun] = []
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(_SAMPLE_WIDTH)
        wav.setframerate(SAMPLE_RATE)
        writer = _Writer(wav, wanted.label)
        for part in open_parts(source, Path(file.name).parent):
            run = run_ffmpeg((*_LOG, *INPUT), _nothing, part, _LOOKING)
            if tracks := chosen(run.findings.tracks, wanted.track, wanted.label):
                track = tracks[min(nth, len(tracks) - 1)]
                clock = _clock(run.findings, track, wanted, is_first=not runs)
                run = _decode_track(part, track, clock, writer)
            runs.append(run)
    return Attempt(source, wanted.label, writer.n_samples / SAMPLE_RATE, writer.peak, tuple(runs))


def _nothing(stream: BinaryIO) -> None:
    """Read an output that stays empty."""
    stream.read()


def _clock(findings: Findings, track: Track, wanted: _Wanted, *, is_first: bool) -> SampleClock:
    """Say what to make of the times of a track."""
    zero = clock_zero(findings.format, findings.start, wanted.max_silence)
    start = findings.start if track.start is None else track.start
    is_kept = has_clock(findings.format)
    late = max(0.0, start - zero) if is_kept and is_first else 0.0
    # Older versions of ffmpeg list no starts of tracks; their times count from the file's.
    origin_ms = 0 if is_first and track.start is None else None
    return SampleClock(late, origin_ms, is_kept=is_kept, max_silence=wanted.max_silence)


def _decode_track(part: BinaryIO, track: Track, clock: SampleClock, writer: "_Writer") -> FfmpegRun:
    """Have ffmpeg resample one track, and write the mix of its channels."""

    def read(stream: BinaryIO) -> None:
        for samples in mix(place(read_blocks(stream), clock, writer.label), track.layout):
            writer.write(samples)

    arguments = (
        *_LOG, *("-filter_threads", "1"), *INPUT, *("-map", f"0:{track.index}"),
        *("-ar", str(SAMPLE_RATE), "-c:a", "pcm_s16le", "-f", "matroska", "pipe:1"),
    )  # fmt: skip
    return run_ffmpeg(arguments, read, part)


class _Writer:
    """Writes samples, counts them and keeps the largest."""

    def __init__(self, wav: wave.Wave_write, label: str) -> None:
        self.label = label
        self.n_samples = 0
        self.peak = 0
        self._wav = wav

    def write(self, samples: Samples) -> None:
        self.n_samples += samples.size
        self.peak = max(self.peak, int(samples.max()), -int(samples.min()))
        if self.n_samples > MAX_DURATION * SAMPLE_RATE:
            hours = MAX_DURATION // 3600
            raise BadInputError(f"{self.label} is longer than {hours} hours. Cut it into parts.")
        self._wav.writeframesraw(samples.tobytes())
