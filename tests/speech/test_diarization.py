"""The adapter to pyannote.audio, with the real library and the demo's pipeline."""

from pathlib import Path

import numpy as np
import pytest
from pyannote.core import Annotation, Segment

from audio.waveform import SAMPLE_RATE, Waveform
from podcast.errors import BadInputError, SetupError
from podcast.timeline import Span, SpeakerTurn, Voiceprint
from speech.diarization import DiarizationOptions, PyannoteDiarizer, load_diarizer

PIPELINE = Path(__file__).resolve().parents[2] / "demo" / "models" / "diarization"


@pytest.mark.parametrize(
    "counts",
    [
        {"num_speakers": 0},
        {"num_speakers": 2, "max_speakers": 3},
        {"min_speakers": 4, "max_speakers": 3},
    ],
)
def test_counts_that_contradict_each_other_are_refused(counts: dict[str, int]) -> None:
    with pytest.raises(BadInputError):
        DiarizationOptions(**counts)


def test_a_folder_without_a_pipeline_is_a_setup_error(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"no config\.yaml"):
        load_diarizer(tmp_path)


def test_a_broken_pipeline_is_a_setup_error(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("pipeline: {name: no.such.Pipeline}")

    with pytest.raises(SetupError, match="cannot be loaded"):
        load_diarizer(tmp_path)


def test_nobody_speaks_in_silence() -> None:
    seen: list[float] = []

    diarization = load_diarizer(PIPELINE).diarize(
        Waveform(np.zeros(6 * SAMPLE_RATE, np.float32)), DiarizationOptions(), seen.append
    )

    assert diarization.turns == ()
    assert diarization.voiceprints == ()
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


class Output:
    """What pyannote gives back: two people, one of whom has no voice of their own."""

    def __init__(self) -> None:
        self.speaker_diarization = Annotation()
        self.speaker_diarization[Segment(4.0, 5.0)] = "SPEAKER_00"
        self.speaker_diarization[Segment(1.0, 4.5)] = "SPEAKER_01"
        self.exclusive_speaker_diarization = Annotation()
        self.exclusive_speaker_diarization[Segment(1.0, 4.2)] = "SPEAKER_01"
        self.exclusive_speaker_diarization[Segment(4.2, 6.5)] = "SPEAKER_00"
        self.speaker_embeddings = np.array([[np.nan, np.nan], [0.5, -0.5]])


def test_people_are_numbered_as_they_first_speak_and_turns_end_with_the_recording() -> None:
    waveform = Waveform(np.zeros(6 * SAMPLE_RATE, np.float32))

    heard = PyannoteDiarizer(lambda *_, **__: Output()).diarize(
        waveform, DiarizationOptions(), lambda _: None
    )

    assert heard.turns == (
        SpeakerTurn(1.0, 4.2, "Speaker 1"),
        SpeakerTurn(4.2, 6.0, "Speaker 2"),
    )
    assert heard.overlaps == (Span(4.0, 4.5),)
    assert heard.voiceprints == (Voiceprint("Speaker 1", (0.5, -0.5)),)
