"""A small episode for the tests of every rendering."""

from pathlib import Path

import pytest

from outputs.record.episode_record import build_record
from outputs.record.record_types import EpisodeRecord, Provenance, RecordedSpeaker
from podcast.editing.corrections import Applied
from podcast.language import Language
from podcast.recognition import Recognition
from podcast.recording import Episode, Recording
from podcast.timeline import Diarization, Segment, Span, SpeakerTurn, Voiceprint, Word
from podcast.transcript import (
    BilingualTranscript,
    DroppedWord,
    Line,
    LinePair,
    Transcript,
    Translation,
)

YEAH = Word(4.12, 4.4, "Yeah.", 0.98)
WELL = Word(5.0, 5.4, "Well,", 0.9)
RIGHT = Word(5.5, 7.48, "AT&T", 0.7)

SPEAKERS = (
    RecordedSpeaker("Speaker 1", "Speaker 1", ""),
    RecordedSpeaker("Speaker 2", "Speaker 2", ""),
)


@pytest.fixture
def record() -> EpisodeRecord:
    lines = (
        Line("0001", 4.12, 4.4, "Speaker 1", 1.0, "Yeah.", "", (), (YEAH,)),
        Line("0002", 5.0, 7.48, "Speaker 2", 1.0, "Well, AT&T", "", ("overlap",), (WELL, RIGHT)),
    )
    transcript = Transcript(
        Language.EN, lines, (DroppedWord(Word(9.0, 9.1, "you", 0.1), "over silence"),)
    )
    bilinguals = [
        _bilingual(Language.KO, lines, "제목", "네.", "음, AT&T"),
        _bilingual(Language.JA, lines, "題名", "ええ。", "ええと、AT&T"),
    ]
    heard = Recognition(
        Recording(Path("sound.wav"), "ab" * 32, 12.5, "episode.mp3"),
        Diarization(
            (SpeakerTurn(4.0, 4.5, "Speaker 1"), SpeakerTurn(4.9, 7.5, "Speaker 2")),
            (Span(5.0, 5.2),),
            (Voiceprint("Speaker 1", (0.5, -0.25)),),
        ),
        (Segment(4.0, 7.5, "Yeah. Well, AT&T", (YEAH, WELL, RIGHT), -0.2, 0.01, 1.1),),
    )
    provenance = Provenance({"transcribe": "w@1"}, {"transcribe": {"beam_size": 5}}, {"x": "1"})
    return build_record(
        Episode("Open Ears", "A title", "Back to "),
        heard,
        SPEAKERS,
        Applied(transcript, (), ()),
        bilinguals,
        provenance,
    )


def _bilingual(
    target: Language, lines: tuple[Line, ...], title: str, *texts: str
) -> BilingualTranscript:
    pairs = zip(lines, texts, strict=True)
    return BilingualTranscript(
        Language.EN,
        target,
        Translation(title, "given"),
        tuple(LinePair(line, Translation(text, "model")) for line, text in pairs),
    )
