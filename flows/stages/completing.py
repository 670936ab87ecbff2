"""Nothing that is spoken stays without words unseen: it is decoded again, alone, or reported."""

from collections.abc import Sequence
from dataclasses import replace

from flows.models.model_set import ModelSet
from flows.stages import tasks
from flows.stages.run_stage import ask
from podcast.coverage import Coverage
from podcast.errors import ForeignSpeechError
from podcast.intervals import merge_spans, total, without
from podcast.recording import Recording
from podcast.timeline import Diarization, LanguageSlice, Span, Transcription
from speech.detection.foreign_stretches import (
    ForeignSpeech,
    close_looks,
    first_looks,
    foreign_speech,
    pauses_in,
    stretches,
    with_languages,
)
from speech.detection.window_languages import language_name
from speech.redecoding.second_decoding import ChosenSegments
from speech.redecoding.uncovered_speech import (
    BESIDE_FOREIGN,
    LONGEST_WITHOUT_WORDS,
    completed,
    turn_by_turn,
    uncovered,
    unheard_speech,
    words_of,
)
from speech.transcription.recogniser import TranscriptionOptions

MOSTLY = 0.5
"""Share of the speech in another language above which a recording is not English."""


def find_foreign(
    recording: Recording,
    first: Transcription,
    diarization: Diarization,
    models: ModelSet,
) -> tuple[ForeignSpeech, ...]:
    """Return where somebody does not speak English; listen to what may be foreign alone.

    Raises:
        ForeignSpeechError: That is most of the recording.
    """

    def identify(spans: tuple[Span, ...]) -> tuple[LanguageSlice, ...]:
        languages = ask(tasks.identify_languages, recording, spans, models) if spans else ()
        return with_languages(spans, languages)

    spoken = merge_spans([*first.speech, *diarization.turns])
    looks = identify(first_looks(first.languages, spoken))
    close = identify(close_looks(looks, spoken))
    words = [word for segment in first.segments for word in segment.words]
    pauses = pauses_in(first.speech, diarization.turns, words)
    whole = identify(stretches(looks, close, pauses))
    foreign = foreign_speech(whole, looks)
    if not foreign:
        return ()
    share = 1 - total(without(spoken, foreign)) / total(spoken)
    if share <= MOSTLY:
        return foreign
    names = " and ".join(dict.fromkeys(language_name(part.language) for part in foreign))
    raise ForeignSpeechError(
        f"{recording.source} is not in English: {share:.0%} of what is spoken in it sounds like "
        f"{names}. Nothing was published. If it is English, go on with --force-english."
    )


def complete(  # noqa: PLR0913, PLR0917  all that was heard, and who hears the rest
    recording: Recording,
    settled: ChosenSegments,
    diarization: Diarization,
    foreign: Sequence[ForeignSpeech],
    listening: TranscriptionOptions,
    models: ModelSet,
) -> ChosenSegments:
    """Decode again, turn by turn and without the hotwords, what is spoken and has no words."""
    spoken = _english(settled, diarization, foreign)
    stretches = uncovered(
        spoken, words_of(settled), BESIDE_FOREIGN if foreign else LONGEST_WITHOUT_WORDS
    )
    parts = turn_by_turn(stretches, diarization.turns)
    if not parts:
        return settled
    found = ask(tasks.decode_alone, recording, parts, replace(listening, hotwords=()), models)
    return completed(settled, stretches, found)


def coverage_of(
    settled: ChosenSegments,
    diarization: Diarization,
    foreign: Sequence[ForeignSpeech],
    *,
    knows_languages: bool,
) -> Coverage:
    """Say how much of what is spoken has words."""
    english = _english(settled, diarization, foreign)
    unheard = unheard_speech(settled, diarization.turns, english, foreign)
    return Coverage(round(total(english) + total(foreign), 3), unheard, knows_languages)


def _english(
    settled: ChosenSegments, diarization: Diarization, foreign: Sequence[ForeignSpeech]
) -> list[Span]:
    return list(without(merge_spans([*settled.speech, *diarization.turns]), foreign))
