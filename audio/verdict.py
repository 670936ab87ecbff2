"""Decide what a decoding attempt is worth, and say what is wrong with the file if it is not."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from audio.ending import ends_early
from audio.ffmpeg import Run
from audio.source import is_protected
from podcast.errors import BadInputError, TransientError, TruncatedAudioError

MIN_DURATION = 1.0
"""Seconds. Less holds no sentence."""

_SLACK = 1.0
_SLACK_RATIO = 0.001
_INTERRUPTED = 255
"""ffmpeg's exit status after it was asked to stop."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What ffmpeg made of a file.

    Attributes:
        source: The file.
        label: What messages call it.
        duration: Seconds of sound that came out.
        peak: The largest of its samples, 0 to 32,768.
        run: How ffmpeg ended and what it said.
    """

    source: Path
    label: str
    duration: float
    peak: int
    run: Run


def judge(attempt: Attempt, *, allow_partial: bool) -> bool:
    """Return whether the sound is only a part of the recording; raise if it cannot be used.

    Raises:
        BadInputError: The file has no sound, is protected, damaged or too short.
        TruncatedAudioError: It ends early, and `allow_partial` is not set or nothing is there.
        TransientError: ffmpeg was stopped from outside.
    """
    if attempt.run.returncode < 0 or attempt.run.returncode == _INTERRUPTED:
        raise TransientError(
            f"ffmpeg was stopped while it decoded {attempt.label}, perhaps because memory ran out. "
            "Try again."
        )
    if attempt.run.findings.n_errors and is_protected(attempt.source):
        raise BadInputError(
            f"{attempt.label} is protected (DRM), so it cannot be decoded. "
            "Use a copy without protection." + _in_its_words(attempt.run.findings.reason)
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


def _is_cut(attempt: Attempt) -> bool:
    findings = attempt.run.findings
    declared = findings.duration or 0.0
    # In a video the pictures may well last longer than the sound.
    expected = 0.0 if findings.has_video else declared - _SLACK - declared * _SLACK_RATIO
    return (
        findings.is_cut
        or attempt.duration < expected
        or (attempt.run.returncode != 0 and attempt.duration >= MIN_DURATION)
        or ends_early(attempt.source)
    )


def _refuse(attempt: Attempt, *, is_cut: bool) -> NoReturn:
    """Say why there is next to no sound."""
    label, findings = attempt.label, attempt.run.findings
    if findings.format and not findings.has_audio:
        what = "video without a sound track" if findings.has_video else "file without a sound track"
        raise BadInputError(f"{label} is a {what}. Give a file that has sound.")
    if is_cut and "moov" in findings.reason:
        raise TruncatedAudioError(
            f"{label} is cut off: its index (the moov atom) is missing, so nothing of it can be "
            "decoded and --allow-partial does not help. Fetch it again."
        )
    if is_cut:
        raise TruncatedAudioError(
            f"{label} is cut off or damaged: only {_amount(attempt)} could be decoded, which is "
            "too little even for --allow-partial. Fetch it again." + _in_its_words(findings.reason)
        )
    if attempt.run.returncode != 0:
        raise BadInputError(
            f"{label} cannot be decoded: it is damaged, no sound, or in an unknown format. "
            "Convert it to MP3, M4A, FLAC or WAV." + _in_its_words(findings.reason)
        )
    raise BadInputError(
        f"{label} lasts {_seconds(attempt.duration)}; at least {_seconds(MIN_DURATION)} is needed. "
        "Check that this is the right file."
    )


def _amount(attempt: Attempt) -> str:
    declared = attempt.run.findings.duration
    is_known = declared is not None and declared > attempt.duration + _SLACK
    whole = f" of {_seconds(declared)}" if is_known and declared is not None else ""
    return f"{_seconds(attempt.duration)}{whole}"


def _seconds(duration: float) -> str:
    if duration < 60:  # noqa: PLR2004  # a minute
        return f"{math.floor(duration * 10) / 10:.1f} s"
    return "{} min {} s".format(*divmod(int(duration), 60))


def _in_its_words(reason: str) -> str:
    return f" (ffmpeg: {reason.rstrip('.')}.)" if reason else ""
