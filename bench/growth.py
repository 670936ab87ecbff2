"""Measure how time and memory grow with a recording: each length and stage in a fresh process."""

import argparse
import gc
import json
import os
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.whole import BUILD, ROOT, long_sound

MINUTES = (5.0, 15.0, 60.0, 240.0)
MEGABYTE = 1e3
"""The kernel counts in kilobytes."""


def growth(minutes: tuple[float, ...] = MINUTES) -> str:
    """Return a table of CPU seconds, and of the most memory above that of the loaded models."""
    lines = ["| minutes | stage | CPU s | CPU s a minute | peak above the models, MB |"]
    lines.append("|---|---|---|---|---|")
    work = [(length, stage) for length in minutes for stage in STAGES]
    for length in minutes:
        _sound(length)
    with ThreadPoolExecutor(max_workers=len(os.sched_getaffinity(0))) as cores:
        figures = cores.map(lambda part: _in_process(part[1], _sound(part[0])), work)
        for (length, stage), (cpu, peak) in zip(work, figures, strict=True):
            lines.append(f"| {length:g} | {stage} | {cpu:.1f} | {cpu / length:.2f} | {peak:.0f} |")
    return "\n".join(lines)


def _sound(minutes: float) -> Path:
    return long_sound(BUILD / "bench" / f"sound-{minutes:g}.wav", minutes)


def main() -> None:
    """Work through one stage in this process and print what it took as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("audio", type=Path)
    asked = parser.parse_args()
    work = STAGES[asked.stage](asked.audio)
    gc.collect()
    before, cpu = _memory("VmRSS"), time.process_time()
    work()
    print(json.dumps([time.process_time() - cpu, _memory("VmHWM") - before]))


def _in_process(stage: str, path: Path) -> tuple[float, float]:
    command = [sys.executable, "-W", "ignore", "-m", "bench.growth", stage, str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    cpu, peak = json.loads(done.stdout.splitlines()[-1])
    return cpu, peak


def _diarizing(path: Path) -> Callable[[], object]:
    from audio.waveforms.pieces import cut_evenly
    from audio.waveforms.waveform import load_waveform
    from flows.models.loaded_models import engines
    from flows.models.model_set import DEMO
    from speech.diarization.diarizer import DiarizationOptions

    diarizer = engines().diarizer(DEMO.diarizer)
    options, duration = DiarizationOptions(), _duration(path)

    def work() -> object:
        sounds = (diarizer.padded_span(piece, duration) for piece in cut_evenly(duration))
        pieces = [
            diarizer.segment_and_embed(load_waveform(path, sound), _nobody) for sound in sounds
        ]
        return diarizer.cluster(pieces, duration, options)

    return work


def _duration(path: Path) -> float:
    with wave.open(str(path), "rb") as file:
        return file.getnframes() / file.getframerate()


def _transcribing(path: Path) -> Callable[[], object]:
    from audio.waveforms.pieces import cut_at_silence
    from audio.waveforms.waveform import load_waveform
    from flows.models.loaded_models import engines
    from flows.models.model_set import DEMO
    from speech.transcription.recogniser import TranscriptionOptions

    recogniser = engines().recogniser(DEMO.recogniser)
    return lambda: [
        recogniser.transcribe(load_waveform(path, piece), TranscriptionOptions(), _nobody)
        for piece in cut_at_silence(path)
    ]


STAGES = {"diarize": _diarizing, "transcribe": _transcribing}


def _nobody(_fraction: float) -> None:
    """Report to nobody."""


def _memory(name: str) -> float:
    """Return a figure of this process in megabytes, as Linux counts it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / MEGABYTE


if __name__ == "__main__":
    main()
