"""Measure the product on real recordings beside the bare libraries, as a table.

Recordings have what is right about them beside them under the same name: an STM file, an RTTM
file, a text, or several of these. Without a folder, the shared recordings are taken.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import av

from bench.measuring import machine
from bench.real.figures import Figures, Transcribed, figures
from bench.real.peers import STOCK, Peers, load_peers
from bench.real.product import as_transcribed, process, warm_up
from bench.real.samples import SHARED, Sample, gather, samples_in
from bench.real.weights import DIARIZATION, FOLDER, WHISPER_BASE
from podcast.errors import InterlinearError
from podcast.timeline import Interval

STAGES = ("decode", "diarize", "transcribe", "translate")
HEAD = (
    *("recording", "by", "WER", "cpWER", "DER", "speakers", "speech without words, s"),
    *("line start error, s", "lines", "fast cues"),
    *(f"{stage}, CPU s" for stage in STAGES),
)
"""What writes the files is a part of translating."""


def main() -> None:
    """Print the table, a recording at a time."""
    parser = argparse.ArgumentParser(prog="python -m bench.real.evaluate", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="with recordings")
    parser.add_argument("--ours", action="store_true", help="the product alone")
    asked = parser.parse_args()
    try:
        samples = samples_in(asked.folder or gather(SHARED, FOLDER / "audio"))
        warm_up()
    except InterlinearError as error:
        sys.exit(str(error))
    print(f"{machine()}\n\n{_row(HEAD)}\n{_row(['---'] * len(HEAD))}", flush=True)
    peers = None if asked.ours else load_peers(WHISPER_BASE, DIARIZATION)
    for sample in samples:
        for cells in _rows(sample, peers):
            print(_row((sample.sound.name, *cells)), flush=True)


def _rows(sample: Sample, peers: Peers | None) -> Iterator[tuple[str, ...]]:
    made: Iterable[Transcribed] = chain(
        _ours(sample.sound), _bare(sample.sound, peers) if peers else ()
    )
    speech: Sequence[Interval] = sample.utterances
    if not speech:
        made = list(made)
        speech = next((one.turns for one in made if one.by == STOCK and one.turns), ())
    for one in made:
        yield _cells(one, figures(one, sample, speech), sample)


def _ours(sound: Path) -> Iterator[Transcribed]:
    try:
        with TemporaryDirectory() as out:
            run = process(sound, Path(out))
        yield as_transcribed(run)
    except InterlinearError as error:
        yield Transcribed(f"interlinear: {error}", None, None, {})


def _bare(sound: Path, peers: Peers) -> Iterator[Transcribed]:
    try:
        yield from peers.transcribe(sound)
    except av.FFmpegError as error:
        yield Transcribed(f"the libraries: {error}", None, None, {})


def _cells(made: Transcribed, found: Figures, sample: Sample) -> tuple[str, ...]:
    return (
        made.by,
        *(_shown(rate, "{:.1%}") for rate in (found.wer, found.cpwer, found.der)),
        _of(found.speakers, found.true_speakers),
        _shown(found.wordless, "{:.1f}" if sample.utterances else "about {:.1f}"),
        _shown(found.late, "{:.2f}"),
        _shown(made.n_lines, "{}"),
        _of(*made.fast) if made.fast else "",
        *(_shown(made.seconds.get(stage), "{:.1f}") for stage in STAGES),
    )


def _shown(value: float | None, form: str) -> str:
    return "" if value is None else form.format(value)


def _of(part: int | None, whole: int | None) -> str:
    return "" if part is None else f"{part} of {whole}" if whole is not None else str(part)


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
