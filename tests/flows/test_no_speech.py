"""Sound without speech, heard by the real libraries and the demo models."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.waveforms.waveform import SAMPLE_RATE
from podcast.errors import NoSpeechError

CHORDS = ((220.0, 277.2, 329.6), (196.0, 246.9, 293.7), (174.6, 220.0, 261.6))


def play(chord: tuple[float, ...], seconds: float = 2.0) -> np.ndarray:
    """Strike a chord: decaying strings with a few overtones."""
    t = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    strings = [np.sin(2 * np.pi * f * n * t) / n**2 for f in chord for n in (1, 2, 3)]
    return 0.2 * np.sum(strings, axis=0) * np.exp(-1.5 * t)


@pytest.mark.usefixtures("prefect")
def test_music_alone_is_refused_with_the_reason(
    tmp_path: Path, save_wav: Callable[[str, np.ndarray], Path]
) -> None:
    from flows.episode import process_episode
    from flows.parameters import Models

    music = save_wav("music.wav", np.concatenate([play(c) for c in CHORDS * 3]))

    with pytest.raises(NoSpeechError, match=r"Nobody speaks in music\.wav.*music\?"):
        process_episode(
            audio=str(music), show="S", title="T", models=Models(preset="demo"),
            out=tmp_path / "out",
        )  # fmt: skip

    assert not (tmp_path / "out").exists()
