"""Measure whole episodes on the demo's models: this project, the bare calls, and two peers.

Each runs in a process of its own. The long episode is the demo's, over and over.
"""

import json
import os
import statistics
import subprocess
import sys
import time
import wave
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from audio.decoding.decode import decode
from audio.decoding.ffmpeg import find_ffmpeg
from bench.measuring import Figure, Seconds, medians, table

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / ".build"
DEMO_EPISODE = ROOT / "demo" / "episode" / "episode.mp3"
DEMO_MODELS = ROOT / "demo" / "models"
WHISPERX = ("whisperx==3.8.6", "argostranslate==1.11.0")
CHUNK_LENGTH = 5
"""Seconds that the demo's Whisper was trained for."""

PUBLISHED_BATCH = 32
"""Of pyannote's published pipelines; the folder of the demo says 8, which suits a CPU better."""

SHORT = 1.75
"""Minutes."""


def compare_whole(minutes: float, threads: int, rounds: int) -> tuple[Figure, ...]:
    """Process an episode in each way, the start of Python and of libraries apart.

    Args:
        minutes: Length of the episode.
        threads: Of each library.
        rounds: Runs of each way, all ways in turn. Ours runs so often in each round, after a run
            that loads the models, in turn with its bare calls.

    Returns:
        The plain script first: it is what the others are compared with.
    """
    taken = [_each_way(_sound(minutes), threads, rounds) for _ in range(rounds)]
    return medians(list(taken[0]), [list(row.values()) for row in taken])


def _each_way(audio: Path, threads: int, runs: int) -> dict[str, Seconds]:
    plain = [sys.executable, str(ROOT / "bench" / "plain.py"), str(audio), *_models()]
    found = {
        "plain script": _peer(plain, threads),
        f"the same, pyannote's published batch of {PUBLISHED_BATCH}": _peer(
            [*plain, "--batch", str(PUBLISHED_BATCH)], threads
        ),
    }
    peer = [whisperx_python(), str(ROOT / "bench" / "whisperx_peer.py"), str(audio), *_models()]
    found["whisperX 3.8 without its alignment, argostranslate"] = _peer(
        [*peer, "--threads", str(threads)], threads
    )
    return found | ours(audio, threads, runs)


def queue(episodes: int = 10, minutes: float = 1.75, threads: int = 1) -> str:
    """Return how long so many episodes take: in one process, and each in one of its own."""
    audio = _sound(minutes)
    with TemporaryDirectory() as out:
        single = [*_ours(audio, out), "--runs", "1"]
        alone = [_run(single, threads, {"INTERLINEAR_CACHE": out})[1] for _ in range(episodes)]
        several = [*_ours(audio, out), "--runs", str(episodes)]
        together = _run(several, threads, {"INTERLINEAR_CACHE": out})[1]
    apart = Seconds(sum(s.cpu for s in alone), sum(s.wall for s in alone))
    rows = {"a process for each episode": apart, "one process, models kept loaded": together}
    figures = [Figure(name, s.cpu, s.wall, apart.cpu / s.cpu) for name, s in rows.items()]
    return f"{episodes} episodes of {minutes:g} minutes\n\n{table(figures)}"


def ours(audio: Path, threads: int, runs: int) -> dict[str, Seconds]:
    """Process one recording after a short one that loads the models, and bare, in turn."""
    with TemporaryDirectory() as out:
        command = [*_ours(audio, out), "--runs", str(runs), "--bare", "--first", str(_sound(SHORT))]
        printed, _ = _run(command, threads, {"INTERLINEAR_CACHE": out})
    return {
        "interlinear, models kept loaded": _median(printed["runs"]),
        "its bare calls of the models": _median(printed["bare"]),
    }


def _median(runs: Sequence[Mapping[str, float]]) -> Seconds:
    return Seconds(*(statistics.median(run[clock] for run in runs) for clock in ("cpu", "wall")))


def long_sound(path: Path, minutes: float) -> Path:
    """Write so many minutes of the demo's episode, over and over, unless they are there."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        once = path.with_suffix(".once.wav")
        decode(DEMO_EPISODE, once)
        with wave.open(str(once), "rb") as source, wave.open(str(path), "wb") as target:
            frames = source.readframes(source.getnframes())
            target.setparams(source.getparams())
            left = round(minutes * 60 * source.getframerate()) * source.getsampwidth()
            while left > 0:
                target.writeframes(frames[:left])
                left -= len(frames)
        once.unlink()
    return path


def _sound(minutes: float) -> Path:
    return long_sound(BUILD / "bench" / f"sound-{minutes:g}.wav", minutes)


def whisperx_python() -> str:
    """Return the Python of whisperX's own environment, made when it is first needed."""
    folder = BUILD / "whisperx"
    python = folder / "bin" / "python"
    if not (folder / "bin" / "whisperx").is_file():
        uv = str(Path(sys.executable).with_name("uv"))
        subprocess.run([uv, "venv", "--clear", "--python", sys.executable, folder], check=True)
        subprocess.run([uv, "pip", "install", "--python", python, *WHISPERX], check=True)
    return str(python)


def _models() -> list[str]:
    return ["--models", str(DEMO_MODELS), "--chunk-length", str(CHUNK_LENGTH)]


def _ours(audio: Path, out: str) -> list[str]:
    return [sys.executable, "-m", "bench.ours", str(audio), "--out", out]


def _peer(command: Sequence[str], threads: int) -> Seconds:
    printed, _ = _run(command, threads, {"PYTHONPATH": str(ROOT)})
    return Seconds(printed["cpu"], printed["wall"])


def _run(
    command: Sequence[str], threads: int, environment: Mapping[str, str]
) -> tuple[dict[str, Any], Seconds]:
    """Run a script; return what it printed last, as JSON, and what the whole process cost."""
    links = BUILD / "bench" / "bin"  # whisperX looks for an ffmpeg on the path
    links.mkdir(parents=True, exist_ok=True)
    if not (links / "ffmpeg").exists():
        (links / "ffmpeg").symlink_to(find_ffmpeg())
    print(f"{' '.join(str(word) for word in command)} ...", file=sys.stderr, flush=True)
    settings = {
        "OMP_NUM_THREADS": str(threads),
        "INTERLINEAR_THREADS": str(threads),
        "ARGOS_INTRA_THREADS": str(threads),
        "PYTHONWARNINGS": "ignore",
        "PATH": f"{links}{os.pathsep}{os.environ['PATH']}",
    }
    before, started = os.times(), time.perf_counter()
    done = subprocess.run(
        command,
        env={**os.environ, **settings, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
    )
    wall, after = time.perf_counter() - started, os.times()
    cpu = after.children_user - before.children_user
    cpu += after.children_system - before.children_system
    last = done.stdout.splitlines()[-1]
    print(last, file=sys.stderr, flush=True)
    return json.loads(last), Seconds(cpu, wall)
