"""Measure what can be compared on this machine and print the tables of docs/benchmarks.md."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from bench.diarization import compare_diarization
from bench.growth import MINUTES, growth
from bench.measuring import Figure, machine, table
from bench.real_size import compare_real_size
from bench.threads import compare_threads
from bench.transcription import HEARINGS, QUICK_HEARINGS, compare_transcription
from bench.translation import compare_translation
from bench.whole import SHORT, compare_whole, queue

MODELS = Path(__file__).resolve().parents[1] / ".build" / "bench"


def diarization(*, quick: bool) -> str:
    """Both networks of diarization."""
    n_chunks, rounds = (2, 1) if quick else (8, 3)
    return _titled(
        f"Diarization, both networks, {n_chunks} chunks",
        compare_diarization(MODELS, n_chunks, rounds),
        rounds,
    )


def translation(*, quick: bool) -> str:
    """Rows into three languages, on one core and on all."""
    n_rows, rounds = (10, 1) if quick else (100, 3)
    threads = (1,) if quick else (1, len(os.sched_getaffinity(0)))
    return "\n\n".join(
        _titled(
            f"Translation, {n_rows} rows into three languages, {n} thread(s)",
            compare_translation(MODELS, n_rows, rounds, threads=n),
            rounds,
        )
        for n in dict.fromkeys(threads)
    )


def transcription(*, quick: bool) -> str:
    """Words and their times."""
    return "\n\n".join(
        _titled(
            f"Transcription, {hearing.minutes:g} minutes, {hearing.model}, "
            f"{hearing.threads} thread(s)",
            compare_transcription(MODELS, hearing),
            hearing.rounds,
        )
        for hearing in (QUICK_HEARINGS if quick else HEARINGS)
    )


def whole(*, quick: bool) -> str:
    """Whole episodes beside peers."""
    rounds = {SHORT: 1} if quick else {SHORT: 3, 30: 1}
    return "\n\n".join(
        _titled(f"{minutes:g} minutes of sound", compare_whole(minutes, 1, n), n)
        for minutes, n in rounds.items()
    )


def real(*, quick: bool) -> str:
    """The models of an episode at the real size."""
    minutes = 0.4 if quick else 0.75
    return _titled(
        f"All three models at the real size, {minutes:g} minutes of sound, 1 thread",
        compare_real_size(MODELS, minutes, 1),
        1,
    )


def ten(*, quick: bool) -> str:
    """A queue of episodes, one after the other."""
    return queue(2 if quick else 10)


def length(*, quick: bool) -> str:
    """Time and memory of recordings of up to four hours."""
    return growth(MINUTES[:1] if quick else MINUTES)


def threads(*, quick: bool) -> str:
    """Diarization and transcription on two cores."""
    return compare_threads(1 if quick else 2)


PARTS: dict[str, Callable[..., str]] = {
    "diarization": diarization,
    "translation": translation,
    "transcription": transcription,
    "whole": whole,
    "real-size": real,
    "queue": ten,
    "growth": length,
    "threads": threads,
}
QUICK = ("diarization", "translation", "transcription")
"""What `--quick` measures unless it is told otherwise."""


def main() -> None:
    """Print a table for each part."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less of everything, for a first look")
    parser.add_argument("--only", choices=PARTS, nargs="+", help="these parts")
    asked = parser.parse_args()
    for name in asked.only or (QUICK if asked.quick else PARTS):
        print(f"{machine()}\n\n{PARTS[name](quick=asked.quick)}\n", flush=True)


def _titled(title: str, figures: tuple[Figure, ...], rounds: int) -> str:
    return f"{title}, medians of {rounds} run(s)\n\n{table(figures)}"


if __name__ == "__main__":
    main()
