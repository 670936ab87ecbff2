"""Measure transcription beside bare faster-whisper, with the demo's model."""

from functools import partial
from pathlib import Path
from typing import Any

from audio.pieces import cut_at_silence
from audio.waveform import Waveform, load_waveform
from bench.measuring import Figure, Way, measure
from bench.whole import long_sound
from flows.model_set import DEMO
from speech.transcription import WhisperTranscriber, load_transcriber

BATCHES = (8, 16)


def compare_transcription(
    models: Path, minutes: float, rounds: int, threads: int
) -> tuple[Figure, ...]:
    """Transcribe talk with times for its words: bare, in batches of two sizes, and as we do.

    Args:
        models: Where the sound is made.
        minutes: Its length.
        rounds: Counted runs of each way.
        threads: Of the model.
    """
    path = long_sound(models / f"sound-{minutes:g}.wav", minutes)
    transcriber = load_transcriber(DEMO.whisper, "cpu", threads)
    waveform = load_waveform(path)
    bare = [
        Way(
            f"faster-whisper, batches of {size}",
            partial(_bare, transcriber.pipeline, waveform, size),
        )
        for size in BATCHES
    ]
    return measure([*bare, Way("interlinear", partial(_ours, transcriber, path))], rounds)


def _bare(pipeline: Any, waveform: Waveform, batch_size: int) -> None:
    segments, _ = pipeline.transcribe(
        waveform.samples,
        language="en",
        batch_size=batch_size,
        chunk_length=DEMO.listening.chunk_length,
        word_timestamps=True,
        vad_parameters={
            "speech_pad_ms": DEMO.listening.speech_pad_ms,
            "min_silence_duration_ms": DEMO.listening.min_silence_ms,
        },
    )
    list(segments)


def _ours(transcriber: WhisperTranscriber, path: Path) -> None:
    """Load the sound, too: hearing it piece by piece is part of what is ours."""
    for piece in cut_at_silence(path):
        waveform = load_waveform(path, piece)
        transcriber.transcribe(waveform, DEMO.listening, lambda _: None)
