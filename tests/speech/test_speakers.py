"""Words join the speaker who was speaking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast.errors import NoSpeechError
from podcast.timeline import SpeakerTurn, Word, overlap
from speech.speakers import assign_speakers

TURNS = (
    SpeakerTurn(0.0, 2.0, "A"),
    SpeakerTurn(2.0, 3.0, "B"),
    SpeakerTurn(5.0, 6.0, "A"),
)


@pytest.mark.parametrize(
    ("start", "end", "speaker"),
    [
        (0.5, 0.9, "A"),  # inside
        (1.8, 2.1, "A"),  # more of it in A
        (1.9, 2.3, "B"),  # more of it in B
        (3.2, 3.4, "B"),  # in a gap, B is nearer
        (4.5, 4.8, "A"),  # in a gap, A is nearer
        (9.0, 9.5, "A"),  # after everything
        (1.9, 1.9, "A"),  # no length at all
    ],
)
def test_a_word_goes_to_the_longest_overlap_or_the_nearest_turn(
    start: float, end: float, speaker: str
) -> None:
    (spoken,) = assign_speakers([Word(start, end, "word", 1.0)], TURNS)

    assert spoken.speaker == speaker


def test_short_pieces_of_one_speaker_add_up() -> None:
    turns = [SpeakerTurn(0.0, 0.3, "A"), SpeakerTurn(0.3, 0.7, "B"), SpeakerTurn(0.7, 1.0, "A")]

    (spoken,) = assign_speakers([Word(0.0, 1.0, "word", 1.0)], turns)

    assert spoken.speaker == "A"


def test_words_without_any_turn_are_an_error() -> None:
    with pytest.raises(NoSpeechError):
        assign_speakers([Word(0.0, 1.0, "word", 1.0)], [])


def test_no_words_need_no_turn() -> None:
    assert assign_speakers([], []) == ()


seconds = st.floats(0, 100).map(lambda value: round(value, 2))


@st.composite
def exclusive_turns(draw: st.DrawFn) -> list[SpeakerTurn]:
    edges = sorted(draw(st.sets(seconds, min_size=2, max_size=16)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return [SpeakerTurn(a, b, draw(st.sampled_from("ABC"))) for a, b in pairs]


@given(turns=exclusive_turns(), start=seconds, length=st.floats(0.01, 3))
def test_the_search_finds_what_looking_at_every_turn_finds(
    turns: list[SpeakerTurn], start: float, length: float
) -> None:
    word = Word(start, start + length, "word", 1.0)
    shared = {s: sum(max(0.0, overlap(word, t)) for t in turns if t.speaker == s) for s in "ABC"}

    (spoken,) = assign_speakers([word], turns)

    if max(shared.values()) > 0:
        assert shared[spoken.speaker] == pytest.approx(max(shared.values()))
    else:
        nearest = max(overlap(word, t) for t in turns)
        assert nearest in [overlap(word, t) for t in turns if t.speaker == spoken.speaker]
