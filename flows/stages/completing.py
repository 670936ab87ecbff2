"""Nothing that is spoken stays without words unseen: it is decoded again, alone, or reported."""

from collections.abc import Sequence
from dataclasses import replace

from flows.stages import tasks
from flows.stages.request import EpisodeRequest
from flows.stages.run_stage import run_stage
from podcast.coverage import Coverage
from podcast.errors import ForeignSpeechError
from podcast.intervals import common, merge_spans, total, without
from podcast.recording import Recording
from podcast.timeline import Diarization, LanguageSlice, Segment, Span, Transcription, overlap
from speech.detection.foreign_stretches import (
    SHORTEST_LOOK,
    ForeignSpeech,
    clear_english,
    close_looks,
    first_looks,
    foreign_speech,
    pauses_in,
    stretches,
    talked_through,
    with_languages,
)
from speech.detection.window_languages import language_name
from speech.redecoding.second_decoding import ChosenSegments
from speech.redecoding.skipped_speech import renewed, skipping_windows
from speech.redecoding.uncovered_speech import (
    BESIDE_FOREIGN,
    LONGEST_WITHOUT_WORDS,
    believable,
    completed,
    turn_by_turn,
    uncovered,
    unheard_speech,
    wordless_bursts,
    words_of,
)

SURE = 0.6
"""Probability of a word from which on it says that English is spoken."""

MOSTLY = 0.5
"""Share of the speech in another language above which a recording is not English."""


def identify_languages(
    recording: Recording,
    first: Transcription,
    diarization: Diarization,
    request: EpisodeRequest,
) -> tuple[ForeignSpeech, ...]:
    """Return where somebody does not speak English; look alone at what may be foreign.

    Raises:
        ForeignSpeechError: That is most of the recording.
    """
    if request.force_english:
        return ()

    def identify(spans: tuple[Span, ...]) -> tuple[LanguageSlice, ...]:
        languages = (
            run_stage(tasks.identify_languages, recording, spans, request.models) if spans else ()
        )
        return with_languages(spans, languages)

    spoken = merge_spans([*first.speech, *diarization.turns])
    words = [word for segment in first.segments for word in segment.words]
    looks = identify(first_looks(first.languages, spoken, words))
    sure = [word for word in words if word.probability >= SURE]
    gaps = talked_through(uncovered(spoken, sure, SHORTEST_LOOK), first.speech)
    close = identify(close_looks(looks, gaps, spoken))
    pauses = pauses_in(first.speech, diarization.turns, sure)
    whole = identify(stretches(close, gaps, pauses, clear_english(words)))
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


def complete(
    recording: Recording,
    chosen: ChosenSegments,
    diarization: Diarization,
    foreign: Sequence[ForeignSpeech],
    request: EpisodeRequest,
) -> ChosenSegments:
    """Decode again, without the hotwords, what is spoken and has no words.

    First longer stretches, turn by turn, and the whole windows that lost them; then what is left
    of it between two pauses, each alone: what is said again and again is written once where it is
    decoded together.
    """

    def decode(parts: tuple[Span, ...]) -> tuple[Segment, ...]:
        careful = replace(request.transcription, hotwords=())
        return run_stage(tasks.decode_alone, recording, parts, careful, request.models)

    spoken = _english(chosen, diarization, foreign)
    # What touches another language may be its last word.
    bursts = [burst for burst in chosen.speech if all(overlap(burst, f) < 0 for f in foreign)]
    longest = BESIDE_FOREIGN if foreign else LONGEST_WITHOUT_WORDS
    stretches = uncovered(spoken, words_of(chosen), longest)
    if parts := turn_by_turn(stretches, diarization.turns):
        filled = completed(chosen, stretches, decode(parts))
        windows = skipping_windows(chosen, stretches, filled)
        again = turn_by_turn(common(windows, spoken), diarization.turns)
        chosen = renewed(chosen, filled, windows, spoken, decode(again)) if again else filled
    if left := wordless_bursts(bursts, words_of(chosen), parts):
        chosen = completed(chosen, left, believable(decode(left)))
    return chosen


def coverage_of(
    chosen: ChosenSegments,
    diarization: Diarization,
    foreign: Sequence[ForeignSpeech],
    *,
    knows_languages: bool,
) -> Coverage:
    """Say how much of what is spoken has words."""
    english = _english(chosen, diarization, foreign)
    unheard = unheard_speech(chosen, diarization.turns, english, foreign)
    return Coverage(round(total(english) + total(foreign), 3), unheard, knows_languages)


def _english(
    chosen: ChosenSegments, diarization: Diarization, foreign: Sequence[ForeignSpeech]
) -> list[Span]:
    return list(without(merge_spans([*chosen.speech, *diarization.turns]), foreign))
