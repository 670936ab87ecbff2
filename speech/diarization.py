"""Find out who spoke when. With `speech.fast_diarization` all that knows pyannote.audio."""

import logging
import math
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from audio.waveform import SAMPLE_RATE, Waveform
from podcast.errors import BadInputError, SetupError
from podcast.timeline import Diarization, Span, SpeakerTurn, Voiceprint
from speech.lean_import import import_without_compiler

logger = logging.getLogger(__name__)

Report = Callable[[float], None]
"""Called with the fraction that is done, 0 to 1, never falling."""

PASSES = {"segmentation": (0.0, 0.15), "embeddings": (0.15, 0.95)}
"""pyannote's slow steps and the part of the whole that each takes, from its CPU profile."""


@dataclass(frozen=True, slots=True)
class DiarizationOptions:
    """How many people speak, where that is known, and how closely to listen.

    Attributes:
        num_speakers: Exactly this many.
        min_speakers: At least this many.
        max_speakers: At most this many.
        shares_frames: Compare voices by frames that overlapping chunks share: several times faster,
            and not exactly what pyannote hears. A pipeline that cannot goes on as before.
    """

    num_speakers: int | None = None
    min_speakers: int | None = None
    max_speakers: int | None = None
    shares_frames: bool = False

    def __post_init__(self) -> None:
        """Refuse counts that contradict each other."""
        counts = (self.num_speakers, self.min_speakers, self.max_speakers)
        if any(count is not None and count < 1 for count in counts):
            raise BadInputError("The number of speakers must be 1 or more.")
        if self.num_speakers and (self.min_speakers or self.max_speakers):
            raise BadInputError("Give the exact number of speakers or a range, not both.")
        if self.min_speakers and self.max_speakers and self.min_speakers > self.max_speakers:
            raise BadInputError("The smallest number of speakers is above the largest one.")


class Diarizer(Protocol):
    """Hears who speaks when."""

    def diarize(
        self, waveform: Waveform, options: DiarizationOptions, report: Report
    ) -> Diarization:
        """Return the turns, overlaps and voices of a recording.

        Args:
            waveform: The whole recording.
            options: What is known about the number of speakers.
            report: Called as the work goes on.
        """
        ...


class PyannoteDiarizer:
    """A loaded pyannote.audio pipeline."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def diarize(
        self, waveform: Waveform, options: DiarizationOptions, report: Report
    ) -> Diarization:
        """See `Diarizer.diarize`."""
        import torch

        sound = {
            "waveform": torch.from_numpy(waveform.samples)[None],
            "sample_rate": SAMPLE_RATE,
            "uri": "recording",
        }
        self._pipeline.shares_frames = options.shares_frames
        with warnings.catch_warnings():
            # Of a single frame there is no deviation; pyannote expects that and goes on.
            warnings.filterwarnings("ignore", message="std\\(\\): degrees of freedom")
            output = self._pipeline(
                sound,
                num_speakers=options.num_speakers,
                min_speakers=options.min_speakers,
                max_speakers=options.max_speakers,
                hook=_Hook(report),
            )
        report(1.0)
        return _to_diarization(output, waveform.duration)


def load_diarizer(folder: Path, token: str | None = None, device: str = "cpu") -> PyannoteDiarizer:
    """Load a diarization pipeline.

    Args:
        folder: Holds a `config.yaml` and, as a rule, everything that it names.
        token: Model hub token, for an older pipeline whose parts lie behind a licence.
        device: A torch device.

    Raises:
        SetupError: The folder is missing or broken.
    """
    if not (folder / "config.yaml").is_file():
        raise SetupError(_cannot_load(folder, "it holds no config.yaml"))
    os.environ.setdefault("PYANNOTE_METRICS_ENABLED", "0")  # read when pyannote is imported
    with warnings.catch_warnings():
        # torchcodec decodes files; ours come decoded, so that its absence does not matter.
        warnings.simplefilter("ignore")
        import torch

        import_without_compiler("pyannote.audio")
        from pyannote.audio import Pipeline

        from speech.fast_diarization import accelerate

        try:
            pipeline = Pipeline.from_pretrained(folder, token=token)
        except Exception as error:
            raise SetupError(_cannot_load(folder, error)) from error
    if pipeline is None:
        raise SetupError(_cannot_load(folder, "a part of it is behind a licence"))
    pipeline.to(torch.device(device))
    return PyannoteDiarizer(accelerate(pipeline))


def _cannot_load(folder: Path, reason: object) -> str:
    return (
        f"The diarization pipeline in {folder} cannot be loaded: {reason}. "
        "Look into it with `interlinear models check`, or get it again."
    )


@dataclass(slots=True)
class _Hook:
    """Turn pyannote's per-step progress into one fraction."""

    report: Report
    done: float = 0.0

    def __call__(
        self,
        step: str,
        _artefact: object = None,
        *,
        completed: int | None = None,
        total: int | None = None,
        **_: object,
    ) -> None:
        if step in PASSES and completed is not None and total:
            start, end = PASSES[step]
            self.done = max(self.done, start + (end - start) * min(1.0, completed / total))
            self.report(self.done)


def _to_diarization(output: Any, duration: float) -> Diarization:
    raw = [
        (max(0.0, segment.start), min(duration, segment.end), label)
        for segment, _, label in output.exclusive_speaker_diarization.itertracks(yield_label=True)
    ]
    turns = sorted(turn for turn in raw if turn[1] > turn[0])
    names = _names(label for _, _, label in turns)
    return Diarization(
        turns=tuple(SpeakerTurn(start, end, names[label]) for start, end, label in turns),
        overlaps=tuple(
            Span(max(0.0, span.start), min(duration, span.end))
            for span in output.speaker_diarization.get_overlap()
        ),
        voiceprints=_voiceprints(output, names),
    )


def _names(labels: Any) -> dict[str, str]:
    """Number the speakers in the order in which they first speak."""
    return {label: f"Speaker {n}" for n, label in enumerate(dict.fromkeys(labels), start=1)}


def _voiceprints(output: Any, names: dict[str, str]) -> tuple[Voiceprint, ...]:
    if output.speaker_embeddings is None:
        return ()
    rows = dict(zip(output.speaker_diarization.labels(), output.speaker_embeddings, strict=False))
    # Somebody who never speaks alone for long enough has a row of NaN, which is no voice.
    return tuple(
        Voiceprint(name, tuple(float(value) for value in rows[label]))
        for label, name in names.items()
        if label in rows and all(map(math.isfinite, rows[label]))
    )
