"""Measure the pipeline on the demo episode: `python -m demo.training.diarization.measure`."""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import torch
from faster_whisper.audio import decode_audio
from pyannote.audio import Pipeline

from demo.training.diarization.mixtures import Turn
from demo.training.diarization.scoring import Dialogue, Score, score
from demo.training.voices import SAMPLE_RATE, VOICES

_DEMO = Path(__file__).parents[2]


def main() -> None:
    """Print how well the pipeline does on the demo episode."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=_DEMO / "models" / "diarization")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    pipeline: Any = Pipeline.from_pretrained(arguments.models)
    started = time.process_time()
    result = score(pipeline, demo_episode())
    print(_report(result, time.process_time() - started))


def demo_episode(folder: Path = _DEMO / "episode") -> Dialogue:
    """Read the demo episode and who speaks when in it; every line is one turn."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    turns = [
        Turn(line["start"], line["end"], VOICES.index(line["voice"])) for line in truth["lines"]
    ]
    samples = decode_audio(str(folder / "episode.mp3"), sampling_rate=SAMPLE_RATE)
    return Dialogue("demo episode", samples, tuple(turns))


def _report(result: Score, cpu: float) -> str:
    return (
        f"error rate {result.error_rate:.1%} (missed {result.missed:.1f} s, "
        f"false alarm {result.false_alarm:.1f} s, confusion {result.confusion:.1f} s), "
        f"{result.n_found} of {result.n_expected} speakers, {cpu:.1f} CPU seconds"
    )


if __name__ == "__main__":
    main()
