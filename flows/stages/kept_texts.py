"""Find what a published record holds already of the texts of the one that replaces it. Pure."""

from collections.abc import Iterator

from outputs.editing.corrected_record import correct_record
from outputs.record.record_types import EpisodeRecord, RecordedLine
from podcast.editing.corrections import Corrections
from podcast.language import Language
from podcast.transcript import Made, Translation
from translation.conversation import SourceRow, conversation_of


def kept_translations(
    record: EpisodeRecord, before: EpisodeRecord, target: Language, corrections: Corrections
) -> tuple[Translation | None, ...]:
    """Find the translations of a record's title and lines in the record that it replaces.

    Args:
        record: The new one, corrected.
        before: The published one.
        target: The language.
        corrections: As they stand now. What was corrected once and is not any more is forgotten.

    Returns:
        The title's, then one for each line; None where it has to be translated.
    """
    by_hand = {
        used.before.id: Translation(text, Made.CORRECTED)
        for used in correct_record(record, corrections).used
        if (text := dict(used.correction.translations).get(target))
    }
    found = dict(_by_english(before, target))
    rows = (
        by_hand.get(line.id) or found.get((line.id, english)) or found.get(("", english))
        for line, english in ((line, english_of(line)) for line in record.lines)
    )
    corrected = dict(corrections.titles).get(target)
    title = Translation(corrected, Made.CORRECTED) if corrected else _title(record, before, target)
    return (title, *rows)


def conversation_in(record: EpisodeRecord) -> tuple[SourceRow, ...]:
    """Return what the translations of an episode translate, the title first."""
    names = {speaker.id: speaker.name for speaker in record.speakers}
    return conversation_of(record.title, record.lines, names)


def english_of(line: RecordedLine) -> str:
    """Return what the translations of a line translate."""
    return line.meant or line.text


def _by_english(
    before: EpisodeRecord, target: Language
) -> Iterator[tuple[tuple[str, str], Translation]]:
    """Yield what models made of each line by its id and its English, and by its English alone."""
    for line in before.lines:
        translation = line.translations[target.value]
        if translation.made != Made.CORRECTED:
            yield (line.id, english_of(line)), translation
            yield ("", english_of(line)), translation


def _title(record: EpisodeRecord, before: EpisodeRecord, target: Language) -> Translation | None:
    """Return the title as it was: by models if the English is the same, else by hand alone."""
    title = before.titles.get(target.value)
    if title is None or title.made == Made.CORRECTED:
        return None
    return title if title.made == Made.GIVEN or before.title == record.title else None
