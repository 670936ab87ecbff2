"""Find who speaks much more quietly than the others, to be made louder for the models."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

import numpy as np

from audio.waveforms.levels import SPEECH_LEVEL, Samples, cut, level_of
from audio.waveforms.waveform import SAMPLE_RATE, Waveform
from podcast.intervals import merge_spans, total, without
from podcast.recording import Lift
from podcast.timeline import Span
from speech.detection.voice_activity import speech_at_first_sight, speech_in_gap

QUIET = 10 ** (-15 / 20)
"""A speaker who is so much below the others is quiet; soft words of one voice are less."""

LEAST = 10 ** (-36 / 20)
"""Below this anybody may be too quiet to be recognised, whoever else speaks."""

MOMENT = 0.5
"""Seconds whose levels are compared."""

SHORTEST = 2.0
"""Seconds in which nothing is loud; fewer are soft words and pauses of anybody. Who is far below
the others speaks as long: what is shorter is said aside."""

LOUD = 0.95
"""Quantile of the moments that tells how loud a recording is."""

ONE_SPEAKER = 1.0
"""Seconds at most between two stretches of quiet speech that get one gain."""

MARGIN = 0.3
"""Seconds around quiet speech that become louder with it."""

MISSED = 0.5
"""Part of quiet speech that the detector must miss, where the others are not much louder. What it
finds the other models find too, and a change of level in its middle makes them miss words."""


def find_quiet_speech(waveform: Waveform, start: float = 0.0) -> tuple[Lift, ...]:
    """Return where somebody speaks very quietly, and how much louder it is made for the models.

    Where everybody is about as loud, and loud enough, nobody is looked for at all.

    Args:
        waveform: Some minutes of a recording.
        start: Where they begin in it, in seconds.
    """
    samples = waveform.samples
    levels = _levels(samples)
    far_below = QUIET * float(np.quantile(levels, LOUD)) if levels else 0.0
    quiet = list(_quiet_stretches(levels, far_below))
    lifts = [
        _lift(samples, speech, start)
        for speech in _speech_in(samples, quiet)
        if speech.end - speech.start >= SHORTEST
    ]
    soft = list(without(_quiet_stretches(levels, LEAST), quiet))
    if speech := list(_speech_in(samples, soft)):
        found = speech_at_first_sight(samples)
        lifts += [_lift(samples, s, start) for s in speech if _is_missed(s, found)]
    return tuple(sorted((lift for lift in lifts if lift.gain > 1), key=attrgetter("start")))


def _speech_in(samples: Samples, stretches: Iterable[Span]) -> Iterator[Span]:
    """Yield what is spoken in quiet stretches, with some sound around it."""
    duration = len(samples) / SAMPLE_RATE
    for stretch in stretches:
        for speech in merge_spans(speech_in_gap(samples, stretch), ONE_SPEAKER):
            start = max(stretch.start, speech.start - MARGIN)
            yield Span(start, min(stretch.end, duration, speech.end + MARGIN))


def _is_missed(speech: Span, found: Sequence[Span]) -> bool:
    return total(without([speech], found)) > MISSED * (speech.end - speech.start)


def _lift(samples: Samples, speech: Span, start: float) -> Lift:
    gain = SPEECH_LEVEL / level_of(cut(samples, speech))
    return Lift(round(start + speech.start, 3), round(start + speech.end, 3), round(gain, 2))


def _levels(samples: Samples) -> list[float]:
    size = round(MOMENT * SAMPLE_RATE)
    return [level_of(samples[n : n + size]) for n in range(0, len(samples), size)]


def _quiet_stretches(levels: Sequence[float], limit: float) -> Iterator[Span]:
    """Yield the stretches long enough for speech in which nothing is loud."""
    position = 0
    for is_quiet, run in groupby(levels, key=lambda level: level < limit):
        stop = position + sum(1 for _ in run)
        if is_quiet and (stop - position) * MOMENT >= SHORTEST:
            yield Span(position * MOMENT, stop * MOMENT)
        position = stop
