"""Number the speakers of a diarization, or make one of two. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from podcast.timeline import Diarization


def number_speakers(diarization: Diarization, order: Iterable[str]) -> Diarization:
    """Call the speakers "Speaker 1" and up in an order; whoever is not in it comes last."""
    return diarization.with_speakers(numbers_of(diarization, order))


def numbers_of(diarization: Diarization, order: Iterable[str]) -> dict[str, str]:
    """Return id -> "Speaker 1" and up, in an order; whoever is not in it comes last."""
    speaking = (turn.speaker for turn in diarization.turns)
    printed = (voice.speaker for voice in diarization.voiceprints)
    ids = dict.fromkeys((*order, *speaking, *printed))
    return {id_: f"Speaker {n}" for n, id_ in enumerate(ids, 1)}


def merge_speakers(diarization: Diarization, merged: Mapping[str, str]) -> Diarization:
    """Return the diarization with the turns of some speakers given to others.

    Args:
        diarization: As the model made it.
        merged: Id of a speaker who was somebody else -> id of that one, whose voiceprint stays.
    """
    prints = (voice for voice in diarization.voiceprints if voice.speaker not in merged)
    return replace(diarization, voiceprints=tuple(prints)).with_speakers(merged)
