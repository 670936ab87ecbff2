"""Read what ffmpeg says while it decodes. Pure: lines in, findings out."""

import re
from dataclasses import dataclass, replace

from audio.decoding.tracks import Track

_PREFIX = re.compile(r"^(?:\[[^\]]* @ [0-9a-fx]+\] )*(?:\[(\w+)\] )?")
_DURATION = re.compile(r"^  Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_BEGIN = re.compile(r"^  Duration: \S+ start: (-?\d+\.\d+)")
_INPUT = re.compile(r"^Input #0, (\S+), from")
_STREAM = re.compile(
    r"^ {2,4}Stream #0:(\d+)(?:\[\w+\])?(?:\(([^)]*)\))?: "
    r"(Audio|Video|Subtitle|Data|Attachment): (.*)"
)
_LAYOUT = re.compile(r", \d+ Hz, ([^,]+)")
_START = re.compile(r", start (-?\d+\.\d+)")
_ROLE = re.compile(r"\((default|comment|descriptions|visual impaired|karaoke|lyrics)\)")
_OPENING = re.compile(r"^(?:Error opening input(?: files?)?|fd:): ")

_ESTIMATES = ("Estimating duration from bitrate", "using bitrate for duration")
_CUTS = (
    "partial file", "File ended prematurely", "moov atom not found", "Error during demuxing",
)  # fmt: skip
_STOPPED = "received signal"
_CORRUPT = "Packet corrupt"
_FOLLOW_UPS = (
    # What ffmpeg adds to every failure; the reason stands before it.
    "At least one output file",
    "Conversion failed",
    "Could not open encoder",
    "Error opening input file ",
    "Error opening output",
    "Error parsing options",
    "Error initializing filters",
    "Error submitting packet",
    "Error while",
    "Error sending frames",
    "Failed to set value",
    "Neither number of channels",
    "Nothing was written",
    "Task finished",
    "Terminating thread",
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What ffmpeg found out about its input.

    Attributes:
        format: ffmpeg's name of the container; empty if it could not open the file.
        start: Where the first track begins, in seconds of the container's clock.
        duration: Seconds that the header declares; None if unknown or only estimated.
        tracks: All sound tracks, in the file's order.
        has_video: There are moving pictures; cover art does not count.
        is_cut: The container ends before its own structure does, or cannot be read to its end.
        is_stopped: Somebody asked ffmpeg to stop.
        reason: The error that explains the failure best, in ffmpeg's words; may be empty.
        n_errors: Error lines.
    """

    format: str = ""
    start: float = 0.0
    duration: float | None = None
    tracks: tuple[Track, ...] = ()
    has_video: bool = False
    is_cut: bool = False
    is_stopped: bool = False
    reason: str = ""
    n_errors: int = 0


class LogReader:
    """Takes ffmpeg's log line by line (`-loglevel level+info`) and keeps only what matters."""

    def __init__(self) -> None:
        self._found = Findings()
        self._tracks: dict[int, Track] = {}
        self._is_estimate = False
        self._is_input = True

    def feed(self, line: str) -> None:
        """Take one line."""
        prefix = _PREFIX.match(line)
        level = prefix[1] if prefix else None
        text = line[prefix.end() if prefix else 0 :].rstrip()
        if _STOPPED in text:
            self._found = replace(self._found, is_stopped=True)
        if level == "info":
            self._feed_listing(text)
        else:
            self._feed_trouble(text, is_error=level in {"error", "fatal", "panic"})

    def findings(self) -> Findings:
        """Return what is known so far."""
        tracks = tuple(track for _, track in sorted(self._tracks.items()))
        duration = None if self._is_estimate else self._found.duration
        return replace(self._found, tracks=tracks, duration=duration)

    def _feed_listing(self, text: str) -> None:
        if text.startswith(("Stream mapping:", "Output #")):
            self._is_input = False  # what follows describes our own output
        if not self._is_input:
            return
        if found := _INPUT.match(text):
            self._found = replace(self._found, format=found[1])
        elif found := _STREAM.match(text):
            self._feed_stream(*found.groups())
        if found := _DURATION.match(text):
            hours, minutes, seconds = found.groups()
            duration = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
            self._found = replace(self._found, duration=duration)
        if found := _BEGIN.match(text):
            self._found = replace(self._found, start=float(found[1]))

    def _feed_stream(self, index: str, language: str | None, kind: str, about: str) -> None:
        if kind == "Audio":
            layout, start = _LAYOUT.search(about), _START.search(about)
            self._tracks[int(index)] = Track(
                index=int(index),
                language=language or "",
                layout=layout[1] if layout else "",
                start=float(start[1]) if start else None,
                roles=frozenset(_ROLE.findall(about)),
            )
        elif kind == "Video" and not about.endswith("(attached pic)"):
            self._found = replace(self._found, has_video=True)

    def _feed_trouble(self, text: str, *, is_error: bool) -> None:
        if any(sign in text for sign in _ESTIMATES):
            self._is_estimate = True
        # Raw AAC has no length: a broken packet is the only sign. In other containers packets are
        # broken for harmless reasons too, such as the last one of a WAV that was written to a pipe.
        is_corrupt = self._found.format == "aac" and text.startswith(_CORRUPT)
        if is_corrupt or any(sign in text for sign in _CUTS):
            self._found = replace(self._found, is_cut=True)
        if is_error:
            before = self._found
            reason = _choose_reason(before.reason, text)
            self._found = replace(before, n_errors=before.n_errors + 1, reason=reason)


def _choose_reason(known: str, text: str) -> str:
    """Return the better explanation: the latest, but nothing that only follows from another."""
    if found := _OPENING.match(text):
        return known or text[found.end() :]
    return known if not text or text.startswith(_FOLLOW_UPS) else text
