"""Translate published episodes again as a whole: other packages, other terms, more languages."""

from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from flows.models.limits import model_place
from flows.models.translators import (
    Translators,
    describe_translators,
    find_translators,
    load_translators,
)
from flows.parameters import Models, Wording
from flows.published.published_record import editing, render_again
from flows.retranslation.line_retranslation import say
from flows.stages.kept_texts import conversation_in
from flows.stages.provenance import way_into, way_of, with_way
from flows.stages.translation_style import EpisodeWording, load_wording
from outputs.editing.corrected_record import correct_record
from outputs.editing.corrections_file import corrections_path, load_corrections
from outputs.record.episode_record import with_language
from outputs.record.record_types import EpisodeRecord, RecordedLine
from podcast.language import Language
from podcast.stage import Stage
from podcast.transcript import BY_HAND, Flag, Line, Transcript, Translation
from translation.glossary.glossary_correction import apply_glossary
from translation.glossary.show_glossary import Glossary


@dataclass(frozen=True, slots=True)
class RetranslationRequest:
    """How episodes are to be translated.

    Attributes:
        languages: What an episode gets besides the languages that it has.
        wording: The glossary and the typography.
        models: The translators; the other models are not asked.
        is_forced: Translate also what was translated in the same way already.
        shares_models: Others on this machine ask models, too, so that the limit is to be kept.
    """

    languages: tuple[Language, ...]
    wording: Wording
    models: Models
    is_forced: bool
    shares_models: bool


def translate_again(folder: Path, order: RetranslationRequest) -> bool:
    """Translate an episode again and render it, without listing it; what is by hand stays.

    Where translators, glossary and typography are those that it was translated with, only the
    languages that it lacks are made.

    Args:
        folder: Of the episode; its corrections and the show's glossary lie beside it.
        order: What is wanted.

    Returns:
        Whether there was anything to do.

    Raises:
        BadInputError: The record, the corrections or the glossary cannot be read.
        SetupError: There is no translator into a language.
        StorageError: Nothing was published: the disk is full or the folder cannot be written.
    """
    translators = find_translators(order.models)
    with editing(folder) as episode:
        wording = load_wording(order.wording, folder)
        before = episode.record
        record = _worded(before, translators.usual.identity(), wording)
        targets = tuple(dict.fromkeys((*map(Language, before.titles), *order.languages)))
        if record == before and not order.is_forced:
            targets = tuple(
                target for target in targets if not _is_made(before, target, translators)
            )
        if not targets:
            return False
        corrections = load_corrections(corrections_path(folder))
        record = correct_record(record, corrections).record
        with model_place() if order.shares_models else nullcontext():
            for target in targets:
                record = _translated(record, target, wording, translators)
        # Once more: what somebody corrected in a language may be older than the language here.
        render_again(episode, correct_record(record, corrections).record)
    return True


def _is_made(record: EpisodeRecord, target: Language, translators: Translators) -> bool:
    """Say whether a record has a language, translated by these translators."""
    made, is_there = record.provenance, target.value in record.titles
    return is_there and way_of(made, target) == way_into(made, target, translators)


def _worded(record: EpisodeRecord, packages: str, wording: EpisodeWording) -> EpisodeRecord:
    """Return the record as its next translation takes it; the same if nothing is different."""
    made = record.provenance
    provenance = replace(
        made,
        models={**made.models, Stage.TRANSLATE.value: packages},
        options={**made.options, Stage.TRANSLATE.value: wording.described()},
    )
    if provenance == made:
        return record
    return replace(_reworded(record, wording.glossary), provenance=provenance)


def _reworded(record: EpisodeRecord, glossary: Glossary) -> EpisodeRecord:
    """Let the glossary correct the words, as if for the first time; a text by hand stays."""
    recognised = Transcript(Language(record.language), tuple(map(_as_recognised, record.lines)))
    lines = zip(record.lines, apply_glossary(recognised, glossary).lines, strict=True)
    return replace(record, lines=tuple(_with_text(line, new) for line, new in lines))


def _as_recognised(line: Line) -> Line:
    text = " ".join(word.text for word in line.words)
    flags = tuple(flag for flag in line.flags if flag != Flag.GLOSSARY)
    return replace(line, text=text, meant="", flags=flags)


def _with_text(line: RecordedLine, new: Line) -> RecordedLine:
    if line.before is None:
        return replace(line, text=new.text, meant=new.meant, flags=new.flags)
    if line.before.text != line.text:
        return line
    before = replace(line.before, text=new.text)  # somebody has changed the speaker only
    return replace(line, text=new.text, meant=new.meant, flags=new.flags, before=before)


def _translated(
    record: EpisodeRecord, target: Language, wording: EpisodeWording, translators: Translators
) -> EpisodeRecord:
    """Translate the title and all lines into one language, which may be new to the record."""
    rows, loaded = conversation_in(record), load_translators(translators, target)
    before = (record.titles, *(line.translations for line in record.lines))
    said = zip(before, say(rows, range(len(rows)), target, wording, loaded), strict=True)
    title, *made = (_unless_by_hand(known.get(target.value), new) for known, new in said)
    way = way_into(record.provenance, target, translators)
    described = describe_translators(translators, target)
    provenance = with_way(record.provenance, target, way, described)
    return with_language(replace(record, provenance=provenance), target, title, made)


def _unless_by_hand(known: Translation | None, made: Translation) -> Translation:
    return known if known and known.made in BY_HAND else made
