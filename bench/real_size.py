"""Measure the three models of an episode together, each of the real size with random weights.

What random weights say means nothing, so the stages do not feed each other: turns and rows are
given, as many as talk of this length has. What lies around the models is part of `bench.whole`.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench import diarization, transcription, translation
from bench.measuring import Figure, Way, measure
from bench.transcription import Hearing
from bench.whole import long_sound

CHUNK = 10
"""Seconds of a chunk of diarization; one begins each second."""

ROWS_A_MINUTE = 12
"""Of one to three sentences."""

WHISPER_BATCHES = (8, 4)
"""faster-whisper's own, and the one that suits a CPU best."""


def compare_real_size(models: Path, minutes: float, threads: int) -> tuple[Figure, ...]:
    """Hear and translate talk: as the libraries' pages show it, at their best, and as we do.

    Args:
        models: Where models and sound are made.
        minutes: Length of the sound.
        threads: Of each library.

    Returns:
        What the stages cost together, each run once after one to warm up.
    """
    published, best, ours = zip(*_stages(models, minutes, threads), strict=True)
    return (
        _sum("the libraries as their pages show them", published, published),
        _sum("the libraries, each at its best setting for a CPU", best, published),
        _sum("interlinear", ours, published),
    )


def _stages(models: Path, minutes: float, threads: int) -> Iterable[Sequence[Figure]]:
    """Measure each stage's ways: as published, at its best, and ours."""
    sound = long_sound(models / f"sound-{minutes:g}.wav", minutes)
    hearing = Hearing("small", minutes, WHISPER_BATCHES, threads=threads)
    n_rows = round(ROWS_A_MINUTE * minutes)
    yield _measured(diarization.ways(models, round(60 * minutes) - CHUNK + 1, threads)[:3])
    yield _measured(transcription.ways(models, hearing, sound))
    row_by_row, translated = _measured(translation.ways(models, n_rows, threads))
    yield row_by_row, row_by_row, translated


def _measured(ways: Sequence[Way]) -> tuple[Figure, ...]:
    figures = measure(ways, rounds=1)
    for figure in figures:
        taken = f"{figure.cpu:.2f} CPU s, {figure.wall:.2f} s"
        print(f"{figure.name}: {taken}", file=sys.stderr, flush=True)
    return figures


def _sum(name: str, stages: Sequence[Figure], first: Sequence[Figure]) -> Figure:
    cpu, wall = sum(stage.cpu for stage in stages), sum(stage.wall for stage in stages)
    return Figure(name, cpu, wall, sum(stage.cpu for stage in first) / cpu)
