"""Chunks of ten seconds that begin a second apart, and what they say of who is who."""

import numpy as np
import pytest

from podcast.timeline import Diarization, Span, SpeakerTurn, Voiceprint
from speech.diarization.chunk_outputs import ChunkGrid, ChunkOutputs
from speech.diarization.second_look import (
    agreement,
    shares,
    speakers_of,
    without_doubles,
)

GRID = ChunkGrid(160_000, 16_000)
FRAMES = 500
ADA, BEN, CAL = np.eye(3)

Voice = tuple[list[tuple[float, float]], np.ndarray]
"""When one voice of a chunk speaks in the recording, and its embedding."""


def hear(*chunks: list[Voice]) -> ChunkOutputs:
    """Lay out chunks, each with the voices that it hears."""
    activity = np.zeros((len(chunks), FRAMES, 3), np.uint8)
    embeddings = np.full((len(chunks), 3, 3), np.nan, np.float32)
    for n, voices in enumerate(chunks):
        for m, (spans, embedding) in enumerate(voices):
            embeddings[n, m] = embedding
            for start, end in spans:
                first, stop = (max(0, round((time - n) * 50)) for time in (start, end))
                activity[n, first:stop, m] = 1
    return ChunkOutputs(activity, embeddings)


def diarization(*turns: tuple[float, float, str], **voices: np.ndarray) -> Diarization:
    prints = voices or {"A": ADA, "B": BEN, "C": CAL}
    heard = {speaker for _, _, speaker in turns}
    return Diarization(
        tuple(SpeakerTurn(*turn) for turn in turns),
        (Span(0, 0),),
        tuple(Voiceprint(name, tuple(v)) for name, v in prints.items() if name in heard),
    )


def told(found: Diarization, heard: ChunkOutputs) -> Diarization:
    said = agreement(found.turns, shares(found.turns, heard, GRID), len(heard.activity))
    return without_doubles(found, said)


SPLIT = diarization((0, 4, "A"), (4, 7, "B"), A=ADA, B=ADA + BEN)


def test_two_that_chunks_hear_as_one_voice_are_one() -> None:
    heard = hear([([(0, 7)], ADA)])

    assert speakers_of(told(SPLIT, heard).turns) == ["A"]
    assert [voice.speaker for voice in told(SPLIT, heard).voiceprints] == ["A"]


def test_two_whom_chunks_tell_apart_stay_two_however_alike() -> None:
    found = diarization((0, 4, "A"), (4, 7, "B"), A=ADA, B=ADA)

    assert told(found, hear([([(0, 4)], ADA), ([(4, 7)], ADA)])) == found


def test_two_of_whom_chunks_are_not_sure_stay_two() -> None:
    unsure = hear([([(0, 7)], ADA)], [([(1, 4)], ADA), ([(4, 7)], BEN)])

    assert told(SPLIT, unsure) == SPLIT


def test_two_who_never_share_a_chunk_stay_two() -> None:
    found = diarization((0, 4, "A"), (11, 14, "B"), A=ADA, B=ADA)
    heard = hear([([(0, 4)], ADA)], *([[]] * 9), [([(11, 14)], ADA)])

    assert told(found, heard) == found


def test_two_very_different_voices_stay_two_whatever_chunks_say() -> None:
    found = diarization((0, 4, "A"), (4, 7, "B"))

    assert told(found, hear([([(0, 7)], ADA)])) == found


def test_three_parts_of_one_voice_are_one() -> None:
    found = diarization((0, 4, "A"), (4, 7, "B"), (7, 9, "C"), A=ADA, B=ADA, C=ADA)

    assert speakers_of(told(found, hear([([(0, 9)], ADA)])).turns) == ["A"]


@pytest.mark.parametrize(
    ("chunks", "expected"),
    [([([(0, 4)], ADA), ([(4, 7)], BEN)], True), ([([(0, 7)], ADA)], False)],
)
def test_a_speaker_in_whom_chunks_hear_two_is_noticed(chunks: list[Voice], expected: bool) -> None:
    turns = diarization((0, 7, "A")).turns
    heard = hear(chunks)

    assert agreement(turns, shares(turns, heard, GRID), 1).holds_two is expected


def test_scores_of_a_network_count_from_a_half_on() -> None:
    found = diarization((0, 7, "A"))
    heard = hear([([(0, 7)], ADA), ([(0, 7)], BEN)])
    scores = heard.activity * np.array([0.9, 0.3, 0.0], np.float32)

    (share,) = shares(found.turns, ChunkOutputs(scores, heard.embeddings), GRID)

    assert share.seconds == pytest.approx(7.0)


def test_what_chunks_contradict_adds_up() -> None:
    turns = diarization((0, 4, "A"), (4, 7, "B")).turns
    heard = hear([([(0, 1), (4, 7)], ADA), ([(1, 4)], BEN)])

    said = agreement(turns, shares(turns, heard, GRID), 1)

    assert said.contradicted == pytest.approx(2.0)


def test_a_recording_without_turns_says_nothing() -> None:
    heard = hear([])
    said = agreement((), shares((), heard, GRID), 1)

    assert said.contradicted == 0.0
    assert not said.holds_two
