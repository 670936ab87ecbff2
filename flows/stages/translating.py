"""Say a transcript again in one language."""

from flows.models.model_set import ModelSet
from flows.stages import tasks
from flows.stages.run_stage import ask
from flows.stages.translation_style import EpisodeWording
from podcast.language import Language
from podcast.transcript import Transcript, Translation
from translation.fallbacks.rows import settle_rows


def translate_transcript(
    title: str, transcript: Transcript, target: Language, wording: EpisodeWording, models: ModelSet
) -> tuple[Translation, ...]:
    """Translate a title and the lines under it.

    Returns:
        The title's translation, then one for each line.
    """
    heard = (title, *(" ".join(word.text for word in line.words) for line in transcript.lines))
    meant = (title, *(line.meant or line.text for line in transcript.lines))
    # All that was heard goes through in one piece, corrected or not: a change of the glossary, or
    # a correction, then asks the model for the changed rows only.
    changed = tuple(dict.fromkeys(text for text in meant if text not in heard))
    said = ask(tasks.translate, heard, target, models)
    known = dict(zip(heard, said, strict=True))
    if changed:
        said = ask(tasks.translate, changed, target, models)
        known |= dict(zip(changed, said, strict=True))
    return _settled(meant, tuple(known[text] for text in meant), target, wording, models)


def translate_rows(
    texts: tuple[str, ...], target: Language, wording: EpisodeWording, models: ModelSet
) -> tuple[Translation, ...]:
    """Translate single rows of an episode."""
    return _settled(texts, ask(tasks.translate, texts, target, models), target, wording, models)


def _settled(
    texts: tuple[str, ...],
    raw: tuple[str, ...],
    target: Language,
    wording: EpisodeWording,
    models: ModelSet,
) -> tuple[Translation, ...]:
    terms = wording.glossary.terms(target)

    def mend(rows: tuple[str, ...], raw: tuple[str, ...]) -> tuple[Translation, ...]:
        return ask(tasks.retry, rows, raw, target, terms, models)

    return settle_rows(texts, raw, target, terms, wording.typography, mend)
