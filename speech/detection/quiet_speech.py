"""Find who speaks much more quietly than the others, so that the models can hear them louder."""

from collections.abc import Iterator
from itertools import groupby

import numpy as np

from audio.waveforms.levels import SPEECH_LEVEL, Samples, cut, level_of
from audio.waveforms.waveform import SAMPLE_RATE, Waveform
from podcast.intervals import merge_spans
from podcast.recording import Lift
from podcast.timeline import Span
from speech.detection.voice_activity import speech_in_gap

QUIET = 10 ** (-15 / 20)
"""A speaker who is so much below the others is quiet; soft words of one voice are less."""

LEAST = 10 ** (-36 / 20)
"""Below this anybody is quiet, whoever else speaks."""

MOMENT = 0.5
"""Seconds whose levels are compared."""

SHORTEST = 2.0
"""Seconds in which nothing is loud; fewer are soft words and pauses of anybody."""

LOUD = 0.95
"""Quantile of the moments that tells how loud a recording is."""

ONE_SPEAKER = 1.0
"""Seconds at most between two stretches of quiet speech that get one gain."""

MARGIN = 0.3
"""Seconds around quiet speech that become louder with it."""


def find_quiet_speech(waveform: Waveform, start: float = 0.0) -> tuple[Lift, ...]:
    """Return where somebody speaks very quietly, and how much louder the models should hear it.

    Where everybody is about as loud, nobody is looked for at all.

    Args:
        waveform: Some minutes of a recording.
        start: Where they begin in it, in seconds.
    """
    samples = waveform.samples
    lifts = []
    for stretch in _quiet_stretches(samples):
        for speech in merge_spans(speech_in_gap(samples, stretch), ONE_SPEAKER):
            first = max(stretch.start, speech.start - MARGIN)
            end = min(stretch.end, speech.end + MARGIN)
            gain = SPEECH_LEVEL / level_of(cut(samples, speech))
            lifts.append(Lift(round(start + first, 3), round(start + end, 3), round(gain, 2)))
    return tuple(lift for lift in lifts if lift.gain > 1)


def _quiet_stretches(samples: Samples) -> Iterator[Span]:
    """Yield the stretches long enough for speech in which nothing is loud."""
    size = round(MOMENT * SAMPLE_RATE)
    levels = [level_of(samples[n : n + size]) for n in range(0, len(samples), size)]
    if not levels:
        return
    limit = max(LEAST, QUIET * float(np.quantile(levels, LOUD)))
    position = 0
    for is_quiet, run in groupby(levels, key=lambda level: level < limit):
        stop = position + sum(1 for _ in run)
        if is_quiet and (stop - position) * MOMENT >= SHORTEST:
            yield Span(position * MOMENT, min(stop * MOMENT, len(samples) / SAMPLE_RATE))
        position = stop
