"""Who speaks when, beside who does."""

from typing import Any

from pyannote.core import Annotation, Segment, Timeline
from pyannote.metrics.diarization import DiarizationErrorRate

from demo.scores import load_truth
from podcast.timeline import Diarization


def demo_reference(starts: tuple[float, ...] = (0.0,)) -> Annotation:
    """Return who speaks when in the demo's episode, or in a sound that holds it several times.

    Args:
        starts: Seconds at which it begins.
    """
    script = Annotation()
    for start in starts:
        for line in load_truth().lines:
            segment = Segment(start + line["start"], start + line["end"])
            script[segment, script.new_track(segment)] = line["voice"]
    return script


def error_rate(reference: Annotation, heard: Diarization, duration: float) -> float:
    """Return the diarization error rate of a recording of so many seconds, without a collar."""
    hypothesis = Annotation()
    for number, turn in enumerate(heard.turns):
        hypothesis[Segment(turn.start, turn.end), number] = turn.speaker
    whole: Any = Timeline([Segment(0.0, duration)])
    return float(DiarizationErrorRate()(reference, hypothesis, uem=whole))
