"""Write down what was said, by faster-whisper."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from audio.waveforms.levels import Samples, cut, evened
from audio.waveforms.waveform import SAMPLE_RATE, Waveform
from podcast.model_errors import loading
from podcast.model_reference import LoadOptions, ModelFolder
from podcast.progress import Report
from podcast.timeline import Segment, Span, Transcription, Word
from speech.detection.voice_activity import speech_between
from speech.detection.window_languages import slices_of
from speech.plausibility.loops import find_loops, find_repeats
from speech.plausibility.suspect_words import key_of
from speech.transcription.hotwords import hotword_prompt
from speech.transcription.recogniser import TranscriptionOptions
from speech.transcription.whisper_device import compute_type_for, memory_of, windows_at_once
from speech.transcription.whisper_files import check_whisper
from speech.transcription.word_pieces import whole_words
from speech.transcription.word_times import TimedWord

NEEDED_FILES = ("model.bin", "config.json", "tokenizer.json")

TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Of a second decoding, as Whisper has them: each is taken when the one before fails."""

NO_LOOPS = {"no_repeat_ngram_size": 10, "repetition_penalty": 1.05}
"""So many tokens never come twice in a window: it eats loops, and slogans that are said again, so
that it is only for what loops without it. More penalty eats full stops and articles."""

SEED = 1
"""Of the samples that a second decoding draws at temperatures above 0."""


@dataclass(frozen=True, slots=True)
class WhisperOptions:
    """How to decode.

    Attributes:
        beam_size: Hypotheses kept while decoding.
        batch_size: Stretches of speech decoded together; None leaves it to the device.
        chunk_length: Longest stretch in seconds; None takes the model's own length.
        speech_pad_ms: Sound kept on both sides of detected speech.
        min_silence_ms: A shorter silence does not end a stretch of speech.
    """

    beam_size: int = 5
    batch_size: int | None = None
    chunk_length: int | None = None
    speech_pad_ms: int = 400
    min_silence_ms: int = 160


@dataclass(frozen=True, slots=True)
class WhisperFolder(ModelFolder):
    """A folder with a Whisper model in CTranslate2's format.

    Attributes:
        options: How this model decodes best.
    """

    options: WhisperOptions = WhisperOptions()

    def problems(self) -> tuple[str, ...]:
        """See `RecogniserReference.problems`."""
        return check_whisper(self.folder)

    def described(self) -> dict[str, str | int | None]:
        """See `RecogniserReference.described`."""
        return asdict(self.options)

    def load(self, options: LoadOptions) -> "WhisperRecogniser":
        """See `ModelReference.load`."""
        what = f"The Whisper model in {self.folder}"
        with loading(what, "Look into it with `interlinear models check`, or get it again."):
            # Without its tokenizer.json faster-whisper would silently ask the hub for another one.
            if missing := [name for name in NEEDED_FILES if not (self.folder / name).is_file()]:
                raise FileNotFoundError(f"it lacks {', '.join(missing)}")
            loaded = _load(self.folder, options.device, options.threads)
            return WhisperRecogniser(*loaded, self.options)


