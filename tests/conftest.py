"""What tests of every package share."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from podcast.timeline import SpeakerTurn, SpokenWord, Word

ROOT = Path(__file__).resolve().parent.parent

# One thread for each native library, and nothing said to anybody outside, also in child processes.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("PYANNOTE_METRICS_ENABLED", "0")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
os.environ.setdefault("DO_NOT_TRACK", "1")

Say = Callable[..., tuple[SpokenWord, ...]]


@pytest.fixture(scope="session")
def sample_pages() -> list[Path]:
    """Real pages in the target format, where the reference material lies beside the checkout."""
    return sorted((ROOT.parent / "shared" / "seeds").glob("page.*.txt"))


@pytest.fixture
def say() -> Say:
    """Make attributed words from texts: a tenth of a second of gap, 0.3 s a word."""

    def words(*speeches: tuple[str, str], start: float = 1.0) -> tuple[SpokenWord, ...]:
        return tuple(_spoken(speeches, start))

    return words


def _spoken(speeches: Iterable[tuple[str, str]], start: float) -> Iterable[SpokenWord]:
    for speaker, text in speeches:
        for word in text.split():
            yield SpokenWord(Word(round(start, 3), round(start + 0.3, 3), word, 0.9), speaker)
            start += 0.4


@pytest.fixture
def turn() -> type[SpeakerTurn]:
    """The type of a turn, under a short name for tables."""
    return SpeakerTurn
