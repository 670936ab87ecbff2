"""Each stretch of the sound goes through the network once, and chunks find their frames."""

from pathlib import Path
from typing import Any

import pytest
import torch
from pyannote.core import Segment

from audio.decoding.decode import decode
from audio.waveforms.waveform import SAMPLE_RATE, Waveform, load_waveform
from podcast.timeline import Diarization
from speech.diarization.pyannote_diarizer import DiarizationOptions, PyannoteDiarizer, load_diarizer
from speech.diarization.shared_frames import MARGIN, WINDOW, SharedFrames, fastest_dtype, forward_in

HOP = 1280
"""Samples of a frame in WeSpeaker's ResNets: 80 ms."""
CHUNK = 10.0
DEMO = Path(__file__).resolve().parents[3] / "demo"


class MeanNetwork:
    """Its frames are the means of their samples."""

    device = torch.device("cpu")

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def forward_frames(self, sounds: torch.Tensor) -> torch.Tensor:
        self.seconds.append(sounds.shape[-1] / SAMPLE_RATE)
        return sounds.unfold(-1, HOP, HOP).mean(-1)


def ramp(stretch: Segment) -> torch.Tensor:
    """A sound whose samples are their own numbers."""
    first, last = round(stretch.start * SAMPLE_RATE), round(stretch.end * SAMPLE_RATE)
    return torch.arange(first, last, dtype=torch.float64)[None]


@pytest.fixture
def network() -> MeanNetwork:
    return MeanNetwork()


@pytest.fixture
def frames(network: MeanNetwork) -> SharedFrames:
    shared = SharedFrames(network.forward_frames, ramp, CHUNK)
    network.seconds.clear()  # two passes tell how long its frames are
    return shared


def chunk(start: float) -> Segment:
    return Segment(start, start + CHUNK)


def test_a_chunk_has_the_frames_of_its_own_time(frames: SharedFrames) -> None:
    for start in (0.0, 1.0, 15.0, 16.0, 33.0, 95.0):
        found = frames.of(chunk(start))[0]

        expected = ramp(chunk(start)).unfold(-1, HOP, HOP).mean(-1)[0]
        assert len(found) == 125
        assert (found - expected).abs().max() <= HOP / 2  # no further off than half a frame


def test_each_second_goes_through_once(frames: SharedFrames, network: MeanNetwork) -> None:
    for start in range(91):
        frames.of(chunk(start))

    assert network.seconds == pytest.approx([WINDOW + 2 * MARGIN] * 5, abs=0.2)


def test_silence_is_passed_over(frames: SharedFrames, network: MeanNetwork) -> None:
    frames.of(chunk(0.0))
    frames.of(chunk(600.0))

    assert len(network.seconds) == 2


@pytest.fixture(scope="module")
def diarizer() -> PyannoteDiarizer:
    return load_diarizer(DEMO / "models" / "diarization")


@pytest.fixture(scope="module")
def waveform(tmp_path_factory: pytest.TempPathFactory) -> Waveform:
    path = tmp_path_factory.mktemp("sound") / "sound.wav"
    decode(DEMO / "episode" / "episode.mp3", path)
    return load_waveform(path)


@pytest.fixture(scope="module")
def exact(diarizer: PyannoteDiarizer, waveform: Waveform) -> Diarization:
    return diarizer.diarize(waveform, DiarizationOptions(), lambda _: None)


def speaker_at(heard: Diarization, second: float) -> str:
    return next((t.speaker for t in heard.turns if t.start <= second < t.end), "")


def embedding_network(diarizer: PyannoteDiarizer) -> Any:
    return diarizer.pipeline._embedding.model_  # noqa: SLF001  pyannote has no other name for it


def test_frames_in_float32_are_the_networks_own(diarizer: PyannoteDiarizer) -> None:
    network, sound = embedding_network(diarizer), torch.randn(1, 1, 5 * SAMPLE_RATE)

    with torch.inference_mode():
        frames = forward_in(network, torch.float32)(sound)

        assert torch.equal(frames, network.forward_frames(sound))


def test_frames_in_bfloat16_are_nearly_the_same(diarizer: PyannoteDiarizer) -> None:
    network, sound = embedding_network(diarizer), 0.1 * torch.randn(1, 1, 5 * SAMPLE_RATE)

    with torch.inference_mode():
        exact = network.forward_frames(sound)
        rounded = forward_in(network, torch.bfloat16)(sound)

    assert rounded.dtype == torch.float32
    assert 0 < (rounded - exact).abs().max() < 0.05 * exact.abs().max()


@pytest.mark.parametrize(("has_it", "dtype"), [(True, torch.bfloat16), (False, torch.float32)])
def test_bfloat16_is_for_devices_that_compute_in_it(
    monkeypatch: pytest.MonkeyPatch, has_it: bool, dtype: torch.dtype
) -> None:
    monkeypatch.setattr("torch.cpu._is_avx512_bf16_supported", lambda: has_it)
    monkeypatch.setattr("torch.cuda.is_bf16_supported", lambda **_: has_it)

    assert fastest_dtype(torch.device("cpu")) == dtype
    assert fastest_dtype(torch.device("cuda")) == dtype
    assert fastest_dtype(torch.device("mps")) == torch.float32


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_shared_frames_hear_the_demo_as_well(
    diarizer: PyannoteDiarizer,
    waveform: Waveform,
    exact: Diarization,
    monkeypatch: pytest.MonkeyPatch,
    dtype: torch.dtype,
) -> None:
    monkeypatch.setattr(diarizer.pipeline, "shared_dtype", dtype)

    shared = diarizer.diarize(waveform, DiarizationOptions(shares_frames=True), lambda _: None)

    assert shared.voiceprints != exact.voiceprints
    seconds = range(int(waveform.duration))
    alike = [speaker_at(exact, second) == speaker_at(shared, second) for second in seconds]
    assert sum(alike) > 0.9 * len(seconds)


def test_they_are_off_unless_asked_for(
    diarizer: PyannoteDiarizer, waveform: Waveform, exact: Diarization
) -> None:
    assert diarizer.diarize(waveform, DiarizationOptions(), lambda _: None) == exact
