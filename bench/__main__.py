"""Measure what can be compared on this machine and print the tables of docs/benchmarks.md."""

import argparse
from collections.abc import Callable
from pathlib import Path

from bench.diarization import compare_diarization
from bench.measuring import Figure, machine, table
from bench.translation import compare_translation

MODELS = Path(__file__).resolve().parents[1] / ".build" / "bench"


def diarization(*, quick: bool) -> str:
    """The embeddings of diarization."""
    n_chunks, rounds = (3, 1) if quick else (16, 5)
    return _titled(
        f"Diarization, the embeddings of {n_chunks} chunks",
        compare_diarization(MODELS, n_chunks, rounds),
        rounds,
    )


def translation(*, quick: bool) -> str:
    """Rows into three languages."""
    n_rows, rounds = (30, 1) if quick else (200, 3)
    return _titled(
        f"Translation, {n_rows} rows into three languages",
        compare_translation(MODELS, n_rows, rounds, threads=1),
        rounds,
    )


PARTS: dict[str, Callable[..., str]] = {
    "diarization": diarization,
    "translation": translation,
}


def main() -> None:
    """Print a table for each part."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less of everything, for a first look")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=list(PARTS))
    asked = parser.parse_args()
    for name in asked.only:
        print(f"{machine()}\n\n{PARTS[name](quick=asked.quick)}\n", flush=True)


def _titled(title: str, figures: tuple[Figure, ...], rounds: int) -> str:
    return f"{title}, medians of {rounds} run(s)\n\n{table(figures)}"


if __name__ == "__main__":
    main()
