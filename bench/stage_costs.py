"""Measure what each stage of an episode costs on this machine, for an hour of talk, at real sizes.

The networks have the sizes of the real models that a CPU is given, and random weights. What cannot
be known from them is assumed, and named: how many words people say, and in how many rows.
"""

import argparse
import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from pyannote.audio import Pipeline

from audio.decoding.decode import decode
from audio.decoding.ffmpeg import find_ffmpeg
from bench.costs import COSTS, HOUR, ROWS, StageCosts
from bench.diarization import N_FRAMES, SAMPLE_RATE
from bench.diarization_models import build_diarization
from bench.measuring import machine
from bench.synthetic_episodes import synthetic_episode
from bench.translation import TARGETS, talk
from bench.translation_models import build_translation
from bench.whisper_models import SMALL, build_whisper, hear, load_whisper
from outputs.bundle import render_bundle
from speech.diarization.fast_diarization import accelerate
from translation.engines.argos import ArgosTranslator
from translation.engines.argos_packages import find_packages

MODELS = Path(__file__).resolve().parents[1] / ".build" / "bench"

CHUNKS = 3600
"""Of diarization, of ten seconds each, one second apart."""
WINDOWS = 120
"""Of Whisper, of 30 seconds each, if nobody is ever silent."""
TOKENS = 110
"""Assumed for a window: 160 words a minute, and 1.4 tokens for a word."""
BEAM = 5


def main() -> None:
    """Measure, print, and keep the figures for `bench.capacity` and `bench.fleet`."""
    parser = argparse.ArgumentParser(prog="python -m bench.stage_costs", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    torch.set_num_threads(1)
    costs = StageCosts(
        machine=machine(),
        decode=_decode(),
        diarize=_diarize(rounds),
        transcribe=_transcribe(rounds),
        translate=_translate(rounds),
        write=_write(rounds),
    )
    COSTS.write_text(json.dumps(asdict(costs), indent=1) + "\n", encoding="utf-8")
    print(json.dumps(asdict(costs), indent=1))


def _decode() -> float:
    """Decode ten minutes of MP3 by ffmpeg, a process of its own."""
    with TemporaryDirectory() as name:
        sound, seconds = Path(name) / "talk.mp3", 600
        noise = f"anoisesrc=duration={seconds}:color=pink:sample_rate=44100"
        command = [find_ffmpeg(), *_quiet(noise), str(sound)]
        subprocess.run(command, check=True)
        before = os.times()
        decode(sound, Path(name) / "talk.wav", allow_partial=False, name=sound.name)
        after = os.times()
    cpu: float = sum(after[:4]) - sum(before[:4])
    return cpu * HOUR / seconds


def _quiet(noise: str) -> list[str]:
    return ["-loglevel", "error", "-f", "lavfi", "-i", noise, "-ac", "2", "-b:a", "128k"]


def _diarize(rounds: int, n_chunks: int = 6) -> float:
    """Segment chunks of ten seconds, and embed the two people who take turns in them."""
    pipeline: Any = accelerate(Pipeline.from_pretrained(build_diarization(MODELS / "diarization")))
    noise = torch.randn(1, (n_chunks + 9) * SAMPLE_RATE, generator=torch.Generator().manual_seed(0))
    sound = {"waveform": 0.1 * noise, "sample_rate": SAMPLE_RATE, "uri": "noise"}
    turns = pipeline.get_segmentations(sound)
    n_heard: int = turns.data.shape[0]
    turns.data[...] = _two_people(n_heard)

    def hear_all() -> None:
        pipeline.get_segmentations(sound)
        pipeline.get_embeddings(sound, turns, exclude_overlap=True)

    return _cpu(hear_all, rounds) * CHUNKS / n_heard


def _two_people(n_chunks: int) -> np.ndarray:
    times = np.arange(n_chunks)[:, None] + np.arange(N_FRAMES) * 10.0 / N_FRAMES
    data = np.zeros((n_chunks, N_FRAMES, 3))
    for speaker in (0, 1):
        data[:, :, speaker] = (times // 7 % 2) == speaker
    return data


def _transcribe(rounds: int, n_windows: int = 2) -> float:
    model = load_whisper(build_whisper(MODELS / "whisper" / "small", SMALL))
    return _cpu(partial(hear, model, n_windows, TOKENS, BEAM), rounds) * WINDOWS / n_windows


def _translate(rounds: int, n_rows: int = 60) -> float:
    folder = MODELS / "translation"
    for target in TARGETS:
        build_translation(folder, target.value)
    translator = ArgosTranslator(find_packages(folder), threads=1)
    rows = talk(n_rows)

    def say_all() -> None:
        for target in TARGETS:
            translator.translate(rows, target, lambda _: None)

    return _cpu(say_all, rounds) * ROWS / n_rows


def _write(rounds: int, n_lines: int = 200) -> float:
    numbers = count(1_000_000)  # an episode for each round: nothing is known of it before

    def render() -> None:
        render_bundle(synthetic_episode(next(numbers), n_lines))

    return _cpu(render, rounds) * ROWS / n_lines


def _cpu(work: Callable[[], object], rounds: int) -> float:
    """Return the median CPU seconds of a run, after one to warm up."""
    work()
    return median(_once(work) for _ in range(rounds))


def _once(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
