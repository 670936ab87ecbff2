"""The faster diarization beside pyannote's own, with the demo's models."""

import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pyannote.core import SlidingWindow, SlidingWindowFeature

from audio.decoding.decode import decode
from audio.waveforms.waveform import SAMPLE_RATE, Waveform, load_waveform
from podcast.model_reference import LoadOptions
from speech.diarization.pyannote_diarizer import PyannoteFolder
from speech.diarization.pyannote_output import to_diarization

pytestmark = pytest.mark.model

ROOT = Path(__file__).resolve().parents[3]
PIPELINE = ROOT / "demo" / "models" / "diarization"
EPISODE = ROOT / "demo" / "episode" / "episode.mp3"
SHARED = ROOT.parent / "shared" / "audio"
RECORDINGS = (EPISODE, *sorted(SHARED.glob("*/sample.wav")))
"""The demo's, and a telephone talk that may lie beside the checkout."""

N_CHUNKS, N_FRAMES, N_SPEAKERS = 7, 293, 3


class CancelledError(Exception):
    """What a report raises when the run is to end."""


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Let pyannote warn about a single frame's deviation, as its adapter does."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="std\\(\\): degrees of freedom")
        yield


@pytest.fixture(scope="module")
def stock() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyannote.audio import Pipeline

        return Pipeline.from_pretrained(PIPELINE)


@pytest.fixture(scope="module")
def fast() -> Any:
    return PyannoteFolder(PIPELINE).load(LoadOptions()).pipeline


def as_file(waveform: Waveform) -> dict[str, Any]:
    import torch

    sound = torch.from_numpy(waveform.samples)[None]
    return {"waveform": sound, "sample_rate": SAMPLE_RATE, "uri": "recording"}


@pytest.fixture
def file() -> dict[str, Any]:
    import torch

    noise = torch.randn(1, 8 * SAMPLE_RATE, generator=torch.Generator().manual_seed(0))
    return {"waveform": 0.1 * noise, "sample_rate": SAMPLE_RATE, "uri": "noise"}


def masks(*stretches: tuple[int, int, int, int]) -> SlidingWindowFeature:
    """Let speakers speak: (chunk, speaker, first frame, frame after the last)."""
    data = np.zeros((N_CHUNKS, N_FRAMES, N_SPEAKERS))
    for chunk, speaker, start, end in stretches:
        data[chunk, start:end, speaker] = 1.0
    return SlidingWindowFeature(data, SlidingWindow(start=0.0, duration=5.0, step=0.5))


TALK = (
    *((0, 0, 0, 200), (0, 1, 150, 293)),  # two who overlap
    *((1, 0, 10, 11), (1, 1, 100, 293)),  # a single frame
    *((3, 0, 0, 100), (3, 1, 0, 100), (3, 2, 0, 293)),  # never alone
    (6, 2, 250, 293),  # the chunk ends after the sound; chunks 2, 4 and 5 are silent
)


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: path.name)
def test_the_turns_are_those_of_pyannote(
    stock: Any, fast: Any, recording: Path, tmp_path: Path
) -> None:
    decode(recording, tmp_path / "sound.wav")
    waveform = load_waveform(tmp_path / "sound.wav")

    expected = to_diarization(stock(as_file(waveform)), waveform.duration)
    chunks = fast.segment_and_embed(as_file(waveform)["waveform"])
    heard = to_diarization(fast.cluster(chunks), waveform.duration)

    assert heard.turns
    assert heard.turns == expected.turns
    assert heard.overlaps == expected.overlaps


@pytest.mark.parametrize("exclude_overlap", [False, True])
@pytest.mark.parametrize("talk", [TALK, ()], ids=["talk", "silence"])
def test_the_embeddings_are_those_of_pyannote(
    stock: Any, fast: Any, file: dict[str, Any], talk: Any, *, exclude_overlap: bool
) -> None:
    expected = stock.get_embeddings(file, masks(*talk), exclude_overlap)
    found = fast.get_embeddings(file, masks(*talk), exclude_overlap)

    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-5)


def test_what_is_said_without_a_break_has_an_embedding_of_its_own(
    stock: Any, fast: Any, file: dict[str, Any]
) -> None:
    talk = masks((0, 0, 0, 50), (0, 0, 100, 180), (0, 1, 170, 200), (3, 1, 40, 50), (6, 2, 0, 120))
    _, stretches = fast.embed(file, talk, None)

    assert stretches.frames.tolist() == [
        *([0, 0, 50], [0, 100, 170]),  # up to where somebody else begins
        *([0, 180, 200],),
        *([6, 0, 60], [6, 60, 120]),  # two people may be in two seconds
    ]
    alone = masks(*((chunk, 0, first, stop) for chunk, first, stop in stretches.frames[3:4]))
    expected = stock.get_embeddings(file, alone)
    np.testing.assert_allclose(stretches.embeddings[3], expected[6, 0], rtol=0, atol=1e-5)


def test_the_embeddings_are_the_same_where_chunks_share_no_features(
    stock: Any, fast: Any, file: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "speech.diarization.fast_diarization.can_share_fbank", lambda _network, _step: False
    )
    expected = stock.get_embeddings(file, masks(*TALK))
    found = fast.get_embeddings(file, masks(*TALK))

    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-5)


