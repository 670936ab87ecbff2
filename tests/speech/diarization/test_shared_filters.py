"""Filters that are applied once, beside those of pyannote's own network."""

import warnings
from typing import Any

import numpy as np
import pytest
import torch

from audio.waveforms.waveform import SAMPLE_RATE

pytestmark = pytest.mark.model

LENGTH, STEP, N_CHUNKS = 5 * SAMPLE_RATE, SAMPLE_RATE // 2, 6


@pytest.fixture(params=[0.02, -0.02], ids=["as it is", "upside down"])
def sincnet(request: pytest.FixtureRequest) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyannote.audio.models.blocks.sincnet import SincNet
    torch.manual_seed(0)
    made = SincNet(stride=10).eval()
    torch.nn.init.constant_(made.wav_norm1d.weight, request.param)
    torch.nn.init.constant_(made.wav_norm1d.bias, 0.01)
    return made


@pytest.fixture
def sound() -> torch.Tensor:
    """Noise that grows, beside zero: each chunk has a mean and a loudness of its own."""
    noise = torch.randn(LENGTH + (N_CHUNKS - 1) * STEP, generator=torch.Generator().manual_seed(0))
    return 0.03 + noise * torch.linspace(0.001, 0.2, len(noise))


def chunks_of(sound: torch.Tensor, step: int = STEP) -> torch.Tensor:
    return sound[None].unfold(1, LENGTH, step).movedim(1, 0)


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Samples that go through filters of 251 samples."""
    filtered: list[int] = []
    plain = torch.nn.functional.conv1d

    def counted(samples: Any, filters: Any, *arguments: Any, **named: Any) -> Any:
        if filters.shape[-1] == 251:
            filtered.append(samples.numel())
        return plain(samples, filters, *arguments, **named)

    monkeypatch.setattr("torch.nn.functional.conv1d", counted)
    return filtered


def test_a_sound_goes_through_the_filters_once_and_every_chunk_is_as_before(
    sincnet: Any, sound: torch.Tensor, passes: list[int]
) -> None:
    from speech.diarization.shared_filters import share_filters

    chunks = chunks_of(sound)
    with torch.inference_mode():
        by_itself = chunks[:1].clone(memory_format=torch.contiguous_format)  # no view of a sound
        expected, expected_alone = sincnet(chunks), sincnet(by_itself)
        passes.clear()
        network = torch.nn.Module()
        network.sincnet = sincnet
        share_filters(network)
        share_filters(network)
        found = sincnet(chunks)

        assert passes == [len(sound)]
        np.testing.assert_allclose(found.numpy(), expected.numpy(), rtol=0, atol=1e-4)
        alone, odd = sincnet(by_itself), sincnet(chunks_of(sound, 15)[:2])
        np.testing.assert_allclose(alone.numpy(), expected_alone.numpy(), rtol=0, atol=1e-5)
        apart = sincnet(chunks_of(sound, 15)[:2].clone())
        np.testing.assert_allclose(odd.numpy(), apart.numpy(), rtol=0, atol=1e-5)


def test_a_network_without_them_stays_as_it_is() -> None:
    from speech.diarization.shared_filters import share_filters

    other = torch.nn.Linear(2, 2)
    share_filters(other)

    assert [name for name, _ in other.named_modules()] == [""]
