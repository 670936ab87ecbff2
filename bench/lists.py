"""Time the lists of the published folder: one more episode, and all of them from the manifests."""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.synthetic_episodes import synthetic_episode
from outputs.bundle import render_bundle
from outputs.library.published_folder import list_episode, rebuild_lists
from outputs.record.manifest import MANIFEST_FORM, MANIFEST_NAME, Manifest, build_manifest

SHOWS = 5
ROUNDS = 5


def main() -> None:
    """Print the CPU seconds for so many episodes in five shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, nargs="+", default=[500, 5000])
    asked = parser.parse_args()
    record = synthetic_episode(1, 200)
    manifest = build_manifest(record, render_bundle(record), "2026-11-25T12:00:00Z")
    print("| episodes | all lists anew, CPU s | one more episode, CPU s |\n|---|---|---|")
    for n_episodes in asked.episodes:
        with TemporaryDirectory() as folder:
            _print_row(Path(folder), manifest, n_episodes)


def _print_row(out: Path, manifest: Manifest, n_episodes: int) -> None:
    for number in range(n_episodes):
        folder = out / f"show-{number % SHOWS}" / f"{number:05}"
        folder.mkdir(parents=True)
        numbered = replace(manifest, guid=str(number))
        (folder / MANIFEST_NAME).write_bytes(MANIFEST_FORM.dump(numbered))
    whole = _cpu(partial(rebuild_lists, out))
    titles = [replace(manifest, guid="0", title=f"Title {number}") for number in range(ROUNDS)]
    first = out / "show-0" / "00000"
    one = median(_cpu(partial(list_episode, first, titled)) for titled in titles)
    print(f"| {n_episodes} | {whole:.2f} | {one:.2f} |")


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
