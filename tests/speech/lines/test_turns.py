"""Speakers are numbered as they first say a line; two who turn out to be one become one."""

from podcast.timeline import Diarization, Span, SpeakerTurn, Voiceprint
from speech.lines.turns import merge_speakers, number_speakers

HEARD = Diarization(
    (SpeakerTurn(0, 1, "A"), SpeakerTurn(1, 2, "B"), SpeakerTurn(2, 3, "C")),
    (Span(0.9, 1.1),),
    (Voiceprint("A", (1.0,)), Voiceprint("B", (0.5,)), Voiceprint("C", (0.1,))),
)


def test_a_merged_speaker_has_no_turn_and_no_voice_any_more() -> None:
    merged = merge_speakers(HEARD, {"C": "A"})

    assert [turn.speaker for turn in merged.turns] == ["A", "B", "A"]
    assert [voice.speaker for voice in merged.voiceprints] == ["A", "B"]
    assert [(t.start, t.end) for t in merged.turns] == [(t.start, t.end) for t in HEARD.turns]
    assert merged.overlaps == HEARD.overlaps


def test_without_a_merge_nothing_changes() -> None:
    assert merge_speakers(HEARD, {}) == HEARD


def test_speakers_are_numbered_in_an_order_and_who_says_nothing_comes_last() -> None:
    numbered = number_speakers(HEARD, ["C", "A"])

    assert [turn.speaker for turn in numbered.turns] == ["Speaker 2", "Speaker 3", "Speaker 1"]
    assert [v.speaker for v in numbered.voiceprints] == ["Speaker 2", "Speaker 3", "Speaker 1"]
    assert [v.embedding for v in numbered.voiceprints] == [v.embedding for v in HEARD.voiceprints]