class WhisperRecogniser:
    """A loaded faster-whisper model, run in batches over the speech that its VAD finds.

    Attributes:
        pipeline: A `speech.transcription.language_pipeline.LanguagePipeline`.
        batch_size: Stretches decoded together where the options leave it open.
        options: How to decode.
    """

    def __init__(
        self, pipeline: Any, batch_size: int, options: WhisperOptions = WhisperOptions()
    ) -> None:
        self.pipeline = pipeline
        self.batch_size = batch_size
        self.options = options

    def transcribe(
        self, waveform: Waveform, options: TranscriptionOptions, report: Report
    ) -> Transcription:
        """See `Recogniser.transcribe`."""
        from faster_whisper.transcribe import restore_speech_timestamps

        chunk_length = self._chunk_length()
        chunks = _find_speech(waveform, self.options, chunk_length)
        if not chunks:
            report(1.0)
            return Transcription((), ())
        samples, windows = _without_silence(waveform, chunks, chunk_length)
        self.pipeline.languages.clear()
        found, _ = self.pipeline.transcribe(
            samples,
            language=options.language,
            beam_size=self.options.beam_size,
            batch_size=self.options.batch_size or self.batch_size,
            chunk_length=chunk_length,
            word_timestamps=True,
            clip_timestamps=windows,
            hotwords=hotword_prompt(options.hotwords),
        )
        timed = restore_speech_timestamps(found, chunks, SAMPLE_RATE)
        segments = tuple(_to_segment(s) for s in _reported(timed, waveform.duration, report))
        report(1.0)
        languages = slices_of(windows, self.pipeline.languages, chunks)
        return Transcription(segments, tuple(_spans(chunks)), languages)

    def redecode(
        self, waveform: Waveform, span: Span, options: TranscriptionOptions
    ) -> tuple[Segment, ...]:
        """See `Recogniser.redecode`."""
        samples = cut(waveform.samples, span)
        vad = {"vad_filter": True, "vad_parameters": _vad_parameters(self.options)}
        segments = self._decode(samples, span.start, options, **vad)
        if not _loops(segments):
            return segments
        return self._decode_bursts(samples, self._bursts(samples), span.start, options)

    def decode_alone(
        self, waveform: Waveform, span: Span, options: TranscriptionOptions
    ) -> tuple[Segment, ...]:
        """See `Recogniser.decode_alone`."""
        samples = evened(cut(waveform.samples, span))
        segments = self._decode_with_care(samples, span.start, options)
        bursts = self._bursts(samples)
        if len(bursts) == 1 or not (_repeats(segments) or _skips(segments, bursts, span.start)):
            return segments
        return self._decode_bursts(samples, bursts, span.start, options)

    def languages_of(self, waveform: Waveform, span: Span) -> dict[str, float]:
        """See `Recogniser.languages_of`."""
        found: dict[str, float] = self.pipeline.languages_of(cut(waveform.samples, span))
        return found

    def _bursts(self, samples: Samples) -> tuple[Span, ...]:
        """Return what is spoken from pause to pause."""
        return tuple(_spans(_find_speech(Waveform(samples), self.options, self._chunk_length())))

    def _decode_bursts(
        self,
        samples: Samples,
        bursts: Iterable[Span],
        start: float,
        options: TranscriptionOptions,
    ) -> tuple[Segment, ...]:
        """Decode each burst alone: what comes again then is said again, and as often."""
        return tuple(
            segment
            for burst in bursts
            for segment in self._decode_with_care(cut(samples, burst), start + burst.start, options)
        )

    def _decode_with_care(
        self, samples: Samples, start: float, options: TranscriptionOptions
    ) -> tuple[Segment, ...]:
        """Decode as Whisper does by itself; where that loops, again so that nothing comes twice."""
        segments = self._decode(samples, start, options)
        return self._decode(samples, start, options, **NO_LOOPS) if _loops(segments) else segments

    def _decode(
        self, samples: Samples, start: float, options: TranscriptionOptions, **settings: Any
    ) -> tuple[Segment, ...]:
        if not len(samples):
            return ()
        found, _ = self.pipeline.model.transcribe(
            samples,
            language=options.language,
            beam_size=self.options.beam_size,
            temperature=TEMPERATURES,
            condition_on_previous_text=False,
            chunk_length=self._chunk_length(),
            word_timestamps=True,
            hotwords=hotword_prompt(options.hotwords),
            **settings,
        )
        return tuple(_to_segment(segment, start) for segment in found)

    def _chunk_length(self) -> int:
        # Said every time: the library keeps the last length that it was told.
        return self.options.chunk_length or int(self.pipeline.model.feature_extractor.chunk_length)


def _load(folder: Path, device: str, threads: int) -> tuple[Any, int]:
    import ctranslate2
    from faster_whisper import WhisperModel

    from speech.transcription.cpu_whisper import CpuWhisper
    from speech.transcription.language_pipeline import LanguagePipeline

    ctranslate2.set_random_seed(SEED)
    compute_type = compute_type_for(device, ctranslate2.get_supported_compute_types(device))
    if device == "cpu":
        whisper = CpuWhisper(folder, compute_type, threads)
    else:
        whisper = WhisperModel(str(folder), device=device, compute_type=compute_type)
    batch_size = windows_at_once(device, memory_of(device), threads)
    return LanguagePipeline(whisper), batch_size


