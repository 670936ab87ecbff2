"""Print what the product hears in recordings, with public weights: times, speakers and words."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.real.product import process
from bench.real.weights import WHISPER_BASE, WHISPER_TINY
from outputs.record.record_types import EpisodeRecord
from podcast.errors import InterlinearError


def main() -> None:
    """Print the lines of each recording."""
    parser = argparse.ArgumentParser(prog="python -m bench.real", description=__doc__)
    parser.add_argument("sound", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, help="keep what is published, in this folder")
    parser.add_argument("--tiny", action="store_true", help="Whisper tiny.en in place of base")
    asked = parser.parse_args()
    whisper = WHISPER_TINY if asked.tiny else WHISPER_BASE
    with TemporaryDirectory() as folder:
        for sound in asked.sound:
            print(f"# {sound.name}")
            try:
                run = process(sound, asked.out or Path(folder), whisper)
            except InterlinearError as error:
                print(error)
                continue
            print(transcript(run.record))
            print(", ".join(f"{stage} {cpu:.1f}" for stage, cpu in run.seconds.items()), "CPU s")


def transcript(record: EpisodeRecord) -> str:
    """Return a line of text for each line and each word that was dropped, in time order."""
    lines = [(x.start, x.end, f"{x.speaker}: {x.text}", x.flags) for x in record.lines]
    lost = [(d.word.start, d.word.end, f"- {d.word.text}", (d.reason,)) for d in record.dropped]
    return "\n".join(
        " ".join((f"{start:8.2f} {end:8.2f} ", text, *map("({})".format, notes)))
        for start, end, text, notes in sorted([*lines, *lost])
    )


if __name__ == "__main__":
    main()
