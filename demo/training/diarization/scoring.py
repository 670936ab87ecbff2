"""Judge a pipeline: how much time is given to the wrong speaker, and how many speakers it finds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from pyannote.core import Annotation, Segment
from pyannote.metrics.diarization import DiarizationErrorRate

from demo.training.diarization.mixtures import TalkOptions, Turn, converse, degrade
from demo.training.diarization.sounds import SoundBank, Waveform
from demo.training.diarization.speech import Speaker, SpeechPool
from demo.training.voices import SAMPLE_RATE

# People who take turns as in a podcast, rather than as hard to follow as in training.
_PODCAST = TalkOptions(answer_rate=0.25, overlap_rate=0.06, pause=(0.15, 0.8))
_SEED = 71


@dataclass(frozen=True, slots=True, eq=False)
class Dialogue:
    """A recording whose speakers are known.

    Attributes:
        name: Says who talks.
        samples: (n_samples,) float32 at 16 kHz.
        turns: Who speaks when.
    """

    name: str
    samples: Waveform
    turns: tuple[Turn, ...]

    @property
    def n_speakers(self) -> int:
        """How many people speak."""
        return len({turn.speaker for turn in self.turns})


@dataclass(frozen=True, slots=True)
class Score:
    """How well a pipeline did.

    Attributes:
        error_rate: Diarization error rate, collar 0, overlap counted.
        missed: Seconds of speech that were not found.
        false_alarm: Seconds found where nobody speaks.
        confusion: Seconds given to the wrong speaker.
        n_found: Speakers found.
        n_expected: Speakers that there are.
    """

    error_rate: float
    missed: float
    false_alarm: float
    confusion: float
    n_found: int
    n_expected: int


def held_out_dialogues(pool: SpeechPool, sounds: SoundBank, duration: float) -> list[Dialogue]:
    """Let held-out speakers talk: the demo voices, strangers, and both together."""
    demo = [speaker for speaker in pool.held_out if speaker.is_demo]
    others = [speaker for speaker in pool.held_out if not speaker.is_demo]
    casts = [demo[:1], demo[1:2], demo[:2], demo[1:], demo, demo, demo]
    casts += [others[:1], others[2:4], others[4:7], others[7:11], others[3:6], others[8:10]]
    casts += [[*demo[:1], others[5]], [*demo[1:], others[9]], [*demo, others[10]]]
    rng = np.random.default_rng(_SEED)
    return [_dialogue(rng, cast, sounds, duration) for cast in casts]


def score(pipeline: Any, dialogue: Dialogue, file: dict[str, Any] | None = None) -> Score:
    """Run a pipeline that is not told the number of speakers, and judge it.

    Args:
        pipeline: A loaded diarization pipeline.
        dialogue: What to run it on.
        file: What `as_file` made of the dialogue, where the pipeline may keep its findings.
    """
    found = pipeline(file or as_file(dialogue)).speaker_diarization
    parts = DiarizationErrorRate()(_reference(dialogue.turns), found, detailed=True)
    return Score(
        error_rate=parts["diarization error rate"],
        missed=parts["missed detection"],
        false_alarm=parts["false alarm"],
        confusion=parts["confusion"],
        n_found=len(found.labels()),
        n_expected=dialogue.n_speakers,
    )


def as_file(dialogue: Dialogue) -> dict[str, Any]:
    """Return the dialogue in the form that pipelines take."""
    waveform = torch.from_numpy(dialogue.samples)[None]
    return {"waveform": waveform, "sample_rate": SAMPLE_RATE, "uri": dialogue.name}


def summary(scores: Iterable[Score]) -> tuple[float, float]:
    """Return the mean error rate, and the mean of how far the numbers of speakers are off."""
    listed = list(scores)
    rate = float(np.mean([one.error_rate for one in listed]))
    return rate, float(np.mean([abs(one.n_found - one.n_expected) for one in listed]))


def _dialogue(
    rng: np.random.Generator, cast: Sequence[Speaker], sounds: SoundBank, duration: float
) -> Dialogue:
    begin = float(rng.uniform(0.3, 1.0))
    mixture = degrade(rng, converse(rng, cast, duration, begin, _PODCAST), sounds)
    return Dialogue("+".join(mixture.speakers), mixture.samples, mixture.turns)


def _reference(turns: Iterable[Turn]) -> Annotation:
    annotation = Annotation()
    for index, turn in enumerate(turns):
        annotation[Segment(turn.start, turn.end), index] = str(turn.speaker)
    return annotation
