"""Words become lines; what the stages before have left out goes with them."""

from pathlib import Path

from flows.stages.attribution import build_lines
from podcast.recognition import Recognition
from podcast.recording import Recording
from podcast.timeline import Diarization, SpeakerTurn, SpokenWord, Word
from podcast.transcript import DroppedWord


def test_what_was_left_out_is_in_time_order_whichever_stage_found_it() -> None:
    left_out = [DroppedWord(Word(at, at + 0.1, "no", 0.5), "loop") for at in (3.0, 1.0, 2.0)]
    recognition = Recognition(
        Recording(Path("a.wav"), "", 5.0, "a.mp3"),
        Diarization((SpeakerTurn(0.0, 5.0, "Speaker 1"),), (), ()),
        (),
        tuple(left_out),
        words=(SpokenWord(Word(4.0, 4.5, "Yes.", 0.9), "Speaker 1"),),
    )

    assert [gone.word.start for gone in build_lines(recognition).dropped] == [1.0, 2.0, 3.0]
