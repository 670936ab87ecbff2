"""Measure what looking for speech without words costs, beside transcribing a recording."""

import argparse
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from audio.decoding.decode import decode
from audio.waveforms.waveform import load_waveform
from bench.measuring import cpu_seconds
from bench.real.weights import WHISPER_BASE
from podcast.intervals import merge_spans, without
from podcast.model_reference import LoadOptions
from podcast.timeline import Span
from speech.detection.voice_activity import speech_between
from speech.redecoding.second_decoding import choose_segments, with_likely_times
from speech.redecoding.uncovered_speech import turn_by_turn, uncovered, wordless_bursts, words_of
from speech.transcription.recogniser import TranscriptionOptions
from speech.transcription.whisper_recogniser import WhisperFolder

R = TypeVar("R")


def main() -> None:
    """Print the CPU seconds of each step; the detector alone says who speaks when."""
    parser = argparse.ArgumentParser(prog="python -m bench.real.coverage", description=__doc__)
    parser.add_argument("sound", type=Path)
    with TemporaryDirectory() as folder:
        wav = Path(folder) / "sound.wav"
        decode(parser.parse_args().sound, wav)
        waveform = load_waveform(wav)
    recogniser, options = WhisperFolder(WHISPER_BASE).load(LoadOptions()), TranscriptionOptions()
    first = _timed(
        "transcription", lambda: recogniser.transcribe(waveform, options, lambda _: None)
    )
    _timed("of that, the second look", lambda: speech_between(waveform.samples, first.speech))
    chosen = with_likely_times(choose_segments(first, {}))

    def parts() -> tuple[Span, ...]:
        words = words_of(chosen)
        stretches = turn_by_turn(uncovered(first.speech, words), first.speech)
        bursts = without(first.speech, merge_spans(stretches))
        return (*stretches, *wordless_bursts(bursts, words, ()))

    found = _timed("finding speech without words", parts)
    _timed(
        f"decoding {len(found)} parts of it alone",
        lambda: [recogniser.decode_alone(waveform, part, options) for part in found],
    )


def _timed(what: str, work: Callable[[], R]) -> R:
    start = cpu_seconds()
    done = work()
    print(f"{what}: {cpu_seconds() - start:.2f} CPU s", flush=True)
    return done


if __name__ == "__main__":
    main()
