"""Write down what was said. The only module that knows faster-whisper."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from audio.waveform import Waveform
from podcast.errors import SetupError
from podcast.timeline import Segment, Word

Report = Callable[[float], None]
"""Called with the fraction that is done, 0 to 1, never falling."""

NEEDED_FILES = ("model.bin", "config.json", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class TranscriptionOptions:
    """How to listen.

    Attributes:
        language: Code of the spoken language.
        beam_size: Hypotheses kept while decoding.
        batch_size: Stretches of speech decoded together.
        chunk_length: Longest stretch in seconds; None takes the model's own length.
        speech_pad_ms: Sound kept on both sides of detected speech.
        min_silence_ms: A shorter silence does not end a stretch of speech.
    """

    language: str = "en"
    beam_size: int = 5
    batch_size: int = 8
    chunk_length: int | None = None
    speech_pad_ms: int = 400
    min_silence_ms: int = 160


class Transcriber(Protocol):
    """Hears what is said."""

    def transcribe(
        self, waveform: Waveform, options: TranscriptionOptions, report: Report
    ) -> tuple[Segment, ...]:
        """Return the recognised segments in time order.

        Args:
            waveform: The whole recording.
            options: How to listen.
            report: Called as the work goes on.
        """
        ...


class WhisperTranscriber:
    """A loaded faster-whisper model, run in batches over the speech that its VAD finds."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def transcribe(
        self, waveform: Waveform, options: TranscriptionOptions, report: Report
    ) -> tuple[Segment, ...]:
        """See `Transcriber.transcribe`."""
        found, _ = self._pipeline.transcribe(
            waveform.samples,
            language=options.language,
            beam_size=options.beam_size,
            batch_size=options.batch_size,
            chunk_length=options.chunk_length,
            word_timestamps=True,
            vad_filter=True,
            vad_parameters={
                "speech_pad_ms": options.speech_pad_ms,
                "min_silence_duration_ms": options.min_silence_ms,
            },
        )
        segments = tuple(_to_segment(s) for s in _reported(found, waveform.duration, report))
        report(1.0)
        return segments


def load_transcriber(
    folder: Path, device: str = "auto", compute_type: str = "default", threads: int = 0
) -> WhisperTranscriber:
    """Load a Whisper model in CTranslate2's format.

    Args:
        folder: The model's folder.
        device: "cpu", "cuda" or "auto".
        compute_type: CTranslate2's number format, such as "int8" or "float16".
        threads: CPU threads; 0 lets CTranslate2 decide.

    Raises:
        SetupError: The folder is missing or broken.
    """
    # Without its tokenizer.json faster-whisper would silently ask the hub for another one.
    missing = [name for name in NEEDED_FILES if not (folder / name).is_file()]
    if missing:
        raise SetupError(_cannot_load(folder, f"it lacks {', '.join(missing)}"))
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    try:
        whisper = WhisperModel(
            str(folder), device=device, compute_type=compute_type, cpu_threads=threads
        )
    except Exception as error:
        raise SetupError(_cannot_load(folder, error)) from error
    return WhisperTranscriber(BatchedInferencePipeline(whisper))


def _cannot_load(folder: Path, reason: object) -> str:
    return (
        f"The Whisper model in {folder} cannot be loaded: {reason}. "
        "Look into it with `interlinear models check`, or get it again."
    )


def _reported(segments: Iterable[Any], duration: float, report: Report) -> Iterator[Any]:
    """Pass segments on as they are decoded, and say how far the recording is heard."""
    for segment in segments:
        yield segment
        report(min(1.0, segment.end / duration))


def _to_segment(segment: Any) -> Segment:
    return Segment(
        start=float(segment.start),
        end=float(segment.end),
        text=segment.text.strip(),
        words=tuple(_to_words(segment.words or ())),
        avg_logprob=float(segment.avg_logprob),
        no_speech_prob=float(segment.no_speech_prob),
        compression_ratio=float(segment.compression_ratio),
    )


def _to_words(words: Iterable[Any]) -> Iterator[Word]:
    for word in words:
        text = word.word.strip()
        if text:
            start = float(word.start)
            yield Word(start, max(start, float(word.end)), text, float(word.probability))
