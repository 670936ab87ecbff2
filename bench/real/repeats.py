"""Count what is said again and again, in sounds that are cut from the shared talk.

Each phrase stands between two sentences, all in one window, with silence before each copy.
"""

import argparse
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from audio.decoding.ffmpeg import find_ffmpeg
from bench.real.product import Run, process
from bench.real.samples import SHARED
from speech.plausibility.suspect_words import text_of

TALK = SHARED / "spoken-page" / "talk.mp3"
BEFORE = "This is pretty much a lookup table.", (46.4, 48.1)
AFTER = "What's the difference?", (283.98, 284.93)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A phrase, and how often it is said.

    Attributes:
        said: Its words.
        start: Where the talk has it, in seconds.
        end: Where it ends there.
        times: How often it is said in the sound.
        pause: Seconds of silence before each copy.
    """

    said: str
    start: float
    end: float
    times: int
    pause: float

    @property
    def text(self) -> str:
        """All that is said in the sound, by its letters."""
        return text_of(" ".join([BEFORE[0], *[self.said] * self.times, AFTER[0]]).split())

    def write(self, target: Path) -> Path:
        """Make the sound."""
        copies = [(self.start, self.end)] * self.times
        return join([BEFORE[1], *copies, AFTER[1]], self.pause, target)


REPEATS = (
    Repeated("Yeah.", 127.12, 127.65, 3, 0.4),
    Repeated("Yeah.", 199.5, 199.95, 2, 0.3),
    Repeated("Yeah.", 199.5, 199.95, 3, 1.4),
    Repeated("Yeah, yeah.", 197.75, 198.4, 3, 0.4),
    Repeated("Yep.", 178.84, 179.33, 5, 0.3),
    Repeated("Okay.", 179.77, 180.37, 4, 0.35),
    Repeated("Okay.", 179.77, 180.37, 8, 0.2),
    Repeated("I did.", 294.43, 295.2, 4, 0.6),
    Repeated("Can it scale?", 70.5, 71.3, 4, 0.4),
    Repeated("It's complex.", 206.5, 207.4, 3, 0.25),
    Repeated("Experiments.", 196.82, 197.59, 4, 0.3),
    Repeated("Is it open research?", 71.46, 72.63, 3, 0.2),
    Repeated("For the smaller models.", 180.61, 181.66, 3, 1.0),
    Repeated("Give us the TLDR.", 4.08, 5.35, 4, 0.3),
    Repeated("This is just a lookup table.", 65.58, 66.93, 4, 0.4),
)


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(prog="python -m bench.real.repeats", description=__doc__).parse_args()
    print("| said | times | pause, s | written | all as said |\n| --- | --- | --- | --- | --- |")
    with TemporaryDirectory() as folder:
        for one in REPEATS:
            run = process(one.write(Path(folder) / "repeats.wav"), Path(folder))
            heard = heard_in(run)
            written = f"{heard} ".count(f"{text_of(one.said.split())} ")
            exact = "yes" if heard == one.text else "no"
            print(f"| {one.said} | {one.times} | {one.pause} | {written} | {exact} |", flush=True)


def heard_in(run: Run) -> str:
    """Return all words of a record, by their letters."""
    return text_of(word.text for line in run.record.lines for word in line.words)


def join(parts: Sequence[tuple[float, float]], pause: float, target: Path) -> Path:
    """Write parts of the talk, one after the other, with silence after each.

    Args:
        parts: Start and end of each, in seconds.
        pause: Seconds of silence.
        target: The sound to write.
    """
    form = "aresample=16000,aformat=sample_fmts=s16:channel_layouts=mono"
    cuts = "".join(
        f"[0:a]atrim={start}:{end},asetpts=N/SR/TB,{form},apad=pad_dur={pause}[p{n}];"
        for n, (start, end) in enumerate(parts)
    )
    inputs = "".join(f"[p{n}]" for n in range(len(parts)))
    graph = f"{cuts}{inputs}concat=n={len(parts)}:v=0:a=1"
    options = ("-v", "error", "-y", "-i", str(TALK), "-filter_complex", graph, str(target))
    subprocess.run([find_ffmpeg(), *options], check=True, timeout=60)
    return target


if __name__ == "__main__":
    main()
