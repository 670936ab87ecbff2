"""The voices of one episode, kept apart from what is published. Pure; the file is JSON.

A voiceprint is biometric data. It is needed again when somebody gives the voice a name, so that
it is kept on this machine, beside the episode and never in it.
"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from podcast.errors import BadInputError
from podcast.timeline import Diarization, SpeakerTurn
from speech.voiceprints.speaker_identification import unit

VERSION = 1

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KeptVoiceprint:
    """How one speaker of an episode sounds.

    Attributes:
        speaker: Id in the episode.
        seconds: Of speech in that voice.
        embedding: In the model's embedding space, never all zeros.
    """

    speaker: str
    seconds: float
    embedding: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class EpisodeVoiceprints:
    """The voices of one run over one recording.

    Attributes:
        version: Of the file's form.
        episode: sha256 of the publisher's file.
        model: Name and identity of the model that made the embeddings; others do not compare.
        run: Mark of the run that the ids of the speakers belong to: see `run_mark`.
        voices: In the order in which they first speak.
    """

    version: int
    episode: str
    model: str
    run: str
    voices: tuple[KeptVoiceprint, ...]


def voiceprints_of(diarization: Diarization, episode: str, model: str) -> EpisodeVoiceprints:
    """Take the voices out of a diarization."""
    return EpisodeVoiceprints(
        VERSION,
        episode,
        model,
        run_mark(diarization.turns),
        tuple(
            KeptVoiceprint(
                voice.speaker, speaking_time(diarization.turns, voice.speaker), voice.embedding
            )
            for voice in diarization.voiceprints
            if unit(voice.embedding)
        ),
    )


def run_mark(turns: Sequence[SpeakerTurn]) -> str:
    """Tell one run over a recording from another by when people speak.

    Another run may number the speakers differently. Who speaks is left out, so that the mark
    stays when two speakers turn out to be one.
    """
    times = ";".join(f"{turn.start!r}-{turn.end!r}" for turn in turns)
    return hashlib.sha256(times.encode()).hexdigest()[:16]


def speaking_time(turns: Sequence[SpeakerTurn], speaker: str) -> float:
    """Return for how many seconds somebody speaks."""
    return math.fsum(turn.end - turn.start for turn in turns if turn.speaker == speaker)


def merge_voiceprints(prints: EpisodeVoiceprints, gone: str, kept: str) -> EpisodeVoiceprints:
    """Make one voice of two, which turned out to be one person's, under the id of the second."""
    parts = [voice for voice in prints.voices if voice.speaker in {gone, kept}]
    if not any(voice.speaker == gone for voice in parts):
        return prints
    seconds = math.fsum(voice.seconds for voice in parts)
    voice = KeptVoiceprint(kept, seconds, mean_direction([(v.embedding, v.seconds) for v in parts]))
    first = prints.voices.index(parts[0])
    others = [v for v in prints.voices if v not in parts]
    return replace(prints, voices=(*others[:first], voice, *others[first:]))


def without_voiceprint(prints: EpisodeVoiceprints, speaker: str) -> EpisodeVoiceprints:
    """Leave a voice out."""
    return replace(prints, voices=tuple(v for v in prints.voices if v.speaker != speaker))


def mean_direction(weighted: Sequence[tuple[Sequence[float], float]]) -> tuple[float, ...]:
    """Return the weighted mean of the directions of embeddings, of length 1.

    Args:
        weighted: (embedding, weight), all of one model; at least one.
    """
    rows = [(unit(embedding), weight) for embedding, weight in weighted]
    size = max(len(row) for row, _ in rows)
    sums = [math.fsum(row[n] * weight for row, weight in rows if row) for n in range(size)]
    return unit(sums)


def parse_voiceprints(data: bytes, name: str = "the file") -> EpisodeVoiceprints:
    """Read the voices of an episode.

    Args:
        data: The file.
        name: What to call it in an error.

    Raises:
        BadInputError: The file does not hold voices, or in another form.
    """
    prints = parse_json(EpisodeVoiceprints, data, f"{name} holds no voices")
    if prints.version != VERSION or not all(unit(voice.embedding) for voice in prints.voices):
        raise BadInputError(f"{name} holds voices that this program cannot read.")
    return prints


def render_json(value: object) -> bytes:
    """Write a dataclass as JSON."""
    from pydantic import TypeAdapter

    document: bytes = TypeAdapter(type(value)).dump_json(value)
    return document + b"\n"


def parse_json(type_: type[T], data: bytes, complaint: str) -> T:
    """Read a dataclass from JSON.

    Raises:
        BadInputError: It has another form; the message begins with the complaint.
    """
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(type_).validate_json(data)
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(map(str, problem["loc"]))
        place = f"{where}: " if where else ""
        raise BadInputError(f"{complaint}: {place}{problem['msg']}.") from error