def test_frames_are_computed_once_for_a_chunk_and_never_for_a_silent_one(
    fast: Any, file: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    network = fast._embedding.model_.resnet  # noqa: SLF001  the network whose passes are counted
    heard: list[int] = []

    def counted(fbank: Any) -> Any:
        heard.append(len(fbank))
        return type(network).forward_frames(network, fbank)

    fast.get_embeddings(file, masks(*TALK))  # pyannote finds out once what the shortest sound is
    monkeypatch.setattr(network, "forward_frames", counted)
    fast.get_embeddings(file, masks(*TALK), exclude_overlap=True)

    assert sum(heard) == len({chunk for chunk, *_ in TALK})


def test_speakers_of_a_long_recording_are_found_among_so_many_voices(
    fast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speech.diarization.thinned_clustering.MOST_VOICES", 100)
    random = np.random.default_rng(0)
    people = np.repeat([0, 1], 175)
    voices = np.eye(2, fast._embedding.dimension)[people]  # noqa: SLF001  what it listens with
    embeddings = (voices + random.normal(0, 0.01, voices.shape))[:, None].astype(np.float32)
    segmentations = SlidingWindowFeature(
        np.ones((len(people), N_FRAMES, 1), np.float32), SlidingWindow(duration=5.0, step=0.5)
    )

    (few, *_) = fast.clustering.filter_embeddings(embeddings, segmentations=segmentations)
    clusters, _, _ = fast.clustering(
        embeddings, segmentations, num_clusters=2, min_clusters=2, max_clusters=2
    )

    assert len(few) == 88  # every fourth
    assert len(set(clusters[:175, 0])) == len(set(clusters[175:, 0])) == 1
    assert clusters[0, 0] != clusters[-1, 0]


def test_work_stops_before_the_next_pass_when_the_hook_refuses(
    fast: Any, file: dict[str, Any]
) -> None:
    everybody = masks(*((chunk, 0, 0, N_FRAMES) for chunk in range(N_CHUNKS)))
    seen: list[int] = []

    def hook(_step: str, _artefact: object, *, completed: int, total: int) -> None:
        seen.append(completed)
        if completed == total // 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        fast.get_embeddings(file, everybody, hook=hook)
    assert seen == [0, 1, 2]


def test_passes_run_side_by_side_and_the_embeddings_are_the_same(
    fast: Any, file: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    everybody = masks(*((chunk, 0, 0, N_FRAMES) for chunk in range(N_CHUNKS)))
    expected = fast.get_embeddings(file, everybody)
    network = fast._embedding.model_.resnet  # noqa: SLF001  the network whose passes are counted
    both = threading.Barrier(2, timeout=60)
    heard: list[int] = []

    def meeting(fbank: Any) -> Any:
        both.wait()
        heard.append(torch.get_num_threads())
        return type(network).forward_frames(network, fbank)

    monkeypatch.setattr(network, "forward_frames", meeting)
    monkeypatch.setattr(fast, "threads", 2)
    found = fast.get_embeddings(file, everybody)

    assert heard == [1] * 4
    np.testing.assert_array_equal(found, expected)


def test_segmentation_passes_run_side_by_side_and_hear_the_same(
    fast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    network = fast._segmentation.model  # noqa: SLF001  the network whose passes are counted
    grid, size = fast.grid, fast.segmentation_batch_size
    # Three batches, and one of a single chunk that reaches beyond the end.
    noise = torch.randn(1, (3 * size - 1) * grid.step + grid.length + 100)
    expected = fast.segment_and_embed(0.1 * noise)
    both, batches, seen = threading.Barrier(2, timeout=60), [], []

    def meeting(waveforms: Any) -> Any:
        both.wait()
        batches.append(len(waveforms))
        return type(network).forward(network, waveforms)

    def hook(step: str, _artefact: object, *, completed: int, total: int) -> None:
        seen.append((completed, total)) if step == "segmentation" else None

    monkeypatch.setattr(network, "forward", meeting)
    monkeypatch.setattr(fast, "threads", 2)
    found = fast.segment_and_embed(0.1 * noise, hook)

    assert sorted(batches) == [1, size, size, size]
    assert seen == [(done, 4) for done in range(5)]
    np.testing.assert_array_equal(found.activity, expected.activity)
    np.testing.assert_array_equal(found.embeddings, expected.embeddings)


def test_a_folded_batch_norm_is_the_same_function() -> None:
    import torch
    from pyannote.audio.models.embedding.wespeaker import WeSpeakerResNet34

    from speech.diarization.batch_norm import fold_batch_norm

    torch.manual_seed(0)
    network = WeSpeakerResNet34().eval()
    norms = [m for m in network.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    for norm in norms:
        torch.nn.init.normal_(norm.running_mean, 0.0, 0.1)
        torch.nn.init.uniform_(norm.running_var, 0.5, 1.5)
    sound = 0.1 * torch.randn(1, 1, SAMPLE_RATE)

    with torch.inference_mode():
        expected = network.forward_frames(sound)
        fold_batch_norm(network)
        found = network.forward_frames(sound)

    assert len(norms) == 36
    assert not [m for m in network.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    np.testing.assert_allclose(found.numpy(), expected.numpy(), rtol=0, atol=1e-5)


def test_a_network_of_another_kind_is_heard_as_pyannote_hears_it(
    file: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speech.diarization.fast_diarization.BaseWeSpeakerResNet", type(None))
    other = PyannoteFolder(PIPELINE).load(LoadOptions()).pipeline
    passes: list[int] = []

    def hook(step: str, _artefact: object, *, completed: int, total: int) -> None:
        passes.append(completed) if step == "embeddings" else None

    other.embedding_batch_size = 1
    voices = other.segment_and_embed(file["waveform"], hook).embeddings

    assert type(other).__name__ == "PiecewiseDiarization"
    assert passes[-1] == len(voices) * N_SPEAKERS
