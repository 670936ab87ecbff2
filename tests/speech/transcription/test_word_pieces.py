"""Pieces without a space before them belong to the word before them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech.transcription.word_pieces import whole_words
from speech.transcription.word_times import TimedWord


def heard(*texts: str) -> list[TimedWord]:
    return [TimedWord(n, n + 1.0, text, 0.9) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        ([" Gemma", " 3", ".1", " is", " out."], ["Gemma", "3.1", "is", "out."]),
        ([" a", " 10", "-hour", " flight"], ["a", "10-hour", "flight"]),
        ([" llama", ".cpp", " or", " Node", ".js."], ["llama.cpp", "or", "Node.js."]),
        ([" at", " 6", ":30", " a", ".m."], ["at", "6:30", "a.m."]),
        ([" 50", "%", " of", " $1", ",000"], ["50%", "of", "$1,000"]),
        ([" state", "-of", "-the", "-art"], ["state-of-the-art"]),
        (["So", " it", " ", " works"], ["So", "it", "works"]),
        ([" so ", "it"], ["so", "it"]),
        ([" ", "so"], ["so"]),
        ([], []),
    ],
)
def test_only_a_space_begins_a_word(pieces: list[str], words: list[str]) -> None:
    assert [word.text for word in whole_words(heard(*pieces))] == words


def test_a_word_runs_from_its_first_piece_to_its_last() -> None:
    (word,) = whole_words([TimedWord(1.0, 1.2, " 3", 0.5), TimedWord(1.3, 1.6, ".1", 0.9)])

    assert (word.start, word.end) == (1.0, 1.6)
    assert word.probability == pytest.approx(0.5 / 3 + 0.9 * 2 / 3)


@pytest.mark.parametrize("end", [None, math.nan])
def test_a_piece_without_times_does_not_take_those_of_its_word(end: float | None) -> None:
    (word,) = whole_words([TimedWord(1.0, 1.2, " 3", 0.5), TimedWord(None, end, ".1", 0.9)])

    assert (word.start, word.end) == (1.0, 1.2)


@given(st.lists(st.sampled_from([" so", "so", ".1", " ", "", " 3", "%"])))
@settings(max_examples=100)
def test_the_text_stays_the_same(texts: list[str]) -> None:
    words = whole_words(heard(*texts))

    assert " ".join(word.text for word in words) == " ".join("".join(texts).split())
