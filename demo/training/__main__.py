"""Make everything of the demo that is not written by hand: `python -m demo.training`.

First the sound of the episode, then the translation packages and the diarization pipeline side by
side, each on one core, then the Whisper, which takes two cores by itself. What an earlier run has
finished under .build/training is not done again.
"""

import subprocess
import sys

STEPS = (("episode",), ("translation", "diarization"), ("whisper",))


def main() -> None:
    """Run each part in a process of its own; leave with 1 if one of them fails."""
    for parts in STEPS:
        print("Training:", ", ".join(parts), flush=True)
        running = [
            subprocess.Popen([sys.executable, "-m", f"demo.training.{part}"]) for part in parts
        ]
        failed = [process.wait() for process in running]  # all of them, whichever fails
        if any(failed):
            sys.exit(1)


if __name__ == "__main__":
    main()
