"""Measure both networks of diarization beside pyannote's own pipeline, at their real size."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from pyannote.audio import Pipeline
from pyannote.core import SlidingWindow, SlidingWindowFeature

from bench.diarization_models import build_diarization
from bench.measuring import Figure, Way, measure
from speech.diarization.fast_diarization import accelerate

SAMPLE_RATE = 16_000
N_FRAMES = 589
"""Of a ten-second chunk in the real segmentation network."""

STOCK_BATCH = 32
"""Of pyannote's published pipelines."""


def compare_diarization(models: Path, n_chunks: int, rounds: int) -> tuple[Figure, ...]:
    """Hear some chunks: two who take turns, and a third place that is empty.

    Args:
        models: Where models of the real size are built.
        n_chunks: Chunks of ten seconds, one second apart.
        rounds: Counted runs of each way.

    Raises:
        ValueError: The ways differ by more than 1e-5.
    """
    return measure(ways(models, n_chunks), rounds)


def ways(models: Path, n_chunks: int, threads: int = 1) -> tuple[Way, ...]:
    """Return pyannote's ways to hear some chunks, and ours; see `compare_diarization`."""
    folder = build_diarization(models / "diarization")
    stock, single = Pipeline.from_pretrained(folder), Pipeline.from_pretrained(folder)
    for pipeline, size in ((stock, STOCK_BATCH), (single, 1)):
        pipeline.embedding_batch_size = pipeline.segmentation_batch_size = size
    fast = accelerate(Pipeline.from_pretrained(folder), threads)
    fast.segmentation_batch_size = STOCK_BATCH
    sound, turns = _noise(n_chunks), two_speakers(n_chunks)
    _check_alike(single, fast, sound, turns)
    return (
        Way(f"pyannote, its published batch of {STOCK_BATCH}", partial(_hear, stock, sound, turns)),
        Way("pyannote, batch of 1", partial(_hear, single, sound, turns)),
        Way("interlinear", partial(_hear, fast, sound, turns)),
    )


def _check_alike(one: Any, other: Any, sound: dict[str, Any], turns: SlidingWindowFeature) -> None:
    found = [pipeline.get_embeddings(sound, turns, True) for pipeline in (one, other)]
    if np.abs(found[0] - found[1]).max() > 1e-5:  # noqa: PLR2004  what decision 17 promises
        raise ValueError("The embeddings differ from pyannote's.")


def _noise(n_chunks: int) -> dict[str, Any]:
    noise = torch.randn(1, (n_chunks + 9) * SAMPLE_RATE, generator=torch.Generator().manual_seed(0))
    return {"waveform": 0.1 * noise, "sample_rate": SAMPLE_RATE, "uri": "noise"}


def two_speakers(n_chunks: int) -> SlidingWindowFeature:
    """Let two speakers take turns of seven seconds, and a third place be empty."""
    data = np.zeros((n_chunks, N_FRAMES, 3))
    times = np.arange(n_chunks)[:, None] + np.arange(N_FRAMES) * 10.0 / N_FRAMES
    for speaker in (0, 1):
        data[:, :, speaker] = (times // 7 % 2) == speaker
    return SlidingWindowFeature(data, SlidingWindow(start=0.0, duration=10.0, step=1.0))


def _hear(pipeline: Any, sound: dict[str, Any], turns: SlidingWindowFeature) -> None:
    """Run both networks; random weights hear no turns, so that these are given."""
    pipeline.get_segmentations(sound)
    pipeline.get_embeddings(sound, turns, True)
