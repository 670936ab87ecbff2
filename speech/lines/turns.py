"""Number the speakers of a recording, or make one of two. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from podcast.recognition import Recognition


def number_speakers(recognition: Recognition) -> Recognition:
    """Call the speakers "Speaker 1" and up, in the order of their first words.

    Whoever says no word comes last.
    """
    diarization = recognition.diarization
    spoken = (word.speaker for word in recognition.words)
    heard = (turn.speaker for turn in diarization.turns)
    printed = (voice.speaker for voice in diarization.voiceprints)
    ids = dict.fromkeys((*spoken, *heard, *printed))
    return _renamed(recognition, {id_: f"Speaker {n}" for n, id_ in enumerate(ids, 1)})


def merge_speakers(recognition: Recognition, merged: Mapping[str, str]) -> Recognition:
    """Give all that some speakers say to others.

    Args:
        recognition: With the speakers as the diarizer tells them apart.
        merged: Id of a speaker who was somebody else -> id of that one, whose voiceprint stays.
    """
    prints = (p for p in recognition.diarization.voiceprints if p.speaker not in merged)
    diarization = replace(recognition.diarization, voiceprints=tuple(prints))
    return _renamed(replace(recognition, diarization=diarization), merged)


def _renamed(recognition: Recognition, ids: Mapping[str, str]) -> Recognition:
    diarization = recognition.diarization
    turns = (replace(t, speaker=ids.get(t.speaker, t.speaker)) for t in diarization.turns)
    prints = (replace(p, speaker=ids.get(p.speaker, p.speaker)) for p in diarization.voiceprints)
    words = (replace(w, speaker=ids.get(w.speaker, w.speaker)) for w in recognition.words)
    names = {ids.get(id_, id_): name for id_, name in recognition.written_names.items()}
    return replace(
        recognition,
        diarization=replace(diarization, turns=tuple(turns), voiceprints=tuple(prints)),
        words=tuple(words),
        written_names=names,
        coverage=recognition.coverage and recognition.coverage.with_speakers(ids),
    )
