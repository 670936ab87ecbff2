"""Cut a long recording, so that its parts can be transcribed, and kept, one by one."""

import wave
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from audio.waveforms.waveform import SAMPLE_RATE, samples_of
from podcast.timeline import Span

LONGEST = 600
"""Seconds of a piece: what is lost at most when a run dies."""

SEARCHED = 30
"""Seconds before a piece's longest end in which the quietest moment is looked for."""

_MOMENT = 0.2
"""Seconds of quiet that are compared; a cut lies in the middle of them."""


def cut_at_silence(path: Path) -> tuple[Span, ...]:
    """Return the pieces of a decoded recording, in time order and without a gap.

    The same recording always has the same pieces; one of up to `LONGEST` seconds is one piece.
    """
    with wave.open(str(path), "rb") as file:
        cuts = [0.0, *_cuts(file), file.getnframes() / SAMPLE_RATE]
    return tuple(Span(start, end) for start, end in pairwise(cuts))


def cut_evenly(duration: float) -> tuple[Span, ...]:
    """Return pieces of `LONGEST` seconds, wherever they end; the last is half to one and a half.

    Args:
        duration: Seconds of the recording.
    """
    n_pieces = max(1, round(duration / LONGEST))
    cuts = [*(float(n * LONGEST) for n in range(n_pieces)), duration]
    return tuple(Span(start, end) for start, end in pairwise(cuts))


def _cuts(file: wave.Wave_read) -> Iterator[float]:
    latest = LONGEST
    while latest * SAMPLE_RATE < file.getnframes():
        cut = _quietest(file, latest - SEARCHED)
        yield cut
        latest = int(cut) + LONGEST


def _quietest(file: wave.Wave_read, start: int) -> float:
    """Return the middle of the quietest moment in the seconds from `start` on."""
    file.setpos(start * SAMPLE_RATE)
    samples = samples_of(file.readframes(SEARCHED * SAMPLE_RATE))
    moments = samples.reshape(-1, round(_MOMENT * SAMPLE_RATE))
    loudness = np.square(moments).sum(axis=1)
    return round(start + _MOMENT * (int(loudness.argmin()) + 0.5), 3)
