"""Quiet speech is made louder for the models, and nothing else is."""

import numpy as np
import pytest

from audio.waveforms.levels import FAINTEST, SPEECH_LEVEL, cut, evened, level_of, lifted
from audio.waveforms.waveform import SAMPLE_RATE, Waveform
from podcast.recording import Lift
from podcast.timeline import Span


def tone(level: float, seconds: float = 1.0) -> np.ndarray:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (level * np.sqrt(2) * np.sin(2 * np.pi * 440 * time)).astype(np.float32)


def test_the_level_is_that_of_what_is_loud_and_not_of_the_pauses() -> None:
    samples = np.concatenate([tone(0.05, 0.5), np.zeros(4 * SAMPLE_RATE, np.float32)])

    assert level_of(samples) == pytest.approx(0.05, rel=0.1)


@pytest.mark.parametrize("level", [0.001, 0.01, 0.3])
def test_evened_sound_is_as_loud_as_speech(level: float) -> None:
    assert level_of(evened(tone(level))) == pytest.approx(SPEECH_LEVEL, rel=0.05)


def test_what_is_too_faint_to_be_speech_stays_as_it_is() -> None:
    samples = tone(FAINTEST / 2)

    assert evened(samples) is samples
    assert level_of(np.zeros(0, np.float32)) == 0


def test_louder_sound_never_leaves_full_scale() -> None:
    samples = np.concatenate([tone(0.002), np.full(10, 0.5, np.float32)])

    assert np.abs(evened(samples)).max() <= 1


def test_only_the_quiet_stretch_of_a_part_is_lifted_without_a_click() -> None:
    whole = tone(0.01, 4.0)
    part = Waveform(whole[SAMPLE_RATE:].copy())

    louder = lifted(part, (Lift(2.0, 3.0, 8.0),), start=1.0).samples

    assert np.array_equal(louder[:SAMPLE_RATE], part.samples[:SAMPLE_RATE])
    assert np.array_equal(louder[2 * SAMPLE_RATE :], part.samples[2 * SAMPLE_RATE :])
    assert level_of(cut(louder, Span(1.2, 1.8))) == pytest.approx(0.08, rel=0.05)
    assert np.abs(np.diff(louder)).max() <= 1.2 * 8 * np.abs(np.diff(whole)).max()
    assert level_of(part.samples) == pytest.approx(0.01, rel=0.05)  # the sound itself stays


def test_sound_without_quiet_speech_is_not_even_copied() -> None:
    waveform = Waveform(tone(0.1))

    assert lifted(waveform, (Lift(5.0, 6.0, 8.0),)) is waveform
