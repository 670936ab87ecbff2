"""Measure two stages on few cores: one after the other with all of them, or side by side.

Real sizes with random weights. Each stage is a process of its own that loads, says that it is
ready, and works when it is told to.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial

from bench.measuring import Figure, Seconds, table
from bench.whole import BUILD, ROOT, long_sound

MODELS = BUILD / "bench"
STAGES = ("diarize", "transcribe")
CHUNKS = 20
"""Of ten seconds, whose speakers are embedded: about as much work as `MINUTES` of Whisper small."""
MINUTES = 0.75


def compare_threads(threads: int = 2) -> str:
    """Return a table of both stages: each alone, one after the other, and side by side.

    Args:
        threads: Of a stage that has the machine to itself, and cores that two stages share.
    """
    rows: dict[str, Seconds] = {}
    for n in (1, threads):
        alone = [_run([stage], n) for stage in STAGES]
        rows |= {f"{s}, {n} thread(s)": took for s, took in zip(STAGES, alone, strict=True)}
        both = Seconds(sum(took.cpu for took in alone), sum(took.wall for took in alone))
        rows[f"one after the other, {n} thread(s)"] = both
    rows["side by side, 1 thread each"] = _run(STAGES, 1)
    rows["side by side, 1 thread each on a core of its own"] = _run(STAGES, 1, are_pinned=True)
    rows[f"side by side, {threads} threads each"] = _run(STAGES, threads)
    first = rows[f"one after the other, {threads} thread(s)"].wall
    figures = [Figure(name, took.cpu, took.wall, first / took.wall) for name, took in rows.items()]
    return f"Two stages on {threads} cores; the ratio is that of the clock\n\n{table(figures)}"


def main() -> None:
    """Load a stage, wait for a line, work, and print its CPU seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--cores", required=True, help="numbers with commas between")
    asked = parser.parse_args()
    os.sched_setaffinity(0, {int(core) for core in asked.cores.split(",")})
    work = {"diarize": _diarizing, "transcribe": _transcribing}[asked.stage](asked.threads)
    print("ready", flush=True)
    sys.stdin.readline()
    before = time.process_time()
    work()
    print(json.dumps(time.process_time() - before), flush=True)


def _run(stages: Sequence[str], threads: int, *, are_pinned: bool = False) -> Seconds:
    """Let stages work side by side; the clock stops with the last of them."""
    all_cores = sorted(os.sched_getaffinity(0))
    with ExitStack() as running:
        processes = [
            running.enter_context(
                _start(stage, threads, {all_cores[n]} if are_pinned else set(all_cores))
            )
            for n, stage in enumerate(stages)
        ]
        for process in processes:
            _answer(process)
        started = time.perf_counter()
        for process in processes:
            print(file=process.stdin, flush=True)
        cpu = sum(json.loads(_answer(process)) for process in processes)
        return Seconds(cpu, time.perf_counter() - started)


def _start(stage: str, threads: int, cores: set[int]) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", "-m", "bench.threads", stage]
    listed = ",".join(str(core) for core in sorted(cores))
    return subprocess.Popen(
        [*command, "--threads", str(threads), "--cores", listed],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": str(threads)},
    )


def _answer(process: subprocess.Popen[str]) -> str:
    if process.stdout is None or not (line := process.stdout.readline()):
        raise RuntimeError("A stage has died; see what it printed above.")
    return line


def _diarizing(threads: int) -> Callable[[], object]:
    import torch
    from pyannote.audio import Pipeline

    from bench.diarization import SAMPLE_RATE, two_speakers
    from bench.diarization_models import build_diarization
    from speech.diarization.fast_diarization import accelerate

    pipeline = accelerate(
        Pipeline.from_pretrained(build_diarization(MODELS / "diarization")), threads
    )
    sound = {"waveform": torch.randn(1, (CHUNKS + 9) * SAMPLE_RATE), "sample_rate": SAMPLE_RATE}
    pipeline.get_embeddings(sound, two_speakers(2), True)
    return partial(pipeline.get_embeddings, sound, two_speakers(CHUNKS), True)


def _transcribing(threads: int) -> Callable[[], object]:
    from bench.transcription import Hearing, ways

    path = long_sound(MODELS / f"sound-{MINUTES:g}.wav", MINUTES)
    return ways(MODELS, Hearing("small", MINUTES, (), threads=threads), path)[-1].run


if __name__ == "__main__":
    main()
