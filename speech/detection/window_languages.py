"""Say in which languages the windows that are decoded may be, slice by slice, and name them.

That costs next to nothing, and is only a hint: see `speech.detection.foreign_stretches`.
"""

from collections.abc import Mapping, Sequence

from audio.waveforms.waveform import SAMPLE_RATE
from podcast.timeline import LanguageSlice

SLICE = 5.0
"""Seconds of speech whose language is looked at: a sentence. Less says more about noise."""

SLICE_FRAMES = round(SLICE * 50)
"""Vectors of the encoder in a slice."""

SHORTEST = 1.5
"""Seconds of a last slice; less is not enough to tell a language."""

LEAST_LANGUAGE = 0.01
"""Less probable languages are not worth keeping."""

ENGLISH = "en"

NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "la": "another language", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sr": "Serbian",
    "sv": "Swedish", "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""The languages that are met most often; Whisper knows a hundred. Nobody speaks Latin: it is what
Whisper takes languages for that it knows badly."""


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


def english(probabilities: Mapping[str, float]) -> float:
    """Return how probable it is that speech is English."""
    return probabilities.get(ENGLISH, 0.0)


def language_name(code: str) -> str:
    """Return what a language is called in English; its code where that is not known here."""
    return NAMES.get(code, f"the language {code!r}")
