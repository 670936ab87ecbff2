"""The same weights without this project: the libraries alone, and the script that joins them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Peers:
    """Loaded libraries.

    Attributes:
        whisper: A `faster_whisper.WhisperModel`.
        batched: A `faster_whisper.BatchedInferencePipeline` of the same.
        pyannote: A `pyannote.audio.Pipeline`.
    """

    whisper: Any
    batched: Any
    pyannote: Any

    def transcribe(self, sound: Path) -> Iterator[Transcribed]:
        """Yield what each of them makes of a recording."""
        from faster_whisper import decode_audio

        samples = decode_audio(str(sound), SAMPLE_RATE)
        spoken, one_by_one = _timed(lambda: _words(self.whisper, samples))
        yield Transcribed("faster-whisper", spoken, None, {"transcribe": one_by_one})
        batched, at_once = _timed(lambda: _words(self.batched, samples, batch_size=BATCH))
        yield Transcribed("faster-whisper, batched", batched, None, {"transcribe": at_once})
        output, heard = _timed(lambda: _diarized(self.pyannote, samples))
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


def load_peers(whisper: Path, diarization: Path) -> Peers:
    """Load the libraries.

    Args:
        whisper: Folder of the recogniser.
        diarization: Folder of the pyannote pipeline.
    """
    from faster_whisper import BatchedInferencePipeline, WhisperModel
    from pyannote.audio import Pipeline

    model = WhisperModel(str(whisper), device="cpu", compute_type="int8")
    return Peers(model, BatchedInferencePipeline(model), Pipeline.from_pretrained(diarization))


def _diarized(pipeline: Any, samples: Any) -> Any:
    import torch

    return pipeline({"waveform": torch.from_numpy(samples)[None], "sample_rate": SAMPLE_RATE})


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