def _reported(segments: Iterable[Any], duration: float, report: Report) -> Iterator[Any]:
    """Pass segments on as they are decoded, and say how far the recording is decoded."""
    for segment in segments:
        yield segment
        report(min(1.0, segment.end / duration))


def _vad_parameters(options: WhisperOptions) -> dict[str, int]:
    return {
        "speech_pad_ms": options.speech_pad_ms,
        "min_silence_duration_ms": options.min_silence_ms,
    }


def _find_speech(
    waveform: Waveform, options: WhisperOptions, chunk_length: int
) -> list[dict[str, int]]:
    """Find speech as the batched pipeline does when it is left alone, and what that misses.

    Returns:
        Chunks of at most `chunk_length` seconds, each its "start" and "end" in samples.
    """
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    vad = VadOptions(**_vad_parameters(options), max_speech_duration_s=chunk_length)
    chunks: list[dict[str, int]] = get_speech_timestamps(waveform.samples, vad)
    missed = speech_between(waveform.samples, tuple(_spans(chunks)))
    chunks += [
        {edge: round(getattr(s, edge) * SAMPLE_RATE) for edge in ("start", "end")} for s in missed
    ]
    return sorted(chunks, key=itemgetter("start"))


def _spans(chunks: Iterable[dict[str, int]]) -> Iterator[Span]:
    return (Span(chunk["start"] / SAMPLE_RATE, chunk["end"] / SAMPLE_RATE) for chunk in chunks)


def _without_silence(
    waveform: Waveform, chunks: list[dict[str, int]], chunk_length: int
) -> tuple[npt.NDArray[np.float32], list[dict[str, float]]]:
    """Cut silence out, and lay windows over what is left, each of as many chunks as fit into it.

    The batched pipeline does the same when it looks for speech itself, but keeps to itself where
    it found any.

    Returns:
        `(n_samples,)` float32 at 16 kHz, and each window's "start" and "end" in seconds of it.
    """
    from faster_whisper.vad import collect_chunks

    parts, windows = collect_chunks(waveform.samples, chunks, max_duration=chunk_length)
    # The pipeline rounds seconds down to samples; half a sample keeps it from the one before.
    half = 0.5 / SAMPLE_RATE
    return np.concatenate(parts), [
        {"start": w["offset"] + half, "end": w["offset"] + w["duration"] + half} for w in windows
    ]


def _loops(segments: Iterable[Segment]) -> bool:
    return bool(find_loops([word for segment in segments for word in segment.words]))


def _repeats(segments: Iterable[Segment]) -> bool:
    return bool(find_repeats([key_of(w.text) for segment in segments for w in segment.words]))


def _skips(segments: Iterable[Segment], bursts: Iterable[Span], start: float) -> bool:
    """Say whether a decoding has words, and none in one of the bursts."""
    middles = [(w.start + w.end) / 2 - start for segment in segments for w in segment.words]
    return bool(middles) and not all(
        any(burst.start <= middle < burst.end for middle in middles) for burst in bursts
    )


def _to_segment(segment: Any, offset: float = 0.0) -> Segment:
    return Segment(
        start=_shifted(segment.start, offset),
        end=_shifted(segment.end, offset),
        text=segment.text.strip(),
        words=tuple(_to_words(segment.words or (), offset)),
        avg_logprob=float(segment.avg_logprob),
        no_speech_prob=float(segment.no_speech_prob),
        compression_ratio=float(segment.compression_ratio),
    )


def _to_words(words: Iterable[Any], offset: float) -> Iterator[Word]:
    pieces = (TimedWord(w.start, w.end, w.word, float(w.probability)) for w in words)
    for word in whole_words(pieces):
        start = _shifted(word.start, offset)
        yield Word(start, max(start, _shifted(word.end, offset)), word.text, word.probability)


def _shifted(time: float | None, offset: float) -> float:
    return round(float(time or 0.0) + offset, 3)
