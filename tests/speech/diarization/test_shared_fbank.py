"""Features that are computed once, beside those of pyannote's own network."""

import warnings
from typing import Any

import numpy as np
import pytest
import torch

from audio.waveforms.waveform import SAMPLE_RATE

pytestmark = pytest.mark.model

LENGTH, STEP, N_CHUNKS = 10 * SAMPLE_RATE, SAMPLE_RATE, 60


@pytest.fixture(scope="module")
def network() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyannote.audio.models.embedding.wespeaker import WeSpeakerResNet34
    return WeSpeakerResNet34().eval()


@pytest.fixture(scope="module")
def sound() -> torch.Tensor:
    """Noise that grows, longer than two windows, with silence at its end as padding leaves it."""
    n_samples = LENGTH + (N_CHUNKS - 1) * STEP
    noise = torch.randn(1, n_samples, generator=torch.Generator().manual_seed(0))
    grown = noise * torch.linspace(0.001, 0.2, n_samples)
    grown[:, -SAMPLE_RATE:] = 0.0
    return grown


@torch.inference_mode()
def test_each_chunk_has_the_features_that_it_has_alone(network: Any, sound: torch.Tensor) -> None:
    from speech.diarization.shared_fbank import WINDOW, SharedFbank

    shared = SharedFbank(network, sound)
    chunks = sound.unfold(1, LENGTH, STEP).movedim(1, 0)

    assert len(sound[0]) / 160 > 2 * WINDOW
    for number, chunk in enumerate(chunks):
        found = shared.of(number * STEP, LENGTH)
        expected = network.compute_fbank(chunk[None])[0]
        np.testing.assert_allclose(found.numpy(), expected.numpy(), rtol=0, atol=1e-4)


def test_a_frame_is_computed_once(
    network: Any, sound: torch.Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from speech.diarization.shared_fbank import SharedFbank

    frames: list[int] = []
    plain = network._fbank  # noqa: SLF001  what computes them

    def counted(stretch: torch.Tensor) -> torch.Tensor:
        features: torch.Tensor = plain(stretch)
        frames.append(len(features))
        return features

    monkeypatch.setattr(network, "_fbank", counted)
    shared = SharedFbank(network, sound)
    for number in range(N_CHUNKS):
        shared.of(number * STEP, LENGTH)

    assert sum(frames) == 1 + (sound.shape[-1] - 400) // 160


@pytest.mark.parametrize(
    ("option", "value"),
    [("fbank_centering_span", 3.0), ("snip_edges", False), ("dither", 1.0)],
)
def test_features_that_depend_on_more_than_their_frame_are_not_shared(
    network: Any, option: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from speech.diarization.shared_fbank import can_share_fbank

    assert can_share_fbank(network, STEP)
    assert not can_share_fbank(network, STEP + 1)
    monkeypatch.setitem(network.hparams, option, value)
    assert not can_share_fbank(network, STEP)
