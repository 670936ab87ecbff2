"""What thinned clustering costs in diarization error: `python -m bench.thinning --times 17`.

The demo's episode, so many times in a row, is segmented and embedded once. Then it is clustered
by all voices, by every second one, and so on, as those of a recording of hours are.
"""

import argparse
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np

from audio.decoding.decode import decode
from audio.waveforms.pieces import cut_evenly
from audio.waveforms.waveform import SAMPLE_RATE, Waveform, load_waveform
from bench.diarization_error import demo_reference, error_rate
from bench.measuring import machine
from demo.scores import EPISODE
from flows.settings import DEMO_MODELS
from podcast.model_reference import LoadOptions
from speech.diarization.chunk_outputs import ChunkOutputs
from speech.diarization.diarizer import DiarizationOptions
from speech.diarization.pyannote_diarizer import PyannoteDiarizer, PyannoteFolder

OPTIONS = DiarizationOptions()


def main() -> None:
    """Print the table."""
    warnings.filterwarnings("ignore")
    parser = argparse.ArgumentParser(prog="python -m bench.thinning", description=__doc__)
    parser.add_argument("--times", type=int, default=17, help="of 106 seconds")
    parser.add_argument("--by", type=int, nargs="+", default=[1, 2, 3, 5, 10])
    asked = parser.parse_args()
    once, diarizer = _episode(), PyannoteFolder(DEMO_MODELS / "diarization").load(LoadOptions())
    sound = Waveform(np.tile(once.samples, asked.times))
    reference = demo_reference(tuple(n * once.duration for n in range(asked.times)))
    pieces = tuple(_segmented_and_embedded(diarizer, sound))
    n_voices = sum(int(piece.activity.any(axis=1).sum()) for piece in pieces)
    print(f"{machine()}\n\n{sound.duration / 60:.1f} minutes, {n_voices} voices\n")
    print("| voices compared | speakers | DER | CPU s |")
    print("|---|---|---|---|")
    for by in asked.by:
        began = time.process_time()
        with patch("speech.diarization.thinned_clustering.MOST_VOICES", -(-n_voices // by)):
            found = diarizer.cluster(pieces, sound.duration, OPTIONS)
        took = time.process_time() - began
        error = error_rate(reference, found, sound.duration)
        n_speakers = len({turn.speaker for turn in found.turns})
        print(f"| 1 in {by} | {n_speakers} | {error:.2%} | {took:.1f} |", flush=True)


def _episode() -> Waveform:
    with TemporaryDirectory() as folder:
        decode(EPISODE / "episode.mp3", Path(folder) / "sound.wav")
        return load_waveform(Path(folder) / "sound.wav")


def _segmented_and_embedded(diarizer: PyannoteDiarizer, sound: Waveform) -> Iterator[ChunkOutputs]:
    for piece in cut_evenly(sound.duration):
        span = diarizer.padded_span(piece, sound.duration)
        part = slice(round(span.start * SAMPLE_RATE), round(span.end * SAMPLE_RATE))
        yield diarizer.segment_and_embed(Waveform(sound.samples[part]), lambda _: None)


if __name__ == "__main__":
    main()
