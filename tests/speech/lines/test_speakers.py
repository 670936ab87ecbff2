"""Words join the speaker who was speaking."""

from collections.abc import Sequence
from typing import overload

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.errors import NoSpeechError
from podcast.timeline import SpeakerTurn, Word, overlap
from speech.lines.speakers import assign_speakers

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


def test_a_long_turn_beside_the_word_does_not_lose_to_a_short_one_far_off() -> None:
    turns = [SpeakerTurn(0.0, 600.0, "long"), SpeakerTurn(602.0, 602.5, "short")]

    (spoken,) = assign_speakers([Word(600.4, 600.8, "word", 1.0)], turns)

    assert spoken.speaker == "long"


@pytest.mark.parametrize(
    ("start", "end", "confidence"),
    [
        (0.5, 0.9, 1.0),  # inside one turn
        (0.5, 0.5, 1.0),  # the same without any length
        (1.5, 2.5, 0.5),  # half A, half B
        (1.9, 2.3, 0.75),  # a quarter A, the rest B
        (2.5, 3.5, 0.75),  # half B, half nobody
        (3.0, 3.2, 0.5),  # nobody, just after B
        (7.0, 7.2, 0.25),  # a second after everything
        (8.0, 8.2, 0.125),  # another second
    ],
)
def test_confidence_is_the_share_of_the_winner(start: float, end: float, confidence: float) -> None:
    (spoken,) = assign_speakers([Word(start, end, "word", 1.0)], TURNS)

    assert spoken.confidence == pytest.approx(confidence)


def test_words_without_any_turn_are_an_error() -> None:
    with pytest.raises(NoSpeechError):
        assign_speakers([Word(0.0, 1.0, "word", 1.0)], [])


def test_no_words_need_no_turn() -> None:
    assert assign_speakers([], []) == ()


class CountedTurns(Sequence[SpeakerTurn]):
    """Turns that count how many of them are looked at."""

    def __init__(self, turns: list[SpeakerTurn]) -> None:
        self._turns = turns
        self.looks = 0

    def __len__(self) -> int:
        return len(self._turns)

    @overload
    def __getitem__(self, n: int) -> SpeakerTurn: ...
    @overload
    def __getitem__(self, n: slice) -> list[SpeakerTurn]: ...
    def __getitem__(self, n: int | slice) -> SpeakerTurn | list[SpeakerTurn]:
        found = self._turns[n]
        self.looks += len(found) if isinstance(found, list) else 1
        return found


def test_hours_of_words_look_at_few_turns_each() -> None:
    turns = CountedTurns([SpeakerTurn(n, n + 0.9, "AB"[n % 2]) for n in range(3 * 3600)])
    words = [Word(n / 3, n / 3 + 0.3, "word", 1.0) for n in range(3 * 3 * 3600)]

    spoken = assign_speakers(words, turns)

    assert len(spoken) == len(words)
    assert turns.looks < 10 * len(words)


seconds = st.floats(0, 100).map(lambda value: round(value, 2))


@st.composite
def exclusive_turns(draw: st.DrawFn) -> list[SpeakerTurn]:
    edges = sorted(draw(st.sets(seconds, min_size=2, max_size=16)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return [SpeakerTurn(a, b, draw(st.sampled_from("ABC"))) for a, b in pairs]


@given(turns=exclusive_turns(), start=seconds, length=st.floats(0.01, 3))
@settings(max_examples=100)
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


@given(turns=exclusive_turns(), start=seconds, length=st.floats(0, 3))
@settings(max_examples=100)
def test_every_word_has_a_speaker_and_a_confidence(
    turns: list[SpeakerTurn], start: float, length: float
) -> None:
    word = Word(start, start + length, "word", 1.0)

    (spoken,) = assign_speakers([word], turns)

    assert spoken.word is word
    assert spoken.speaker in {turn.speaker for turn in turns}
    assert 0 < spoken.confidence <= 1
