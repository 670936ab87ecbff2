from pathlib import Path

from podcast.coverage import Coverage, UnheardSpeech
from podcast.recognition import Recognition
from podcast.recording import Recording
from podcast.timeline import Diarization, SpeakerTurn, SpokenWord, Voiceprint, Word
from speech.lines.turns import merge_speakers, number_speakers

DIARIZATION = Diarization(
    turns=(SpeakerTurn(0, 1, "A"), SpeakerTurn(1, 2, "B"), SpeakerTurn(2, 3, "C")),
    overlaps=(),
    voiceprints=(Voiceprint("A", (1.0,)), Voiceprint("B", (2.0,)), Voiceprint("C", (3.0,))),
)
RECOGNITION = Recognition(
    Recording(Path("a.wav"), "ab" * 32, 3.0, "a.mp3"),
    DIARIZATION,
    (),
    words=(SpokenWord(Word(0, 1, "So", 1.0), "C"), SpokenWord(Word(1, 2, "what?", 1.0), "A")),
    written_names={"C": "Ann"},
    coverage=Coverage(
        3.0, (UnheardSpeech(1, 2, "B", "no words recognised"),), knows_languages=True
    ),
)


def speakers(recognition: Recognition) -> list[list[str]]:
    found = recognition.diarization
    assert recognition.coverage is not None
    parts = (recognition.words, found.turns, found.voiceprints, recognition.coverage.unheard)
    return [[part.speaker for part in some] for some in parts]


def test_speakers_are_numbered_by_their_first_words_and_the_silent_come_last() -> None:
    numbered = number_speakers(RECOGNITION)

    first, second, third = (f"Speaker {n}" for n in (1, 2, 3))
    words, turns, voiceprints, unheard = speakers(numbered)
    assert words == [first, second]
    assert turns == voiceprints == [second, third, first]
    assert unheard == [third]
    assert numbered.written_names == {first: "Ann"}


def test_a_merged_speaker_gives_all_words_and_keeps_no_voiceprint() -> None:
    merged = merge_speakers(RECOGNITION, {"C": "A", "B": "A"})

    assert speakers(merged) == [["A", "A"], ["A", "A", "A"], ["A"], ["A"]]
    assert merged.diarization.voiceprints == (Voiceprint("A", (1.0,)),)
    assert merged.written_names == {"A": "Ann"}


def test_nothing_changes_where_nobody_is_merged() -> None:
    assert merge_speakers(RECOGNITION, {}) == RECOGNITION
