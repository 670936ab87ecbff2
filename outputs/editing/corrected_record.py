"""Lay corrections over a published record, without hearing the episode again. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from outputs.record.record_types import EpisodeRecord, RecordedBefore, RecordedLine
from podcast.editing.corrected_transcript import apply_to_transcript, corrected_title
from podcast.editing.corrections import Corrections, UnusedCorrection, UsedCorrection
from podcast.language import Language
from podcast.transcript import Line, Made, Transcript, Translation


@dataclass(frozen=True, slots=True)
class CorrectedRecord:
    """A record with its corrections.

    Attributes:
        record: Where a line's English is new, the translations by models are still the old ones.
        retranslate: Ids of those lines, where a language has no translation by hand.
        used: The corrections that found their line.
        unused: The others.
    """

    record: EpisodeRecord
    retranslate: tuple[str, ...]
    used: tuple[UsedCorrection, ...]
    unused: tuple[UnusedCorrection, ...]


def correct_record(record: EpisodeRecord, corrections: Corrections) -> CorrectedRecord:
    """Correct lines, speakers, translations and titles. Corrected twice is corrected once."""
    transcript = Transcript(Language(record.language), record.lines)
    names = {speaker.id: speaker.name for speaker in record.speakers}
    applied = apply_to_transcript(transcript, corrections, names)
    lines = tuple(
        _recorded(line, new, applied.used)
        for line, new in zip(record.lines, applied.transcript.lines, strict=True)
    )
    titles = {
        code: corrected_title(title, Language(code), corrections)
        for code, title in record.titles.items()
    }
    return CorrectedRecord(
        replace(
            record,
            lines=lines,
            titles=titles,
            unused_corrections=tuple(unused.says for unused in applied.unused),
        ),
        _stale(record.lines, lines),
        applied.used,
        applied.unused,
    )


def _recorded(line: RecordedLine, new: Line, used: Sequence[UsedCorrection]) -> RecordedLine:
    by_hand: dict[str, Translation] = {
        language.value: Translation(text, Made.CORRECTED)
        for u in used
        if u.before.id == line.id
        for language, text in u.correction.translations
        if language.value in line.translations
    }
    translations = {**line.translations, **by_hand}
    return RecordedLine.of(new, translations, line.before or _before(line, new))


def _before(line: RecordedLine, new: Line) -> RecordedBefore | None:
    if (new.text, new.speaker) == (line.text, line.speaker):
        return None
    return RecordedBefore(line.text, line.speaker)


def _stale(before: Sequence[RecordedLine], after: Sequence[RecordedLine]) -> tuple[str, ...]:
    return tuple(
        new.id
        for old, new in zip(before, after, strict=True)
        if old.text != new.text
        and any(translation.made != Made.CORRECTED for translation in new.translations.values())
    )
