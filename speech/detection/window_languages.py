"""Find the speech that is not English.

Of every window that is decoded the recogniser says, slice by slice, in which language it may be.
That costs next to nothing, and is not enough: a window holds several people, and an accent or a
noise passes for Welsh. So where a slice is hardly English, each utterance around it is listened to
alone, and only what is then clearly in another language counts.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audio.waveforms.waveform import SAMPLE_RATE
from podcast.intervals import merge_spans, without
from podcast.timeline import LanguageSlice, Span, SpeakerTurn, overlap

SLICE = 5.0
"""Seconds of speech whose language is looked at: a sentence. Less says more about noise."""

SLICE_FRAMES = round(SLICE * 50)
"""Vectors of the encoder in a slice."""

SHORTEST = 1.5
"""Seconds of a last slice; less is not enough to hear a language."""

LEAST_LANGUAGE = 0.01
"""Less probable languages are not worth keeping."""

ENGLISH = "en"
HARDLY_ENGLISH = 0.3
CLEARLY = 0.6
"""Probability of English at most, and of one other language at least, with which the speech around
a slice is listened to alone. A third of the slices of clean talk with little English in them are
spread over Hungarian, Thai and Tagalog; none of them has more than 0.5 of one language."""

AROUND = 5.0
"""Seconds around such a slice: it may be the only one of its stretch that shows."""

LONGEST_UTTERANCE = 10.0
SHORTEST_UTTERANCE = 1.0
"""Seconds; a shorter one says too little, and is what those beside it are."""

PAUSE = 0.5
"""Seconds of silence at most within one utterance."""

NOT_ENGLISH = 0.15
"""Probability of English at most in an utterance alone that is foreign. In a row of such utterances
one, or a slice of it, must be `CLEARLY` in another language: the others may pass for Latin."""

SHORTEST_FOREIGN = 3.0
"""Seconds of foreign speech in a row that are more than a title or a greeting."""

ONE_STRETCH = 2.0
"""Seconds at most between two foreign utterances of one stretch."""

NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sr": "Serbian", "sv": "Swedish",
    "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""The languages that are met most often; Whisper knows a hundred."""


@dataclass(frozen=True, slots=True)
class ForeignSpeech:
    """A stretch that is not English.

    Attributes:
        start: Seconds.
        end: Seconds.
        language: Its code.
    """

    start: float
    end: float
    language: str


def slices_of(
    windows: Sequence[Mapping[str, float]],
    languages: Sequence[Sequence[Mapping[str, float]]],
    chunks: Sequence[Mapping[str, int]],
) -> tuple[LanguageSlice, ...]:
    """Return the languages of the speech in a recording.

    Args:
        windows: "start" and "end" of each in seconds, without the silence between chunks.
        languages: Of the slices of each window; empty if the recogniser knows only one.
        chunks: "start" and "end" in samples of what the windows are made of.
    """
    from faster_whisper.transcribe import SpeechTimestampsMap

    clock = SpeechTimestampsMap(list(chunks), SAMPLE_RATE)
    found = []
    for window, slices in zip(windows, languages, strict=False):
        for n, probabilities in enumerate(slices):
            start = window["start"] + n * SLICE
            end = min(window["end"], start + SLICE)
            if end - start >= SHORTEST:
                times = clock.get_original_time(start), clock.get_original_time(end, is_end=True)
                found.append(LanguageSlice(*times, dict(probabilities)))
    return tuple(found)


def utterances_to_check(
    slices: Sequence[LanguageSlice], speech: Sequence[Span], turns: Sequence[SpeakerTurn]
) -> tuple[Span, ...]:
    """Return the utterances that may be in another language, in time order.

    Args:
        slices: The languages of the windows.
        speech: Where the detector found speech, in time order.
        turns: Who speaks.
    """
    doubted = [
        Span(part.start - AROUND, part.end + AROUND)
        for part in slices
        if _is_clear(part.probabilities, HARDLY_ENGLISH)
    ]
    if not doubted:
        return ()
    return tuple(
        utterance
        for utterance in _utterances(speech, turns)
        if any(overlap(utterance, around) > 0 for around in doubted)
    )


def foreign_speech(
    utterances: Sequence[Span],
    languages: Sequence[Mapping[str, float]],
    slices: Sequence[LanguageSlice],
) -> tuple[ForeignSpeech, ...]:
    """Return the stretches that are clearly in another language, in time order.

    Args:
        utterances: In time order.
        languages: Of each alone: code -> probability.
        slices: The languages of the windows.
    """
    heard = [
        LanguageSlice(span.start, span.end, dict(likely))
        for span, likely in zip(utterances, languages, strict=True)
    ]
    foreign = [part for part in heard if _english(part.probabilities) <= NOT_ENGLISH]
    english = [part for part in heard if part not in foreign]
    stretches = without(merge_spans(foreign, ONE_STRETCH), english)
    return tuple(
        ForeignSpeech(stretch.start, stretch.end, language)
        for stretch in stretches
        if _seconds_in(stretch, foreign) >= SHORTEST_FOREIGN
        and (language := _language_of(stretch, [*foreign, *slices]))
    )


def _seconds_in(stretch: Span, parts: Sequence[LanguageSlice]) -> float:
    return sum(max(0.0, overlap(stretch, part)) for part in parts)


def _language_of(stretch: Span, parts: Sequence[LanguageSlice]) -> str:
    """Return the language of most parts of a stretch that are clear; none where none is."""
    votes = Counter(
        _likeliest(part.probabilities)
        for part in parts
        if overlap(part, stretch) > 0 and _is_clear(part.probabilities, HARDLY_ENGLISH)
    )
    return votes.most_common(1)[0][0] if votes else ""


def _is_clear(probabilities: Mapping[str, float], english: float) -> bool:
    """Say whether speech is clearly in another language."""
    return _english(probabilities) <= english and max(probabilities.values(), default=0) >= CLEARLY


def _likeliest(probabilities: Mapping[str, float]) -> str:
    return max(probabilities, key=lambda code: probabilities[code])


def _english(probabilities: Mapping[str, float]) -> float:
    return probabilities.get(ENGLISH, 0.0)


def language_name(code: str) -> str:
    """Return what a language is called in English; its code where that is not known here."""
    return NAMES.get(code, f"the language {code!r}")


def _utterances(speech: Sequence[Span], turns: Sequence[SpeakerTurn]) -> list[Span]:
    """Return speech cut where the speaker changes and where it is long."""
    changes = [
        Span(turn.start, turn.start)
        for before, turn in pairwise(turns)
        if turn.speaker != before.speaker
    ]
    utterances: list[Span] = []
    for part in without(speech, changes):
        last = utterances[-1] if utterances else part
        is_changed = any(last.end <= change.start <= part.start for change in changes)
        is_near = part.start - last.end <= PAUSE and part.end - last.start <= LONGEST_UTTERANCE
        if utterances and is_near and not is_changed:
            utterances[-1] = Span(last.start, part.end)
        else:
            utterances.append(part)
    return [part for part in utterances if part.end - part.start >= SHORTEST_UTTERANCE]
