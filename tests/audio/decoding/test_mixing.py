"""Every channel is heard."""

import numpy as np
import pytest

from audio.decoding.matroska import Block
from audio.decoding.mixing import mix

RATE = 16_000


def test_one_channel_stays_as_it_is() -> None:
    voice = tone(440)

    assert np.array_equal(mixed(voice), voice)


def test_two_channels_are_weighed_alike() -> None:
    heard = mixed(tone(440), tone(880))

    assert level(heard, 440) == pytest.approx(level(heard, 880), rel=0.01)
    assert level(heard, 440) == pytest.approx(level(tone(440), 440) / 2, rel=0.01)


@pytest.mark.parametrize("layout", ["stereo", "downmix", ""])
def test_a_channel_upside_down_takes_nothing_away(layout: str) -> None:
    voice = tone(440)

    assert level(mixed(voice, -voice, layout=layout), 440) == pytest.approx(level(voice, 440))


@pytest.mark.parametrize("begin", [1.0, 3.05, 9.97, 12.5])
def test_a_guest_upside_down_is_heard_from_the_first_moment(begin: float) -> None:
    host, guest = tone(440, seconds=20), tone(880, seconds=20)
    place = round(begin * RATE)
    host[place:], guest[:place] = 0, 0

    heard = mixed(host + guest, host - guest)

    assert level(heard[place : place + 800], 880) > 0.9 * level(guest[place : place + 800], 880)
    assert level(heard[:place], 440) == pytest.approx(level(host[:place], 440), rel=0.02)


def test_a_guest_upside_down_is_heard_over_quieter_music() -> None:
    guest, music = tone(880), tone(300) // 4

    assert level(mixed(music + guest, music - guest), 880) > 0.9 * level(guest, 880)


def test_two_guests_of_whom_one_is_much_quieter_are_both_heard() -> None:
    heard = mixed(tone(440), tone(880) // 30)

    assert level(heard, 880) == pytest.approx(level(tone(880), 880) / 60, rel=0.1)


@pytest.mark.parametrize("n_channels", [3, 4, 5, 6, 7, 8, 9, 16, 64])
def test_all_microphones_of_a_recorder_are_weighed_alike(n_channels: int) -> None:
    pitches = [400 + 100 * number for number in range(n_channels)]
    layout = {6: "5.1", 7: "6.1", 8: "7.1"}.get(n_channels, f"{n_channels} channels")

    heard = mixed(*(tone(pitch) for pitch in pitches), layout=layout)

    levels = [level(heard, pitch) for pitch in pitches]
    assert min(levels) == pytest.approx(max(levels), rel=0.05)


@pytest.mark.parametrize("microphone", range(6))
def test_one_microphone_of_six_is_heard_alone(microphone: int) -> None:
    channels = [tone(440) * (number == microphone) for number in range(6)]

    assert level(mixed(*channels, layout="5.1"), 440) > level(tone(440), 440) / 3


def test_surround_sound_is_mixed_as_players_do_and_without_its_bass() -> None:
    channels = [tone(pitch) for pitch in (500, 600, 700, 50, 800, 900)]

    heard = mixed(*channels, layout="5.1(side)")

    assert level(heard, 50) < level(heard, 800) / 50
    assert level(heard, 700) == pytest.approx(2 * level(heard, 800), rel=0.02)


def test_a_microphone_on_the_bass_channel_is_heard_after_a_silent_beginning() -> None:
    silence = np.zeros(25 * RATE, np.int16)
    late = np.concatenate([silence, tone(440, seconds=5)])
    quiet = np.zeros_like(late)

    heard = mixed(quiet, quiet, quiet, late, quiet, quiet, layout="5.1")

    assert level(heard[25 * RATE :], 440) == pytest.approx(level(tone(440), 440), rel=0.05)


def test_a_faint_voice_on_the_bass_channel_is_heard() -> None:
    channels = [tone(100 * number) for number in (5, 6, 7, 8, 9, 10)]
    channels[3] //= 1000

    assert level(mixed(*channels, layout="5.1"), 800) > 0.5


def test_channels_that_nothing_is_connected_to_make_the_others_no_quieter() -> None:
    nothing = np.zeros(4 * RATE, np.int16)

    heard = mixed(*([nothing] * 7), tone(440), layout="7.1")

    assert level(heard, 440) > 0.9 * level(tone(440), 440)


def test_the_loudest_sound_is_not_cut() -> None:
    full = np.full(RATE, 32767, np.int16)

    assert mixed(full, full, full).max() == 32767


def mixed(*channels: np.ndarray, layout: str = "stereo") -> np.ndarray:
    """Mix channels that come in blocks of uneven length."""
    samples = np.stack(channels, axis=1).astype("<i2")
    parts = np.array_split(samples, 37)
    blocks = [Block(0, len(channels), part.tobytes()) for part in parts]
    return np.concatenate(list(mix(blocks, layout)))


def tone(pitch: float, seconds: float = 4) -> np.ndarray:
    times = np.arange(round(seconds * RATE)) / RATE
    return np.rint(10_000 * np.sin(2 * np.pi * pitch * times)).astype(np.int16)


def level(samples: np.ndarray, pitch: float) -> float:
    """How strong a tone is in samples."""
    turns = np.exp(-2j * np.pi * pitch * np.arange(samples.size) / RATE)
    return float(abs(samples @ turns)) / samples.size
