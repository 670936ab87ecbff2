"""What people say without a break, in chunks of ten seconds, and who it makes them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast.timeline import Diarization, SpeakerTurn, Voiceprint
from speech.diarization.chunk_outputs import ChunkGrid, ChunkOutputs, Stretches
from speech.diarization.stretch_voices import told_apart

GRID = ChunkGrid(160_000, 16_000)
FRAMES = 500
ADA, BEN, CAL = np.eye(3)

Said = tuple[float, float, np.ndarray]
"""When something is said in one breath, and how it sounds."""


def heard(*said: Said, known: bool = True) -> ChunkOutputs:
    """Lay out chunks that begin every second, each with all stretches that lie in it."""
    n_chunks = max(1, int(said[-1][1]) - 8)
    frames, voices = [], []
    for chunk in range(n_chunks):
        for start, end, voice in said:
            if chunk <= start and end <= chunk + 10:
                frames.append((chunk, round((start - chunk) * 50), round((end - chunk) * 50)))
                voices.append(voice)
    stretches = Stretches(np.array(frames, np.int32), np.array(voices, np.float32))
    return ChunkOutputs(
        np.zeros((n_chunks, FRAMES, 3), np.uint8),
        np.zeros((n_chunks, 3, 3), np.float32),
        stretches if known else None,
    )


def diarization(*turns: tuple[float, float, str]) -> Diarization:
    speakers = dict.fromkeys(speaker for _, _, speaker in turns)
    return Diarization(
        tuple(SpeakerTurn(*turn) for turn in turns),
        (),
        tuple(Voiceprint(speaker, (1.0, 0.0, 0.0)) for speaker in speakers),
    )


def told(found: Diarization, chunks: ChunkOutputs, *, may_add: bool = True) -> list[str]:
    """Return the speakers of the turns, as letters in the order in which they first speak."""
    turns = told_apart(found, chunks, GRID, may_add=may_add).turns
    letters = dict(zip(dict.fromkeys(turn.speaker for turn in turns), "ABC", strict=False))
    return [letters[turn.speaker] for turn in turns]


def by_turns(*voices: np.ndarray, seconds: float = 1.0) -> list[Said]:
    return [(n * seconds, (n + 1) * seconds, voice) for n, voice in enumerate(voices)]


def test_two_who_answer_each_other_and_were_taken_for_one_are_two() -> None:
    found = diarization((0, 8, "A"))

    assert told(found, heard(*by_turns(*[ADA, BEN] * 4))) == ["A", "B"] * 4


def test_three_who_were_taken_for_one_are_three() -> None:
    found = diarization((0, 9, "A"))

    assert told(found, heard(*by_turns(*[ADA, BEN, CAL] * 3))) == ["A", "B", "C"] * 3


def test_who_is_new_has_a_voice() -> None:
    heard_apart = told_apart(
        diarization((0, 8, "A")), heard(*by_turns(*[ADA, BEN] * 4)), GRID, may_add=True
    )

    assert len(heard_apart.voiceprints) == 2
    assert max(heard_apart.voiceprints[1].embedding) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "said",
    [
        by_turns(ADA, ADA, ADA, ADA, BEN, BEN, BEN, BEN),
        by_turns(ADA, BEN, BEN, ADA, BEN, BEN, ADA),
        by_turns(*[ADA, BEN] * 4, seconds=0.4),
        by_turns(*[ADA, BEN] * 3, seconds=0.6),
        by_turns(*[ADA, ADA + 0.7 * BEN] * 4),
    ],
    ids=["once", "comes back once", "breaths", "two seconds in all", "alike"],
)
def test_one_voice_that_changes_stays_one(said: list[Said]) -> None:
    lengths = [(s, e, voice / np.linalg.norm(voice)) for s, e, voice in said]

    assert set(told(diarization((0, said[-1][1], "A")), heard(*lengths))) == {"A"}


def test_where_two_are_heard_as_one_they_are_no_third_voice() -> None:
    found = diarization((0, 9, "A"))
    other = 0.28 * ADA + 0.96 * BEN  # as much alike as two people in one room are
    mixed = (ADA + other) / np.linalg.norm(ADA + other)

    assert set(told(found, heard(*by_turns(*[ADA, other, mixed] * 3)))) == {"A", "B"}


def test_what_is_said_goes_to_whom_it_sounds_like() -> None:
    found = diarization((0, 3, "A"), (3, 6, "B"))

    assert told(found, heard(*by_turns(ADA, ADA, BEN, BEN, BEN, ADA))) == ["A", "B", "B", "A"]


def test_what_sounds_about_as_much_like_its_speaker_stays() -> None:
    found = diarization((0, 3, "A"), (3, 6, "B"))
    unsure = 0.74 * ADA + 0.67 * BEN

    assert told(found, heard(*by_turns(ADA, ADA, ADA, BEN, BEN, unsure))) == ["A", "B"]


def test_as_many_speak_as_somebody_has_said() -> None:
    found = diarization((0, 8, "A"))

    assert told(found, heard(*by_turns(*[ADA, BEN] * 4)), may_add=False) == ["A"]


def test_what_is_in_no_stretch_goes_with_the_nearest_of_its_turn() -> None:
    found = diarization((0, 2, "A"), (2.5, 6, "B"))
    chunks = heard((0, 1.8, ADA), (2.6, 3.6, BEN), (4.6, 5.6, ADA))
    turns = told_apart(found, chunks, GRID, may_add=True).turns

    assert [(round(turn.start, 2), round(turn.end, 2)) for turn in turns] == [
        (0, 2),
        (2.5, 4.1),
        (4.1, 6),
    ]


@pytest.mark.parametrize(
    ("found", "chunks"),
    [
        (diarization((0, 8, "A")), heard(*by_turns(*[ADA, BEN] * 4), known=False)),
        (diarization(), heard(*by_turns(ADA))),
        (diarization((0, 1, "A")), heard((0, 1, np.zeros(3)))),
    ],
    ids=["a network that cannot tell", "nobody", "no voice"],
)
def test_where_nothing_is_known_nothing_changes(found: Diarization, chunks: ChunkOutputs) -> None:
    assert told_apart(found, chunks, GRID, may_add=True) == found


@given(
    st.lists(st.sampled_from([ADA, BEN, CAL, ADA + BEN, CAL - BEN]), min_size=1, max_size=20),
    st.floats(0.3, 1.5),
    st.sets(st.floats(0.01, 0.99), max_size=5),
)
def test_somebody_speaks_whenever_somebody_spoke(
    voices: list[np.ndarray], seconds: float, cuts: set[float]
) -> None:
    said = by_turns(*voices, seconds=seconds)
    times = [0.0, *(cut * said[-1][1] for cut in sorted(cuts)), said[-1][1]]
    found = diarization(*((*span, "AB"[n % 2]) for n, span in enumerate(pairwise(times))))

    turns = told_apart(found, heard(*said), GRID, may_add=True).turns

    assert (turns[0].start, turns[-1].end) == (times[0], times[-1])
    assert all(before.end == after.start for before, after in pairwise(turns))
    assert all(turn.start <= turn.end for turn in turns)
