"""Each stretch of the sound goes through the network once, and chunks find their frames."""

from pathlib import Path

import pytest
import torch
from pyannote.core import Segment

from audio.decode import decode
from audio.waveform import SAMPLE_RATE, load_waveform
from podcast.timeline import Diarization
from speech.diarization import DiarizationOptions, load_diarizer
from speech.shared_frames import MARGIN, WINDOW, SharedFrames

HOP = 1280
"""Samples of a frame in WeSpeaker's ResNets: 80 ms."""
CHUNK = 10.0
DEMO = Path(__file__).resolve().parents[2] / "demo"


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
    shared = SharedFrames(network, ramp, CHUNK)
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


def test_it_is_off_unless_asked_for_and_hears_the_demo_as_well(tmp_path: Path) -> None:
    decode(DEMO / "episode" / "episode.mp3", tmp_path / "sound.wav")
    waveform = load_waveform(tmp_path / "sound.wav")
    diarizer = load_diarizer(DEMO / "models" / "diarization")

    def speaker_by_second(heard: Diarization) -> list[str]:
        at = dict.fromkeys(range(int(waveform.duration)), "")
        for turn in heard.turns:
            at |= dict.fromkeys(range(int(turn.start), int(turn.end)), turn.speaker)
        return list(at.values())

    exact, shared, again = (
        diarizer.diarize(waveform, DiarizationOptions(shares_frames=shares), lambda _: None)
        for shares in (False, True, False)
    )

    assert again == exact
    assert shared.voiceprints != exact.voiceprints
    pairs = zip(speaker_by_second(exact), speaker_by_second(shared), strict=True)
    assert sum(a == b for a, b in pairs) > 0.9 * waveform.duration
