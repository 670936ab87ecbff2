"""Train the demo diarization pipeline: `python -m demo.training.diarization`."""

import argparse
import logging
from pathlib import Path

import torch

from demo.training.diarization.training import TrainingOptions, train

_DEMO = Path(__file__).parents[2]


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path(".build/training"))
    parser.add_argument("--output", type=Path, default=_DEMO / "models" / "diarization")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    # Small operations are slower on two threads than on one, and their sums depend on the count.
    torch.set_num_threads(1)
    train(arguments.work / "diarization", arguments.output, TrainingOptions())


if __name__ == "__main__":
    main()
