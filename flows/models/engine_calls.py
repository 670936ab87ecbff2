"""What a run asks models for, as functions of plain values that any process can call.

Each takes a `report` last, which it calls once its model is loaded, and then with the fraction of
the work that is done.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import TypeVar

from audio.waveforms.levels import lifted
from audio.waveforms.waveform import Waveform, load_waveform
from flows.models.loaded_models import engines
from flows.models.model_set import ModelSet
from flows.models.translators import load_translators
from podcast.language import Language
from podcast.progress import Report
from podcast.recording import Recording
from podcast.timeline import Diarization, Segment, Span, Transcription
from podcast.transcript import Translation
from speech.diarization.chunk_outputs import ChunkOutputs
from speech.diarization.diarizer import DiarizationOptions
from speech.transcription.recogniser import TranscriptionOptions
from translation.conversation import Answer, SourceRow, Style
from translation.fallbacks.strategies import retry_failed

R = TypeVar("R")


def segment_and_embed(
    recording: Recording, piece: Span, models: ModelSet, report: Report
) -> ChunkOutputs:
    """Tell who speaks in each chunk that begins in a piece."""
    diarizer = _loaded(engines().diarizer(models.diarizer), report)
    sound = diarizer.padded_span(piece, recording.duration)
    return diarizer.segment_and_embed(_sound(recording, sound), report)


def cluster(
    pieces: tuple[ChunkOutputs, ...],
    duration: float,
    options: DiarizationOptions,
    models: ModelSet,
    report: Report,
) -> Diarization:
    """Find out who is who in a recording all of whose pieces are segmented and embedded."""
    diarizer = _loaded(engines().diarizer(models.diarizer), report)
    diarization = diarizer.cluster(pieces, duration, options)
    report(1.0)
    return diarization


def transcribe(
    recording: Recording,
    piece: Span,
    options: TranscriptionOptions,
    models: ModelSet,
    report: Report,
) -> Transcription:
    """Decode one piece, on the piece's own clock."""
    recogniser = _loaded(engines().recogniser(models.recogniser), report)
    return recogniser.transcribe(_sound(recording, piece), options, report)


def redecode(
    recording: Recording,
    windows: tuple[Span, ...],
    options: TranscriptionOptions,
    models: ModelSet,
    report: Report,
) -> tuple[tuple[Segment, ...], ...]:
    """Decode some windows a second time, with more care."""
    recogniser = _loaded(engines().recogniser(models.recogniser), report)
    waveform = _sound(recording)
    return _one_by_one(windows, lambda w: recogniser.redecode(waveform, w, options), report)


def identify_languages(
    recording: Recording, spans: tuple[Span, ...], models: ModelSet, report: Report
) -> tuple[dict[str, float], ...]:
    """Say in which language each stretch of speech may be."""
    recogniser = _loaded(engines().recogniser(models.recogniser), report)
    waveform = _sound(recording)
    return _one_by_one(spans, lambda span: recogniser.languages_of(waveform, span), report)


def decode_alone(
    recording: Recording,
    parts: tuple[Span, ...],
    options: TranscriptionOptions,
    models: ModelSet,
    report: Report,
) -> tuple[Segment, ...]:
    """Decode some stretches of speech, each alone."""
    recogniser = _loaded(engines().recogniser(models.recogniser), report)
    waveform = _sound(recording)
    found = _one_by_one(parts, lambda p: recogniser.decode_alone(waveform, p, options), report)
    return tuple(chain.from_iterable(found))


def _loaded(engine: R, report: Report) -> R:
    """Say that the work begins, now that its model is there."""
    report(0.0)
    return engine


def _one_by_one(spans: Sequence[Span], work: Callable[[Span], R], report: Report) -> tuple[R, ...]:
    done: list[R] = []
    for span in spans:
        done.append(work(span))
        report(len(done) / len(spans))
    return tuple(done)


def _sound(recording: Recording, span: Span | None = None) -> Waveform:
    """Load what the models get: the recording, with its quiet speech made louder."""
    waveform = load_waveform(recording.path, span)
    return lifted(waveform, recording.lifts, span.start if span else 0.0)


def translate(
    rows: tuple[SourceRow, ...], target: Language, style: Style, models: ModelSet, report: Report
) -> tuple[Answer, ...]:
    """Say every row again in one language."""
    own, *_ = models.translators.into(target)
    translator = _loaded(engines().translator(own), report)
    return translator.translate(rows, target, style, report)


def retry(  # noqa: PLR0913, PLR0917  what the strategies take
    rows: tuple[SourceRow, ...],
    raw: tuple[Answer, ...],
    target: Language,
    style: Style,
    models: ModelSet,
    report: Report,
) -> tuple[Translation, ...]:
    """Try harder with rows whose first translation failed its checks."""
    translators = _loaded(load_translators(models.translators, target), report)
    return retry_failed(rows, raw, target, style, translators, report)
