"""Time `interlinear render` over made-up episodes, and each kind of file on its own."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.synthetic_episodes import TARGETS, synthetic_episode
from outputs.bundle import render_bundle
from outputs.captions.ttml import render_ttml
from outputs.formats import IN_FEED, PAIRED
from outputs.quality.measures import quality_of
from outputs.record.episode_record import RECORD_NAME, dump_record
from outputs.record.record_types import EpisodeRecord
from outputs.site.reading_page import render_reading_page
from outputs.text.word_document import render_word_document
from podcast.language import Language

Work = Callable[[EpisodeRecord], object]

ROUNDS = 5


def main() -> None:
    """Print how long an episode takes, as a whole and file by file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, default=500)
    parser.add_argument("--lines", type=int, default=200)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        out = Path(folder)
        size = _write_records(out, asked.episodes, asked.lines)
        print(f"{asked.episodes} episodes of {asked.lines} lines, {size / 1e6:.1f} MB of records")
        for processes in asked.processes:
            cpu, wall = (seconds / asked.episodes for seconds in _render(out, processes))
            print(f"{processes} process(es): {cpu:.2f} s CPU, {wall:.2f} s wall an episode")
    _print_kinds(asked.lines)


def _write_records(out: Path, n_episodes: int, n_lines: int) -> int:
    size = 0
    for number in range(n_episodes):
        folder = out / "open-ears" / f"{number:04}"
        folder.mkdir(parents=True)
        size += (folder / RECORD_NAME).write_bytes(dump_record(synthetic_episode(number, n_lines)))
    return size


def _render(out: Path, processes: int) -> tuple[float, float]:
    """Run the command; return the CPU seconds of all its processes and those on the clock."""
    program = str(Path(sys.executable).with_name("interlinear"))
    command = [program, "render", str(out), "--processes", str(processes)]
    settings = {**os.environ, "OMP_NUM_THREADS": "1"}
    before, started = os.times(), time.perf_counter()
    subprocess.run(command, check=True, env=settings)
    wall, after = time.perf_counter() - started, os.times()
    cpu = after.children_user - before.children_user
    return cpu + after.children_system - before.children_system, wall


def _print_kinds(n_lines: int) -> None:
    print("\n| kind of file, on its own, all languages | CPU ms |\n|---|---|")
    numbers = count(1_000_000)  # an episode for each measurement: nothing is known of it before
    for name, work in (*_kinds(), ("all", render_bundle)):
        work(synthetic_episode(next(numbers), n_lines))  # loads libraries
        records = [synthetic_episode(next(numbers), n_lines) for _ in range(ROUNDS)]
        print(f"| {name} | {1000 * median(_cpu(work, record) for record in records):.0f} |")


def _kinds() -> Iterator[tuple[str, Work]]:
    alone = (Language.EN, *TARGETS)
    for ending, render in (*IN_FEED, ("ttml", render_ttml)):
        yield f"`en.{ending}`, ...", partial(_in_all, render, alone)
    for ending, render in PAIRED:
        yield f"`en-ko.{ending}`, ...", partial(_in_all, render, TARGETS)
    yield "`en-ko.docx`, ...", partial(_in_all, render_word_document, TARGETS)
    yield "`ko.html`, ...", partial(_in_all, render_reading_page, TARGETS)
    yield f"`{RECORD_NAME}`, its schema checked", dump_record
    yield "the measures of the quality", quality_of


def _in_all(
    render: Callable[[EpisodeRecord, Language], object],
    languages: Sequence[Language],
    record: EpisodeRecord,
) -> None:
    for language in languages:
        render(record, language)


def _cpu(work: Work, record: EpisodeRecord) -> float:
    started = time.process_time()
    work(record)
    return time.process_time() - started


if __name__ == "__main__":
    main()
