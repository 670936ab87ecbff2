"""What was recognised hangs together by its speakers."""

from pathlib import Path

from podcast.coverage import Coverage, UnheardSpeech
from podcast.recognition import Recognition
from podcast.recording import Recording
from podcast.timeline import Diarization, SpeakerTurn, SpokenWord, Voiceprint, Word


def test_a_speaker_who_is_called_otherwise_is_so_everywhere() -> None:
    recognition = Recognition(
        Recording(Path("a.wav"), "ab" * 32, 3.0, "a.mp3"),
        Diarization(
            (SpeakerTurn(0, 1, "A"), SpeakerTurn(1, 2, "B")), (), (Voiceprint("A", (1.0,)),)
        ),
        segments=(),
        coverage=Coverage(
            3.0, (UnheardSpeech(1, 2, "A", "no words recognised"),), knows_languages=True
        ),
        words=(SpokenWord(Word(0, 1, "So", 1.0), "A"), SpokenWord(Word(1, 2, "what?", 1.0), "B")),
        written_names={"A": "Ann"},
    )

    renamed = recognition.with_speakers({"A": "Speaker 1"})

    assert renamed.coverage is not None
    assert [turn.speaker for turn in renamed.diarization.turns] == ["Speaker 1", "B"]
    assert [voice.speaker for voice in renamed.diarization.voiceprints] == ["Speaker 1"]
    assert [word.speaker for word in renamed.words] == ["Speaker 1", "B"]
    assert [speech.speaker for speech in renamed.coverage.unheard] == ["Speaker 1"]
    assert renamed.written_names == {"Speaker 1": "Ann"}
