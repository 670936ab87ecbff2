"""Process one recording several times in one process, everything anew each time.

A script for `bench.whole`: the first run loads the models, the others find them loaded.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.measuring import cpu_seconds
from flows.settings import prepare_prefect
from podcast.stage import Stage


def main() -> None:
    """Print, as JSON, the CPU and wall seconds of each run, and of the bare calls of the models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("audio", type=Path)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--first", type=Path, help="a recording that loads the models, uncounted")
    parser.add_argument("--bare", action="store_true", help="ask the models without a flow, too")
    asked = parser.parse_args()
    prepare_prefect(quiet=True)
    from flows.episode import process_episode
    from flows.parameters import Models
    from flows.server.prefect_server import unwatched

    def run(audio: Path = asked.audio) -> object:
        return process_episode(
            audio=str(audio),
            show="Bench",
            title="A title",
            models=Models(preset="demo"),
            out=asked.out,
            redo_from=Stage.DIARIZE,
        )

    ways: dict[str, Callable[[], object]] = {"runs": run}
    if asked.bare:
        ways["bare"] = lambda: _bare(asked.audio, asked.out)
    with unwatched():
        if asked.first:
            run(asked.first)
        # In turn, so that a busy machine is busy for both.
        taken = [[_timed(way) for way in ways.values()] for _ in range(asked.runs)]
    print(json.dumps(dict(zip(ways, zip(*taken, strict=True), strict=True))))


def _bare(audio: Path, out: Path) -> None:
    """Decode, ask each model once, as this project does, and do nothing else."""
    from audio.decoding.decode import decode
    from audio.waveforms.pieces import cut_at_silence
    from audio.waveforms.waveform import load_waveform
    from flows.models.loaded_models import engines
    from flows.models.model_set import DEMO
    from podcast.language import TARGETS
    from speech.diarization.diarizer import DiarizationOptions
    from speech.transcription.recogniser import TranscriptionOptions
    from translation.conversation import SourceRow, Style

    wav = out / "bare.wav"
    decode(audio, wav)
    models = engines()
    sound, options = load_waveform(wav), DiarizationOptions()
    voices = models.diarizer(DEMO.diarizer).segment_and_embed(sound, _nobody)
    models.diarizer(DEMO.diarizer).cluster([voices], sound.duration, options)
    recogniser = models.recogniser(DEMO.recogniser)
    transcribed = [
        recogniser.transcribe(load_waveform(wav, piece), TranscriptionOptions(), _nobody)
        for piece in cut_at_silence(wav)
    ]
    rows = [SourceRow(segment.text) for part in transcribed for segment in part.segments]
    for target in TARGETS:
        models.translator(DEMO.translators.usual).translate(rows, target, Style(), _nobody)


def _nobody(_fraction: float) -> None:
    """Report to nobody."""


def _timed(work: Callable[[], Any]) -> dict[str, float]:
    cpu, wall = cpu_seconds(), time.perf_counter()
    work()
    return {"cpu": cpu_seconds() - cpu, "wall": time.perf_counter() - wall}


if __name__ == "__main__":
    main()
