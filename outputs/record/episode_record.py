"""The canonical record of an episode: everything that was heard, said again and decided.

Every published file is a rendering of this record, so that rendering again needs no model. The
record holds no time of day: the same work gives the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from outputs.record.json_form import JsonForm
from outputs.record.record_faults import faults_of
from outputs.record.record_types import (
    EpisodeRecord,
    Provenance,
    RecordedBefore,
    RecordedLine,
    RecordedSegment,
    RecordedSound,
    RecordedSpeaker,
    Rendering,
)
from podcast.editing.corrections import Applied
from podcast.errors import BadInputError, InvariantError
from podcast.language import TARGETS, Language
from podcast.recognition import Recognition
from podcast.recording import Episode
from podcast.stage import Stage
from podcast.timeline import Segment
from podcast.transcript import BilingualTranscript, LinePair, Transcript, Translation

RECORD_NAME = "episode.json"
SCHEMA_VERSION = 1
RECORD_FORM = JsonForm(EpisodeRecord, "episode record", "episode-1.schema.json", SCHEMA_VERSION)


def build_record(  # noqa: PLR0913, PLR0917  a record is made of just these
    episode: Episode,
    recognition: Recognition,
    speakers: Sequence[RecordedSpeaker],
    applied: Applied,
    bilinguals: Sequence[BilingualTranscript],
    provenance: Provenance,
    rendering: Rendering = Rendering(),  # noqa: B008  it is frozen
) -> EpisodeRecord:
    """Put everything that is known about an episode into one record.

    Args:
        episode: As it is announced.
        recognition: What the models recognised.
        speakers: Everybody who says a line, or did before somebody corrected it.
        applied: The lines, with what a human has corrected in them.
        bilinguals: The same lines in other languages.
        provenance: What made all this.
        rendering: How its files are made where there is a choice.
    """
    transcript = applied.transcript
    recording = recognition.recording
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
        speakers=tuple(speakers),
        turns=recognition.diarization.turns,
        overlaps=recognition.diarization.overlaps,
        segments=tuple(_segment(segment) for segment in recognition.segments),
        lines=_lines(transcript, bilinguals, _before(applied)),
        dropped=transcript.dropped,
        provenance=provenance,
        unused_corrections=tuple(unused.says for unused in applied.unused),
        guid=episode.guid,
        published_at=episode.published_at,
        rendering=rendering,
        coverage=recognition.coverage,
    )


def transcript_in(record: EpisodeRecord, target: Language) -> BilingualTranscript:
    """Take one language out of a record, with the speakers under their names.

    Raises:
        BadInputError: The record does not hold that language.
    """
    if target.value not in record.titles:
        raise BadInputError(f"The record of {record.title!r} holds no {target.label}.")
    names = {speaker.id: speaker.name for speaker in record.speakers}
    return BilingualTranscript(
        source=Language(record.language),
        target=target,
        title=record.titles[target.value],
        pairs=tuple(
            LinePair(replace(line, speaker=names[line.speaker]), line.translations[target.value])
            for line in record.lines
        ),
    )


def origin_of_words(record: EpisodeRecord) -> str:
    """Say whose words a record holds: those of a publisher's transcript, or why they are not.

    Returns:
        A clause such as "as recognised, not as in a.vtt: it is empty"; empty without a transcript.
    """
    return str(record.provenance.options.get(Stage.TRANSCRIBE.value, {}).get("text") or "")


def with_language(
    record: EpisodeRecord, target: Language, title: Translation, rows: Sequence[Translation]
) -> EpisodeRecord:
    """Put a language into a record, in the place of what it has of that language.

    Args:
        record: To put it into.
        target: The language.
        title: Of the episode.
        rows: One for each line, in order.
    """
    return replace(
        record,
        titles=_in_order({**record.titles, target.value: title}),
        lines=tuple(
            replace(line, translations=_in_order({**line.translations, target.value: row}))
            for line, row in zip(record.lines, rows, strict=True)
        ),
    )


def dump_record(record: EpisodeRecord) -> bytes:
    """Write a record as JSON, checked against its schema.

    Raises:
        InvariantError: The record does not follow its own schema.
    """
    return RECORD_FORM.dump(record)


def check_record(record: EpisodeRecord) -> None:
    """See that a record can be read back once it is written.

    Raises:
        InvariantError: It contradicts itself.
    """
    if fault := next(faults_of(record), None):
        place, what = fault
        raise InvariantError(
            f"{RECORD_NAME} of {record.title!r} would not read back: at $.{place}, {what}."
        )


def parse_record(data: bytes, name: str = "the record") -> EpisodeRecord:
    """Read a record.

    Raises:
        BadInputError: This is not a record, one of another version, or one that contradicts itself.
    """
    record = RECORD_FORM.parse(data, name)
    if fault := next(faults_of(record), None):
        place, what = fault
        raise BadInputError(
            f"{name} is damaged at $.{place}: {what}. Put a copy of it back, or process the "
            "episode again."
        )
    return record


def _in_order(translations: Mapping[str, Translation]) -> dict[str, Translation]:
    return {t.value: translations[t.value] for t in TARGETS if t.value in translations}


def _before(applied: Applied) -> dict[str, RecordedBefore]:
    return {
        u.before.id: RecordedBefore(u.before.text, u.before.speaker)
        for u in applied.used
        if u.correction.text or u.correction.speaker
    }


def _segment(segment: Segment) -> RecordedSegment:
    return RecordedSegment(
        segment.start,
        segment.end,
        segment.avg_logprob,
        segment.no_speech_prob,
        segment.compression_ratio,
    )


def _lines(
    transcript: Transcript,
    bilinguals: Sequence[BilingualTranscript],
    before: Mapping[str, RecordedBefore],
) -> tuple[RecordedLine, ...]:
    return tuple(
        RecordedLine.of(
            line, {b.target.value: b.pairs[row].target for b in bilinguals}, before.get(line.id)
        )
        for row, line in enumerate(transcript.lines)
    )
