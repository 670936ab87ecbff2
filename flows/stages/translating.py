"""Correct the English of a transcript, and say it again in one language."""

from collections.abc import Iterable

from flows.models.model_set import ModelSet
from flows.stages import tasks
from flows.stages.request import EpisodeRequest
from flows.stages.run_stage import run_stage
from flows.stages.translation_style import EpisodeWording
from outputs.record.record_types import RecordedSpeaker
from podcast.editing.corrected_transcript import (
    apply_to_transcript,
    corrected_title,
    corrected_translations,
)
from podcast.editing.corrections import Applied
from podcast.language import Language
from podcast.transcript import BilingualTranscript, Made, Transcript, Translation
from translation.fallbacks.rows import settle_rows
from translation.pairing import pair_lines


def correct(
    transcript: Transcript, speakers: Iterable[RecordedSpeaker], request: EpisodeRequest
) -> Applied:
    """Lay what a human has corrected over the lines."""
    names = {speaker.id: speaker.name for speaker in speakers}
    return apply_to_transcript(transcript, request.corrections, names)


def translate(applied: Applied, target: Language, request: EpisodeRequest) -> BilingualTranscript:
    """Translate the title and all lines into one language; what a human wrote stays."""
    lines, given = applied.transcript.lines, request.titles.get(target, "")
    made = translate_transcript(
        request.episode.title, applied.transcript, target, request.wording, request.models
    )
    title = Translation(given, Made.GIVEN) if given else made[0]
    return pair_lines(
        applied.transcript,
        target,
        corrected_title(title, target, request.corrections),
        corrected_translations(lines, made[1:], target, applied.used),
    )


def translate_transcript(
    title: str, transcript: Transcript, target: Language, wording: EpisodeWording, models: ModelSet
) -> tuple[Translation, ...]:
    """Translate a title and the lines under it.

    Returns:
        The title's translation, then one for each line.
    """
    plain = (title, *(" ".join(word.text for word in line.words) for line in transcript.lines))
    meant = (title, *(line.meant or line.text for line in transcript.lines))
    # All rows as they were recognised go through in one piece: a change of the glossary, or a
    # correction, then asks the model for the changed rows only.
    changed = tuple(dict.fromkeys(text for text in meant if text not in plain))
    said = run_stage(tasks.translate, plain, target, models)
    known = dict(zip(plain, said, strict=True))
    if changed:
        said = run_stage(tasks.translate, changed, target, models)
        known |= dict(zip(changed, said, strict=True))
    return _settled(meant, tuple(known[text] for text in meant), target, wording, models)


def translate_rows(
    texts: tuple[str, ...], target: Language, wording: EpisodeWording, models: ModelSet
) -> tuple[Translation, ...]:
    """Translate single rows of an episode."""
    return _settled(
        texts, run_stage(tasks.translate, texts, target, models), target, wording, models
    )


def _settled(
    texts: tuple[str, ...],
    raw: tuple[str, ...],
    target: Language,
    wording: EpisodeWording,
    models: ModelSet,
) -> tuple[Translation, ...]:
    terms = wording.glossary.terms(target)

    def retry(rows: tuple[str, ...], raw: tuple[str, ...]) -> tuple[Translation, ...]:
        return run_stage(tasks.retry, rows, raw, target, terms, models)

    return settle_rows(texts, raw, target, terms, wording.typography, retry)
