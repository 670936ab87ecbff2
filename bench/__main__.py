"""Measure what can be compared on this machine and print the tables of docs/benchmarks.md."""

import argparse
from pathlib import Path

from bench.diarization import compare_diarization
from bench.measuring import machine, table

MODELS = Path(__file__).resolve().parents[1] / ".build" / "bench"


def main() -> None:
    """Print a table for each stage."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less of everything, for a first look")
    quick = parser.parse_args().quick
    n_chunks, rounds = (3, 1) if quick else (16, 5)
    print(f"{machine()}\n")
    print(f"Diarization, the embeddings of {n_chunks} chunks, medians of {rounds} run(s)\n")
    print(table(compare_diarization(MODELS, n_chunks, rounds)))


if __name__ == "__main__":
    main()
