"""From pyannote's annotations to speakers that are numbered as they first speak."""

import math
from typing import Any

from podcast.timeline import Diarization, Span, SpeakerTurn, Voiceprint


def to_diarization(output: Any, duration: float) -> Diarization:
    """Return what pyannote says of a recording as values of our own.

    Args:
        output: pyannote's `DiarizeOutput`.
        duration: Of the recording, in seconds: padding makes pyannote's last turns end after it.
    """
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
