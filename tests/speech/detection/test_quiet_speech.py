"""Quiet voices are found by Silero's real detector, in the demo's speech at other levels."""

from pathlib import Path

import numpy as np
import pytest

from audio.decoding.decode import decode
from audio.waveforms.levels import Samples
from audio.waveforms.waveform import SAMPLE_RATE, Waveform, load_waveform
from podcast.timeline import Span
from speech.detection import quiet_speech
from speech.detection.quiet_speech import find_quiet_speech
from speech.detection.voice_activity import speech_between

EPISODE = Path(__file__).resolve().parents[3] / "demo" / "episode" / "episode.mp3"


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """Ten seconds of two speakers."""
    path = tmp_path_factory.mktemp("sound") / "episode.wav"
    decode(EPISODE, path)
    return load_waveform(path, Span(10, 20)).samples


def noise(seconds: float, level: float) -> Samples:
    drawn = np.random.default_rng(1).standard_normal(round(seconds * SAMPLE_RATE))
    return (level * drawn).astype(np.float32)


@pytest.mark.parametrize("decibels", [-30, -40])
def test_a_quiet_guest_is_made_as_loud_as_the_host(talk: Samples, decibels: float) -> None:
    guest = talk * np.float32(10 ** (decibels / 20))

    lifts = find_quiet_speech(Waveform(np.concatenate([talk, guest, talk])), start=100.0)

    assert all(109.5 <= lift.start < lift.end <= 120.5 for lift in lifts)
    assert sum(lift.end - lift.start for lift in lifts) > 6
    assert all(decibels - 8 < -20 * np.log10(lift.gain) < decibels + 8 for lift in lifts)


@pytest.mark.parametrize("level", [0.02, 0.005])
def test_a_quiet_recording_that_is_heard_stays_as_it_is(talk: Samples, level: float) -> None:
    assert find_quiet_speech(Waveform(talk * np.float32(level))) == ()


def test_soft_words_in_a_quiet_recording_stay_as_they_are(talk: Samples) -> None:
    soft = talk[: 4 * SAMPLE_RATE] * np.float32(0.05)

    assert find_quiet_speech(Waveform(np.concatenate([talk * np.float32(0.1), soft]))) == ()


def test_a_quiet_recording_that_is_missed_is_lifted(
    talk: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet_speech, "speech_at_first_sight", lambda _: [])

    lifts = find_quiet_speech(Waveform(talk * np.float32(0.005)))

    assert sum(lift.end - lift.start for lift in lifts) > 6


def test_a_guest_far_below_a_quiet_host_is_lifted(talk: Samples) -> None:
    host, guest = talk * np.float32(0.1), talk * np.float32(0.01)

    lifts = find_quiet_speech(Waveform(np.concatenate([host, guest, host])))

    assert sum(lift.end - lift.start for lift in lifts) > 6
    assert all(9.5 <= lift.start < lift.end <= 20.5 for lift in lifts)


def test_talk_at_one_level_stays_as_it_is(talk: Samples) -> None:
    assert find_quiet_speech(Waveform(talk)) == ()


@pytest.mark.parametrize("level", [0.0, 0.0005, 0.003])
def test_silence_and_room_tone_are_no_quiet_speech(talk: Samples, level: float) -> None:
    sound = np.concatenate([talk, noise(8, level), talk])

    assert find_quiet_speech(Waveform(sound)) == ()
    assert speech_between(sound, (Span(0, 10), Span(18, 28))) == ()


def test_speech_that_the_detector_left_out_is_found(talk: Samples) -> None:
    sound = np.concatenate([talk, noise(12, 0.002), talk])

    found = speech_between(sound, (Span(0, 10), Span(26, 32)))

    assert found
    assert all(21.5 <= span.start < span.end <= 26 for span in found)
