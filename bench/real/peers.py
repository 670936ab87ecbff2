"""The same weights without this project: the libraries alone, and the script that joins them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from bench.measuring import cpu_seconds
from bench.plain import SAMPLE_RATE, lines_of, speaker_of
from bench.real.figures import Transcribed
from podcast.timeline import SpeakerTurn, SpokenWord, Word

BATCH = 8
"""Windows that faster-whisper hears at once, as its documentation shows."""

STOCK = "pyannote"

R = TypeVar("R")


@dataclass
class Peers:
    """Loaded libraries.

    Attributes:
        whisper: Folder of the recogniser.
        diarization: Folder of the pyannote pipeline.
    """

    whisper: Path
    diarization: Path

    def transcribe(self, sound: Path) -> Iterator[Transcribed]:
        """Yield what each of them makes of a recording."""
        from faster_whisper import decode_audio

        samples = decode_audio(str(sound), SAMPLE_RATE)
        spoken, one_by_one = _timed(lambda: _words(self._whisper, samples))
        batched, at_once = _timed(lambda: _words(self._batched, samples, batch_size=BATCH))
        output, heard = _timed(lambda: self._who_speaks(samples))
        yield Transcribed("faster-whisper", spoken, None, {"transcribe": one_by_one})
        yield Transcribed("faster-whisper, batched", batched, None, {"transcribe": at_once})
        turns = tuple(_turns(output.speaker_diarization))
        yield Transcribed(STOCK, None, turns, {"diarize": heard})
        joined = tuple(_joined(spoken, output.exclusive_speaker_diarization))
        yield Transcribed(
            by="joined word by word",
            words=joined,
            turns=tuple(_turns(output.exclusive_speaker_diarization)),
            seconds={"transcribe": one_by_one, "diarize": heard},
            n_lines=len(lines_of((one.word.text, one.speaker) for one in joined)),
        )

    @cached_property
    def _whisper(self) -> Any:
        from faster_whisper import WhisperModel

        return WhisperModel(str(self.whisper), device="cpu", compute_type="int8")

    @cached_property
    def _batched(self) -> Any:
        from faster_whisper import BatchedInferencePipeline

        return BatchedInferencePipeline(self._whisper)

    @cached_property
    def _pipeline(self) -> Any:
        from pyannote.audio import Pipeline

        return Pipeline.from_pretrained(self.diarization)

    def _who_speaks(self, samples: Any) -> Any:
        import torch

        sound = {"waveform": torch.from_numpy(samples)[None], "sample_rate": SAMPLE_RATE}
        return self._pipeline(sound)


def _timed(work: Callable[[], R]) -> tuple[R, float]:
    started = cpu_seconds()
    return work(), cpu_seconds() - started


def _words(whisper: Any, samples: Any, **options: int) -> tuple[SpokenWord, ...]:
    segments, _ = whisper.transcribe(samples, language="en", word_timestamps=True, **options)
    return tuple(
        SpokenWord(Word(word.start, word.end, word.word.strip(), word.probability), "")
        for segment in segments
        for word in segment.words
    )


def _turns(annotation: Any) -> Iterator[SpeakerTurn]:
    for stretch, _, speaker in annotation.itertracks(yield_label=True):
        yield SpeakerTurn(stretch.start, stretch.end, speaker)


def _joined(words: Iterable[SpokenWord], annotation: Any) -> Iterator[SpokenWord]:
    turns = list(annotation.itertracks(yield_label=True))
    for one in words:
        yield SpokenWord(one.word, speaker_of(one.word, turns))
