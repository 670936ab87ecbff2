"""Measure transcription beside bare faster-whisper: the demo's model, and real sizes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

from faster_whisper import BatchedInferencePipeline, WhisperModel

from audio.waveforms.pieces import cut_at_silence
from audio.waveforms.waveform import Waveform, load_waveform
from bench.measuring import Figure, Way, measure
from bench.whisper_models import SMALL, TURBO, build_whisper
from bench.whisper_weights import Shape
from bench.whole import long_sound
from flows.models.model_set import DEMO
from podcast.model_reference import LoadOptions
from speech.transcription.recogniser import TranscriptionOptions
from speech.transcription.whisper_recogniser import (
    WhisperFolder,
    WhisperOptions,
    WhisperRecogniser,
)

TOKENS = 84
"""That a real size says in a window, 28 for ten seconds: 160 words a minute and some more."""

SHAPES: dict[str, Shape] = {"small": SMALL, "turbo": TURBO}


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is heard, by which model.

    Attributes:
        model: "demo", or a real size of `SHAPES` with random weights.
        minutes: Length of the sound.
        batches: Sizes of a batch for bare faster-whisper.
        rounds: Counted runs of each way.
        threads: Of the model.
        in_turn: Let the way without batches hear, too.
    """

    model: str
    minutes: float
    batches: tuple[int, ...]
    rounds: int = 1
    threads: int = 1
    in_turn: bool = False


HEARINGS = (
    Hearing("demo", 5, (8, 16), rounds=3),
    Hearing("small", 2, (1, 4)),
    Hearing("small", 2, (1, 4), threads=2),
    Hearing("turbo", 0.75, (1,)),
)
QUICK_HEARINGS = (Hearing("demo", 1, (8,), rounds=3),)


class HeldLength:
    """Hears in batches as faster-whisper does, and lets each window say so many tokens.

    Random weights never end a window by themselves.
    """

    def __init__(self, pipeline: Any, n_tokens: int) -> None:
        self.model = pipeline.model
        self.languages = getattr(pipeline, "languages", [])  # faster-whisper's own keeps none
        self._pipeline = pipeline
        self._n_tokens = n_tokens

    def transcribe(self, samples: Any, **asked: Any) -> Any:
        """See `faster_whisper.BatchedInferencePipeline.transcribe`."""
        return self._pipeline.transcribe(
            samples, **asked, max_new_tokens=longest(self._n_tokens, n_prompt=4)
        )


def longest(n_tokens: int, n_prompt: int) -> int:
    """Return the `max_new_tokens` that lets a window say so many tokens and not one more.

    CTranslate2 keeps half of the tokens that a window may have, prompt and all, for a prompt.
    """
    return 2 * n_tokens - n_prompt


def compare_transcription(models: Path, hearing: Hearing) -> tuple[Figure, ...]:
    """Transcribe talk with times for its words: bare, in several ways, and as we do.

    Args:
        models: Where the sound and the models are made.
        hearing: What is heard.
    """
    path = long_sound(models / f"sound-{hearing.minutes:g}.wav", hearing.minutes)
    return measure(ways(models, hearing, path), hearing.rounds)


def ways(models: Path, hearing: Hearing, path: Path) -> Sequence[Way]:
    """Return bare faster-whisper's ways to hear a recording, and ours, the last."""
    folder, options, held = _set_up(models, hearing.model)
    whisper = WhisperModel(str(folder), "cpu", compute_type="int8", cpu_threads=hearing.threads)
    pipeline = held(BatchedInferencePipeline(whisper))
    ours = WhisperFolder(folder).load(LoadOptions(threads=hearing.threads))
    recogniser = WhisperRecogniser(held(ours.pipeline), ours.batch_size, options)
    waveform = load_waveform(path)
    found = [
        Way(
            f"faster-whisper, batches of {size}",
            partial(_in_batches, pipeline, waveform, options, size),
        )
        for size in hearing.batches
    ]
    if hearing.in_turn:
        in_turn = partial(_in_turn, whisper, waveform, options)
        found.insert(0, Way("faster-whisper, window after window", in_turn))
    return [*found, Way("interlinear", partial(_ours, recogniser, path))]


def _set_up(models: Path, name: str) -> tuple[Path, WhisperOptions, Callable[[Any], Any]]:
    if name == "demo":
        demo = cast(WhisperFolder, DEMO.recogniser)
        return demo.folder, demo.options, lambda pipeline: pipeline
    folder = build_whisper(models / "whisper" / name, SHAPES[name])
    return folder, WhisperOptions(), partial(HeldLength, n_tokens=TOKENS)


def _in_batches(pipeline: Any, waveform: Waveform, options: WhisperOptions, batch_size: int) -> int:
    segments, _ = pipeline.transcribe(
        waveform.samples,
        language="en",
        batch_size=batch_size,
        chunk_length=options.chunk_length,
        word_timestamps=True,
        vad_parameters=_vad_parameters(options),
    )
    return len(list(segments))


def _in_turn(whisper: WhisperModel, waveform: Waveform, options: WhisperOptions) -> int:
    """Hear at one temperature and without times in the text, as the batches do."""
    segments, _ = whisper.transcribe(
        waveform.samples,
        language="en",
        temperature=0.0,
        without_timestamps=True,
        condition_on_previous_text=False,
        no_speech_threshold=None,
        word_timestamps=True,
        vad_filter=True,
        vad_parameters=_vad_parameters(options),
        max_new_tokens=longest(TOKENS, n_prompt=4),
    )
    return len(list(segments))


def _vad_parameters(options: WhisperOptions) -> dict[str, int]:
    return {
        "speech_pad_ms": options.speech_pad_ms,
        "min_silence_duration_ms": options.min_silence_ms,
    }


def _ours(recogniser: WhisperRecogniser, path: Path) -> int:
    """Load the sound, too: hearing it piece by piece is part of what is ours."""
    pieces = (load_waveform(path, piece) for piece in cut_at_silence(path))
    heard = [
        recogniser.transcribe(piece, TranscriptionOptions(), lambda _: None) for piece in pieces
    ]
    return sum(len(part.segments) for part in heard)
