"""Number the speakers of a diarization, or make one of two. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from podcast.timeline import Diarization


def number_speakers(diarization: Diarization, order: Iterable[str]) -> Diarization:
    """Call the speakers "Speaker 1" and up in an order; whoever is not in it comes last."""
    heard = (turn.speaker for turn in diarization.turns)
    printed = (voice.speaker for voice in diarization.voiceprints)
    ids = dict.fromkeys((*order, *heard, *printed))
    numbers = {id_: f"Speaker {n}" for n, id_ in enumerate(ids, 1)}
    turns = (replace(turn, speaker=numbers[turn.speaker]) for turn in diarization.turns)
    voices = (replace(v, speaker=numbers[v.speaker]) for v in diarization.voiceprints)
    return replace(diarization, turns=tuple(turns), voiceprints=tuple(voices))


def merge_speakers(diarization: Diarization, merged: Mapping[str, str]) -> Diarization:
    """Return the diarization with the turns of some speakers given to others.

    Args:
        diarization: As the model heard it.
        merged: Id of a speaker who was somebody else -> id of that one, whose voiceprint stays.
    """
    if not merged:
        return diarization
    turns = (replace(t, speaker=merged.get(t.speaker, t.speaker)) for t in diarization.turns)
    voices = (voice for voice in diarization.voiceprints if voice.speaker not in merged)
    return replace(diarization, turns=tuple(turns), voiceprints=tuple(voices))
