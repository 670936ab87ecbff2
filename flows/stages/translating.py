"""Correct the English of a transcript, and say it again in one language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.models.loaded_models import engines
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
from podcast.transcript import BilingualTranscript, Line, Made, Transcript, Translation
from translation.conversation import (
    Answer,
    SourceRow,
    Style,
    alone,
    answers_in_context,
    conversation_of,
)
from translation.fallbacks.rows import settle_rows
from translation.pairing import pair_lines


def correct(
    transcript: Transcript, speakers: Iterable[RecordedSpeaker], request: EpisodeRequest
) -> Applied:
    """Lay what a human has corrected over the lines."""
    names = {speaker.id: speaker.name for speaker in speakers}
    return apply_to_transcript(transcript, request.corrections, names)


def translate(
    applied: Applied,
    speakers: Iterable[RecordedSpeaker],
    target: Language,
    request: EpisodeRequest,
) -> BilingualTranscript:
    """Translate the title and all lines into one language; what a human wrote stays."""
    lines, given = applied.transcript.lines, request.titles.get(target, "")
    names = {speaker.id: speaker.name for speaker in speakers}
    rows = conversation_of(request.episode.title, lines, names)
    made = _translated(rows, applied.transcript, target, request)
    title = Translation(given, Made.GIVEN) if given else made[0]
    return pair_lines(
        applied.transcript,
        target,
        corrected_title(title, target, request.corrections),
        corrected_translations(lines, made[1:], target, applied.used),
    )


def translate_some(
    rows: Sequence[SourceRow], wanted: Sequence[int], target: Language, request: EpisodeRequest
) -> tuple[Translation, ...]:
    """Translate some rows of an episode."""
    asking = _Asking(target, request.wording, request.models)
    asked = tuple(rows[place] for place in wanted)
    if asking.reads_context:
        return asking.settled(asked, answers_in_context(rows, wanted, asking.answers))
    return asking.settled(asked, asking.answers(alone(asked)))


def _translated(
    rows: tuple[SourceRow, ...], transcript: Transcript, target: Language, request: EpisodeRequest
) -> tuple[Translation, ...]:
    asking = _Asking(target, request.wording, request.models)
    if asking.reads_context:
        return asking.settled(rows, asking.answers(rows))
    asked = alone(rows)
    known = asking.each((rows[0], *map(_as_recognised, transcript.lines)))
    # All rows as they were recognised go through in one piece: a change of the glossary, or a
    # correction, then asks the model for the changed rows only.
    known |= asking.each([row for row in asked if row not in known])
    return asking.settled(rows, [known[row] for row in asked])


def _as_recognised(line: Line) -> SourceRow:
    return SourceRow(" ".join(word.text for word in line.words))


@dataclass(frozen=True, slots=True)
class _Asking:
    """The translator of a run, asked for one language."""

    target: Language
    wording: EpisodeWording
    models: ModelSet

    @property
    def reads_context(self) -> bool:
        own, *_ = self.models.translators.into(self.target)
        return engines().translator(own).reads_context

    def answers(self, rows: tuple[SourceRow, ...]) -> tuple[Answer, ...]:
        style = self.wording.style(self.target) if self.reads_context else Style()
        return run_stage(tasks.translate, rows, self.target, style, self.models)

    def each(self, rows: Sequence[SourceRow]) -> dict[SourceRow, Answer]:
        """Ask for each row once, if there are any."""
        distinct = tuple(dict.fromkeys(rows))
        found = self.answers(distinct) if distinct else ()
        return dict(zip(distinct, found, strict=True))

    def settled(self, rows: Sequence[SourceRow], raw: Sequence[Answer]) -> tuple[Translation, ...]:
        style = self.wording.style(self.target)

        def retry(rows: tuple[SourceRow, ...], raw: tuple[Answer, ...]) -> tuple[Translation, ...]:
            if self.reads_context:
                return run_stage(tasks.retry, rows, raw, self.target, style, self.models)
            terms = Style(style.terms)
            return run_stage(tasks.retry, alone(rows), raw, self.target, terms, self.models)

        return settle_rows(rows, raw, self.target, style, self.wording.typography, retry)
