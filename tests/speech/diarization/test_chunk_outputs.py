"""A recording that is heard in pieces, beside the same one heard at once."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.decoding.decode import decode
from audio.waveforms.waveform import SAMPLE_RATE, Waveform, load_waveform
from podcast.model_reference import LoadOptions
from podcast.timeline import Span
from speech.diarization.chunk_outputs import ChunkGrid, joined
from speech.diarization.diarizer import DiarizationOptions
from speech.diarization.pyannote_diarizer import PyannoteFolder

pytestmark = pytest.mark.model

DEMO = Path(__file__).resolve().parents[3] / "demo"
REAL, OF_DEMO = ChunkGrid(160_000, 16_000), ChunkGrid(80_000, 8_000)


def sounds(grid: ChunkGrid, cuts: list[float], duration: float) -> list[Span]:
    pieces = pairwise([0.0, *cuts, duration])
    return [grid.padded_span(Span(start, end), duration) for start, end in pieces]


@given(
    grid=st.sampled_from([REAL, OF_DEMO]),
    samples=st.integers(1, 500 * SAMPLE_RATE),
    at=st.lists(st.integers(1, 9), unique=True),
)
def test_every_chunk_begins_in_one_piece(grid: ChunkGrid, samples: int, at: list[int]) -> None:
    duration = samples / SAMPLE_RATE
    cuts = [n * 50.0 for n in sorted(at) if n * 50.0 < duration - grid.length / SAMPLE_RATE]
    found = sounds(grid, cuts, duration)

    starts = [0, *(round(cut * SAMPLE_RATE) for cut in cuts)]
    assert [round(sound.start * SAMPLE_RATE) for sound in found] == starts
    lengths = [round((sound.end - sound.start) * SAMPLE_RATE) for sound in found]
    assert sum(map(grid.count, lengths)) == grid.count(samples)
    assert round(found[-1].end * SAMPLE_RATE) == samples


def test_a_recording_shorter_than_a_chunk_is_one() -> None:
    assert REAL.count(1) == REAL.count(160_000) == 1
    assert REAL.count(160_001) == REAL.count(176_000) == 2
    assert sounds(REAL, [], 3.0) == [Span(0.0, 3.0)]


@pytest.fixture(scope="module")
def episode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "episode.wav"
    decode(DEMO / "episode" / "episode.mp3", path)
    return path


@pytest.mark.parametrize("options", [DiarizationOptions(), DiarizationOptions(num_speakers=2)])
def test_the_turns_of_a_recording_in_pieces_are_those_of_the_whole(
    episode: Path, options: DiarizationOptions
) -> None:
    diarizer, whole = (
        PyannoteFolder(DEMO / "models" / "diarization").load(LoadOptions()),
        load_waveform(episode),
    )
    grid = diarizer.pipeline.grid
    heard = [
        diarizer.segment_and_embed(load_waveform(episode, sound), lambda _: None)
        for sound in sounds(grid, [31.0, 62.3], whole.duration)
    ]

    at_once = diarizer.segment_and_embed(whole, lambda _: None)
    found = diarizer.cluster(heard, whole.duration, options)

    assert np.array_equal(joined(heard).activity, at_once.activity)
    np.testing.assert_allclose(joined(heard).embeddings, at_once.embeddings, rtol=0, atol=1e-5)
    expected = diarizer.cluster([at_once], whole.duration, options)
    assert (found.turns, found.overlaps) == (expected.turns, expected.overlaps)


def test_what_is_kept_is_small(episode: Path) -> None:
    diarizer = PyannoteFolder(DEMO / "models" / "diarization").load(LoadOptions())
    ten_seconds = Waveform(load_waveform(episode).samples[: 10 * SAMPLE_RATE])

    heard = diarizer.segment_and_embed(ten_seconds, lambda _: None)

    assert heard.activity.dtype == np.uint8
    assert set(np.unique(heard.activity)) <= {0, 1}
    assert heard.embeddings.dtype == np.float32
