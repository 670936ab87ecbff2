"""Make everything of the demo that is not written by hand: `python -m demo.training`.

The sound of the episode, the translation packages, the diarization pipeline and the Whisper, in
this order; what an earlier run has finished under .build/training is not done again.
"""

import subprocess
import sys

PARTS = ("episode", "translation", "diarization", "whisper")


def main() -> None:
    """Run each part in a process of its own, so that none holds the memory of another."""
    for part in PARTS:
        print(f"demo.training.{part}", flush=True)
        subprocess.run([sys.executable, "-m", f"demo.training.{part}"], check=True)


if __name__ == "__main__":
    main()
