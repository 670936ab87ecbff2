"""What sharing and rounding frames costs in error: `python -m bench.shared_frames [folder]`.

The folder holds recordings and references as RTTM, such as excerpts of the AMI corpus; the demo
episode and its script are measured in any case.
"""

import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from pyannote.core import Annotation
from pyannote.database.util import load_rttm

from audio.decoding.decode import decode
from audio.waveforms.waveform import Waveform, load_waveform
from bench.diarization_error import demo_reference, error_rate
from bench.measuring import machine
from demo.scores import EPISODE
from flows.models.model_set import DEMO
from podcast.timeline import Diarization
from speech.diarization.pyannote_diarizer import DiarizationOptions, PyannoteDiarizer, load_diarizer

DTYPES = (torch.float32, torch.bfloat16)


def main() -> None:
    """Print the table."""
    warnings.filterwarnings("ignore")
    diarizer = load_diarizer(DEMO.diarization)
    print(f"{machine()}\n")
    ways = (("exact", False, torch.float32), *(("shared", True, dtype) for dtype in DTYPES))
    names = [f"{name}, {str(dtype).removeprefix('torch.')}" for name, _, dtype in ways]
    columns = ["recording", *(f"DER, {n}" for n in names), *(f"CPU s, {n}" for n in names)]
    print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for name, waveform, reference in _recordings(*map(Path, sys.argv[1:])):
        errors, costs = [], []
        for _, shares_frames, dtype in ways:
            diarizer.pipeline.shared_dtype = dtype
            heard, cost = _timed(diarizer, waveform, shares_frames=shares_frames)
            errors.append(f"{error_rate(reference, heard, waveform.duration):.2%}")
            costs.append(f"{cost:.2f}")
        print(f"| {' | '.join([name, *errors, *costs])} |", flush=True)


def _recordings(*folders: Path) -> Iterator[tuple[str, Waveform, Annotation]]:
    yield "demo episode", _load(EPISODE / "episode.mp3"), demo_reference()
    for path in (path for folder in folders for path in sorted(folder.rglob("*.rttm"))):
        for uri, reference in load_rttm(path).items():
            for sound in path.parent.glob(f"{uri}.*"):
                if sound.suffix in {".wav", ".flac"}:
                    yield sound.name, _load(sound), reference


def _load(path: Path) -> Waveform:
    with TemporaryDirectory() as folder:
        decode(path, Path(folder) / "sound.wav")
        return load_waveform(Path(folder) / "sound.wav")


def _timed(
    diarizer: PyannoteDiarizer, waveform: Waveform, *, shares_frames: bool
) -> tuple[Diarization, float]:
    options = DiarizationOptions(shares_frames=shares_frames)
    began = time.process_time()
    heard = diarizer.diarize(waveform, options, lambda _: None)
    return heard, time.process_time() - began


if __name__ == "__main__":
    main()
