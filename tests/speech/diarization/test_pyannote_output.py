"""pyannote's annotations as values of our own."""

import numpy as np
from pyannote.core import Annotation, Segment

from podcast.timeline import Span, SpeakerTurn, Voiceprint
from speech.diarization.pyannote_output import to_diarization


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
    heard = to_diarization(Output(), 6.0)

    assert heard.turns == (
        SpeakerTurn(1.0, 4.2, "Speaker 1"),
        SpeakerTurn(4.2, 6.0, "Speaker 2"),
    )
    assert heard.overlaps == (Span(4.0, 4.5),)
    assert heard.voiceprints == (Voiceprint("Speaker 1", (0.5, -0.5)),)
