"""The canonical record of an episode: everything that was heard, said again and decided.

Every published file is a rendering of this record, so that rendering again needs no model. The
record holds no time of day: the same work gives the same bytes.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from podcast.episode import Episode, Recording
from podcast.errors import BadInputError, InvariantError
from podcast.language import Language
from podcast.timeline import Diarization, Segment, Span, SpeakerTurn, Word
from podcast.transcript import (
    BilingualTranscript,
    DroppedWord,
    Line,
    LinePair,
    Transcript,
    Translation,
)

SCHEMA_VERSION = 1
SCHEMA_FILE = Path(__file__).with_name("schemas") / "episode-1.schema.json"


@dataclass(frozen=True, slots=True)
class RecordedSound:
    """What was listened to.

    Attributes:
        source: File name or URL, without credentials.
        sha256: Of the publisher's file.
        duration: Seconds.
        is_partial: The file ended early; this is what there was.
    """

    source: str
    sha256: str
    duration: float
    is_partial: bool


@dataclass(frozen=True, slots=True)
class RecordedSpeaker:
    """One voice of the episode.

    Attributes:
        name: As it stands above the lines.
        embedding: The voice in the diarization model's embedding space; may be empty.
    """

    name: str
    embedding: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RecordedSegment:
    """A stretch as the recogniser cut it, with its confidence figures."""

    start: float
    end: float
    avg_logprob: float
    no_speech_prob: float
    compression_ratio: float


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """A line with all its translations, by language code."""

    id: str
    start: float
    end: float
    speaker: str
    text: str
    flags: tuple[str, ...]
    words: tuple[Word, ...]
    translations: dict[str, Translation]


Option = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the record.

    Attributes:
        models: Stage -> the model's name and identity.
        options: Stage -> option -> value.
        versions: Distribution -> version.
    """

    models: dict[str, str]
    options: dict[str, dict[str, Option]]
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class EpisodeRecord:
    """One episode, whole. See `SCHEMA_FILE` for the JSON form."""

    schema_version: int
    show: str
    label: str
    title: str
    titles: dict[str, Translation]
    language: str
    recording: RecordedSound
    speakers: tuple[RecordedSpeaker, ...]
    turns: tuple[SpeakerTurn, ...]
    overlaps: tuple[Span, ...]
    segments: tuple[RecordedSegment, ...]
    lines: tuple[RecordedLine, ...]
    dropped: tuple[DroppedWord, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Heard:
    """What the models heard in a recording."""

    recording: Recording
    diarization: Diarization
    segments: tuple[Segment, ...]


def build_record(
    episode: Episode,
    heard: Heard,
    transcript: Transcript,
    bilinguals: Sequence[BilingualTranscript],
    provenance: Provenance,
) -> EpisodeRecord:
    """Put everything that is known about an episode into one record."""
    recording = heard.recording
    return EpisodeRecord(
        schema_version=SCHEMA_VERSION,
        show=episode.show,
        label=episode.label,
        title=episode.title,
        titles={b.target.value: b.title for b in bilinguals},
        language=transcript.language.value,
        recording=RecordedSound(
            recording.source, recording.sha256, recording.duration, recording.is_partial
        ),
        speakers=_speakers(transcript, heard.diarization),
        turns=heard.diarization.turns,
        overlaps=heard.diarization.overlaps,
        segments=tuple(_segment(segment) for segment in heard.segments),
        lines=_lines(transcript, bilinguals),
        dropped=transcript.dropped,
        provenance=provenance,
    )


def transcript_in(record: EpisodeRecord, target: Language) -> BilingualTranscript:
    """Take one language out of a record.

    Raises:
        BadInputError: The record does not hold that language.
    """
    if target.value not in record.titles:
        raise BadInputError(f"The record of {record.title!r} holds no {target.label}.")
    return BilingualTranscript(
        source=Language(record.language),
        target=target,
        title=record.titles[target.value],
        pairs=tuple(
            LinePair(_line(line), line.translations[target.value]) for line in record.lines
        ),
    )


def dump_record(record: EpisodeRecord) -> bytes:
    """Write a record as JSON, checked against its schema.

    Raises:
        InvariantError: The record does not follow its own schema.
    """
    from jsonschema import Draft202012Validator

    document = _adapter().dump_python(record, mode="json")
    validator = Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
    for error in validator.iter_errors(document):
        raise InvariantError(f"The record breaks its schema at {error.json_path}: {error.message}")
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def parse_record(data: bytes, name: str = "the record") -> EpisodeRecord:
    """Read a record.

    Raises:
        BadInputError: This is not a record, or one of another version.
    """
    from pydantic import ValidationError

    try:
        record: EpisodeRecord = _adapter().validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInputError(f"{name} is no episode record: {where}: {first['msg']}.") from error
    if record.schema_version != SCHEMA_VERSION:
        raise BadInputError(
            f"{name} has schema version {record.schema_version}; "
            f"this program reads version {SCHEMA_VERSION}."
        )
    return record


def json_schema() -> dict[str, Any]:
    """Derive the JSON Schema of a record from its type; `SCHEMA_FILE` holds the released one."""
    schema: dict[str, Any] = _adapter().json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(EpisodeRecord)


def _speakers(transcript: Transcript, diarization: Diarization) -> tuple[RecordedSpeaker, ...]:
    voices = {voice.speaker: voice.embedding for voice in diarization.voiceprints}
    names = dict.fromkeys(line.speaker for line in transcript.lines)
    return tuple(RecordedSpeaker(name, voices.get(name, ())) for name in names)


def _segment(segment: Segment) -> RecordedSegment:
    return RecordedSegment(
        segment.start,
        segment.end,
        segment.avg_logprob,
        segment.no_speech_prob,
        segment.compression_ratio,
    )


def _lines(
    transcript: Transcript, bilinguals: Sequence[BilingualTranscript]
) -> tuple[RecordedLine, ...]:
    return tuple(
        RecordedLine(
            id=line.id,
            start=line.start,
            end=line.end,
            speaker=line.speaker,
            text=line.text,
            flags=line.flags,
            words=line.words,
            translations={b.target.value: b.pairs[row].target for b in bilinguals},
        )
        for row, line in enumerate(transcript.lines)
    )


def _line(line: RecordedLine) -> Line:
    return Line(line.id, line.start, line.end, line.speaker, line.text, line.words, line.flags)
