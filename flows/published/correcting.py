"""Correct a published episode: the corrections are kept beside it, and it is published again."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.published.published_record import Published, editing, publish_again
from outputs.editing.corrected_record import CorrectedRecord, correct_record
from outputs.editing.corrections_file import (
    corrections_path,
    load_corrections,
    load_corrections_text,
    merge_correction,
    parse_corrections,
    save_corrections,
)
from outputs.record.record_types import EpisodeRecord, RecordedLine
from podcast.editing.corrected_transcript import find_speaker
from podcast.editing.corrections import Correction, Corrections, line_id
from podcast.errors import BadInputError, InterlinearError
from podcast.transcript import Flag

Retranslate = Callable[[EpisodeRecord, Sequence[str]], EpisodeRecord]
"""Translate the lines with these ids again, but not what a human has translated."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CorrectionResult:
    """What became of the corrections of an episode.

    Attributes:
        record: With all corrections that could be used.
        corrected: Which could, and which not.
        is_published: Whether anything had to change.
    """

    record: EpisodeRecord
    corrected: CorrectedRecord
    is_published: bool


def keep_correction(episode: Published, wanted: Correction) -> Path:
    """Write a correction of a published line into the episode's file.

    Args:
        episode: Where the line is published.
        wanted: With the id of the line; guard and time are taken from the record.

    Returns:
        The file.

    Raises:
        BadInputError: The episode has no such line, speaker or language, or the file that is there
            cannot be read. Nothing was written.
        StorageError: The file cannot be written.
    """
    line = _line(episode.record, wanted.line)
    _check_speaker(episode.record, wanted.speaker)
    _check_languages(line, wanted)
    path = corrections_path(episode.folder)
    before = load_corrections_text(path)
    guarded = _guarded(episode.record, parse_corrections(before, path.name), line, wanted)
    after = merge_correction(before, guarded, path.name)
    _check_found(episode.record, parse_corrections(after, path.name), line)
    save_corrections(path, after)
    return path


def apply_corrections(episode: Published, retranslate: Retranslate) -> CorrectionResult:
    """Lay the corrections beside an episode over its record and publish it again.

    Args:
        episode: As it is published.
        retranslate: Called only if the English of a line has changed.

    Raises:
        BadInputError: The file cannot be read.
        StorageError: Nothing was published: the disk is full or the folder cannot be written.
    """
    corrected = look_at_corrections(episode)
    record = corrected.record
    if corrected.retranslate:
        record = retranslate(record, corrected.retranslate)
    if record != episode.record:
        publish_again(episode, record)
    return CorrectionResult(record, corrected, is_published=record != episode.record)


def catch_up(folder: Path, known: Corrections, retranslate: Retranslate) -> None:
    """Apply what somebody has corrected while a run was making the episode that it now published.

    What cannot be applied stays in the file; the log says so, since the episode is published.

    Args:
        folder: Of the episode, whose lock is not held.
        known: The corrections that the run has used.
        retranslate: As for `apply_corrections`.
    """
    try:
        if load_corrections(corrections_path(folder)) != known:
            with editing(folder) as episode:
                apply_corrections(episode, retranslate)
    except InterlinearError as error:
        _log.warning(
            "Corrections made during this run are not on the pages of %s: %s "
            "Run `interlinear correct` on it.",
            folder,
            error,
        )


def look_at_corrections(episode: Published) -> CorrectedRecord:
    """Say which corrections can be used; nothing is written.

    Raises:
        BadInputError: The file cannot be read.
    """
    return correct_record(episode.record, load_corrections(corrections_path(episode.folder)))


def _line(record: EpisodeRecord, id_: str) -> RecordedLine:
    wanted = line_id(id_)
    for line in record.lines:
        if line.id == wanted:
            return line
    raise BadInputError(
        f"{record.title!r} has no line {id_!r}. Its lines go from {record.lines[0].id} to "
        f"{record.lines[-1].id}; --find shows them by their text."
    )


def _check_speaker(record: EpisodeRecord, wanted: str) -> None:
    if not wanted:
        return
    try:
        find_speaker(wanted, {speaker.id: speaker.name for speaker in record.speakers})
    except BadInputError as error:
        raise BadInputError(f"The line cannot be given to {wanted!r}: {error}.") from error


def _check_languages(line: RecordedLine, wanted: Correction) -> None:
    for language, _ in wanted.translations:
        if language.value not in line.translations:
            raise BadInputError(
                f"The episode is not published in {language.label}. "
                f"It has {', '.join(sorted(line.translations))}."
            )


def _guarded(
    record: EpisodeRecord, corrections: Corrections, line: RecordedLine, wanted: Correction
) -> Correction:
    """Fill in which line is meant: as the entry says that corrects it already, or as it stands."""
    for used in correct_record(record, corrections).used:
        if used.before.id == line.id:
            return replace(wanted, line=used.correction.line, was=used.correction.was)
    words = " ".join(word.text for word in line.words)
    was = words if Flag.CORRECTED in line.flags else line.text
    return replace(wanted, line=line.id, was=was, at=round(line.start, 2))


def _check_found(record: EpisodeRecord, corrections: Corrections, line: RecordedLine) -> None:
    if all(used.before.id != line.id for used in correct_record(record, corrections).used):
        raise BadInputError(
            f"Another entry for line {line.id} with the same `was` means another line. "
            "Look at both with --list, and edit or delete that entry."
        )
