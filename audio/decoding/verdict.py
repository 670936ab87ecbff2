"""Decide what a decoding attempt is worth, and say what is wrong with the file if it is not."""

import math
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from audio.decoding.ending import ends_early
from audio.decoding.ffmpeg import FfmpegRun
from audio.files.source import is_protected
from podcast.errors import BadInputError, TransientError, TruncatedAudioError

MIN_DURATION = 1.0
"""Seconds. Less holds no sentence."""

_SLACK = 1.0
_SLACK_RATIO = 0.001
_UNLISTED = "not on whitelist"
_NO_MEMORY = "Cannot allocate memory"
_STOPS = {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}
"""Exit statuses of a process that somebody stopped; other signals are faults of its own."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What ffmpeg made of a file.

    Attributes:
        source: The file.
        label: What messages call it.
        duration: Seconds of sound that came out.
        peak: The largest of its samples, 0 to 32,768.
        runs: How ffmpeg ended and what it said, of each part of the file.
    """

    source: Path
    label: str
    duration: float
    peak: int
    runs: tuple[FfmpegRun, ...]

    @property
    def n_errors(self) -> int:
        """Errors in the file."""
        return sum(run.findings.n_errors for run in self.runs)

    @property
    def reason(self) -> str:
        """The error that explains a failure best."""
        return next((run.findings.reason for run in self.runs if run.findings.reason), "")

    @property
    def failed(self) -> FfmpegRun | None:
        """The first run that did not end well."""
        return next((run for run in self.runs if run.returncode != 0), None)


def judge(attempt: Attempt, *, allow_partial: bool) -> bool:
    """Return whether the sound is only a part of the recording; raise if it cannot be used.

    Raises:
        BadInputError: The file has no sound, is protected, damaged or too short.
        TruncatedAudioError: It ends early, and `allow_partial` is not set or nothing is there.
        TransientError: ffmpeg was stopped from outside.
    """
    for run in attempt.runs:
        _check_end(run, attempt.label)
    if attempt.n_errors and is_protected(attempt.source):
        raise BadInputError(
            f"{attempt.label} is protected (DRM), so it cannot be decoded. "
            "Use a copy without protection." + _in_its_words(attempt.reason)
        )
    is_cut = _is_cut(attempt)
    if attempt.duration < MIN_DURATION:
        _refuse(attempt, is_cut=is_cut)
    if is_cut and not allow_partial:
        raise TruncatedAudioError(
            f"{attempt.label} is cut off or damaged: {_amount(attempt)} could be decoded. "
            "Fetch it again, or use what is there with --allow-partial."
        )
    return is_cut


def _check_end(run: FfmpegRun, label: str) -> None:
    """Raise if ffmpeg did not end by itself."""
    if run.is_late:
        raise BadInputError(
            f"ffmpeg did not come to an end with {label}, and was stopped. "
            "Convert it to MP3, M4A, FLAC or WAV."
        )
    if run.returncode in _STOPS or run.findings.is_stopped:
        raise TransientError(
            f"ffmpeg was stopped while it decoded {label}, perhaps because memory ran out. "
            "Try again."
        )
    if run.returncode < 0 or _NO_MEMORY in run.findings.reason:
        raise BadInputError(
            f"ffmpeg breaks down over {label}, or needs more memory than any recording does. "
            "Convert it to MP3, M4A, FLAC or WAV." + _in_its_words(run.findings.reason)
        )


def _is_cut(attempt: Attempt) -> bool:
    return (
        any(run.findings.is_cut for run in attempt.runs)
        or 0 < attempt.duration < _expected(attempt)
        or (attempt.failed is not None and attempt.duration >= MIN_DURATION)
        or ends_early(attempt.source)
    )


def _expected(attempt: Attempt) -> float:
    """Return how many seconds there must be at least; 0 where no header tells."""
    findings = attempt.runs[0].findings
    # In a video the pictures may well last longer than the sound, and one track than another.
    if len(attempt.runs) > 1 or findings.has_video or len(findings.tracks) > 1:
        return 0.0
    declared = (findings.duration or 0.0) - max(0.0, findings.start)
    return declared - _SLACK - declared * _SLACK_RATIO


def _refuse(attempt: Attempt, *, is_cut: bool) -> NoReturn:
    """Say why there is next to no sound."""
    label, findings, reason = attempt.label, attempt.runs[0].findings, attempt.reason
    if _UNLISTED in reason:
        raise BadInputError(
            f"{label} is not a sound file: ffmpeg takes it for a playlist or another format that "
            "no recording has. Give the recording itself."
        )
    if findings.format and not findings.tracks:
        what = "video without a sound track" if findings.has_video else "file without a sound track"
        raise BadInputError(f"{label} is a {what}. Give a file that has sound.")
    if is_cut and "moov" in reason:
        raise TruncatedAudioError(
            f"{label} is cut off: its index (the moov atom) is missing, so nothing of it can be "
            "decoded and --allow-partial does not help. Fetch it again."
        )
    if is_cut:
        raise TruncatedAudioError(
            f"{label} is cut off or damaged: only {_amount(attempt)} could be decoded, which is "
            "too little even for --allow-partial. Fetch it again." + _in_its_words(reason)
        )
    if attempt.failed:
        raise BadInputError(
            f"{label} cannot be decoded: it is damaged, no sound, or in an unknown format. "
            "Convert it to MP3, M4A, FLAC or WAV." + _in_its_words(reason)
        )
    raise BadInputError(
        f"{label} lasts {_seconds(attempt.duration)}; at least {_seconds(MIN_DURATION)} is needed. "
        "Check that this is the right file."
    )


def _amount(attempt: Attempt) -> str:
    declared = attempt.runs[0].findings.duration
    is_known = declared is not None and declared > attempt.duration + _SLACK
    whole = f" of {_seconds(declared)}" if is_known and declared is not None else ""
    return f"{_seconds(attempt.duration)}{whole}"


def _seconds(duration: float) -> str:
    if duration < 60:  # noqa: PLR2004  # a minute
        return f"{math.floor(duration * 10) / 10:.1f} s"
    return "{} min {} s".format(*divmod(int(duration), 60))


def _in_its_words(reason: str) -> str:
    return f" (ffmpeg: {reason.rstrip('.')}.)" if reason else ""
