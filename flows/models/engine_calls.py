"""What a run asks models for, as functions of plain values that any process can call.

Each takes a `report` last, which it calls with the fraction of the work that is done.
"""

from audio.waveforms.levels import lifted
from audio.waveforms.waveform import Waveform, load_waveform
from flows.models.loaded_models import engines
from flows.models.model_set import ModelSet
from podcast.language import Language
from podcast.progress import Report
from podcast.recording import Recording
from podcast.timeline import Diarization, Segment, Span, Transcription
from podcast.transcript import Translation
from speech.diarization.chunk_outputs import ChunkVoices
from speech.diarization.pyannote_diarizer import DiarizationOptions
from speech.transcription.whisper_recogniser import TranscriptionOptions
from translation.fallbacks.strategies import climb
from translation.glossary.terms import Term


def hear_voices(recording: Recording, piece: Span, models: ModelSet, report: Report) -> ChunkVoices:
    """Hear who speaks in each chunk that begins in a piece."""
    diarizer = engines().diarizer(models)
    sound = diarizer.sound_of(piece, recording.duration)
    return diarizer.hear(_sound(recording, sound), report)


def diarize(
    heard: tuple[ChunkVoices, ...],
    duration: float,
    options: DiarizationOptions,
    models: ModelSet,
    report: Report,
) -> Diarization:
    """Find out who is who in a recording whose pieces have been heard."""
    diarization = engines().diarizer(models).tell_apart(heard, duration, options)
    report(1.0)
    return diarization


def transcribe(
    recording: Recording,
    piece: Span,
    options: TranscriptionOptions,
    models: ModelSet,
    report: Report,
) -> Transcription:
    """Hear what is said in one piece, on the piece's own clock."""
    return engines().transcriber(models).transcribe(_sound(recording, piece), options, report)


def listen_again(
    recording: Recording,
    windows: tuple[Span, ...],
    options: TranscriptionOptions,
    models: ModelSet,
    report: Report,
) -> tuple[tuple[Segment, ...], ...]:
    """Hear some stretches a second time, with more care."""
    waveform = _sound(recording)
    transcriber = engines().transcriber(models)
    heard: list[tuple[Segment, ...]] = []
    for window in windows:
        heard.append(transcriber.redo(waveform, window, options))
        report(len(heard) / len(windows))
    return tuple(heard)


def name_languages(
    recording: Recording, spans: tuple[Span, ...], models: ModelSet, report: Report
) -> tuple[dict[str, float], ...]:
    """Say in which language each stretch of speech may be."""
    waveform = _sound(recording)
    transcriber = engines().transcriber(models)
    found: list[dict[str, float]] = []
    for span in spans:
        found.append(transcriber.languages_of(waveform, span))
        report(len(found) / len(spans))
    return tuple(found)


def redecode(
    recording: Recording,
    parts: tuple[Span, ...],
    options: TranscriptionOptions,
    models: ModelSet,
    report: Report,
) -> tuple[Segment, ...]:
    """Decode some stretches of speech, each alone."""
    waveform = _sound(recording)
    transcriber = engines().transcriber(models)
    found: list[Segment] = []
    for n, part in enumerate(parts, 1):
        found += transcriber.decode_alone(waveform, part, options)
        report(n / len(parts))
    return tuple(found)


def _sound(recording: Recording, span: Span | None = None) -> Waveform:
    """Load what the models hear: the recording, with its quiet speech made louder."""
    waveform = load_waveform(recording.path, span)
    return lifted(waveform, recording.lifts, span.start if span else 0.0)


def translate(
    texts: tuple[str, ...], target: Language, models: ModelSet, report: Report
) -> tuple[str, ...]:
    """Say every row again in one language."""
    return engines().translator(models).translate(texts, target, report)


def mend(  # noqa: PLR0913, PLR0917  what the ladder takes
    texts: tuple[str, ...],
    raw: tuple[str, ...],
    target: Language,
    terms: tuple[Term, ...],
    models: ModelSet,
    report: Report,
) -> tuple[Translation, ...]:
    """Try harder with rows whose first translation failed its checks."""
    return climb(texts, raw, target, terms, engines().translator(models), report)
