"""One or two words at a wrongly placed boundary go back to their sentence; interruptions stay."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast.timeline import SpokenWord, Word
from speech.boundaries import snap_boundaries

A, B = "A", "B"


def speak(*speeches: tuple[str, str], pause: float = 0.05) -> list[SpokenWord]:
    """Say words of 0.3 s; a "..." is half a second of silence."""
    words, time = [], 0.0
    for speaker, text in speeches:
        for token in text.split():
            if token == "...":
                time += 0.5
                continue
            words.append(SpokenWord(Word(time, time + 0.3, token, 1.0), speaker))
            time += 0.3 + pause
    return words


def lines(words: tuple[SpokenWord, ...]) -> list[tuple[str, str]]:
    return [
        (speaker, " ".join(w.word.text for w in run))
        for speaker, run in groupby(words, key=lambda w: w.speaker)
    ]


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        # One or two words too early or too late.
        ([(A, "The app"), (B, "costs 3 dollars.")], [(B, "The app costs 3 dollars.")]),
        ([(A, "It"), (B, "has 2 billion words.")], [(B, "It has 2 billion words.")]),
        ([(A, "I want to thank"), (B, "you.")], [(A, "I want to thank you.")]),
        (
            [(A, "Why? It"), (B, "is so small now.")],
            [(A, "Why?"), (B, "It is so small now.")],
        ),
        (
            [(A, "We built it"), (B, "last year. How big is it?")],
            [(A, "We built it last year."), (B, "How big is it?")],
        ),
        # An interruption begins a sentence of its own.
        ([(A, "And then we"), (B, "Wait, how?")], [(A, "And then we"), (B, "Wait, how?")]),
        ([(A, "So if"), (B, "Are you sure?")], [(A, "So if"), (B, "Are you sure?")]),
        # A pause is believed.
        ([(A, "The app ..."), (B, "costs 3 dollars.")], [(A, "The app"), (B, "costs 3 dollars.")]),
        # More than two words are not a misplaced boundary, and a tie is not decided.
        ([(A, "The old app"), (B, "costs 3 big dollars.")],
         [(A, "The old app"), (B, "costs 3 big dollars.")]),
        ([(A, "It"), (B, "is.")], [(A, "It"), (B, "is.")]),
        # Whole sentences stay with whoever says them.
        ([(A, "Yeah."), (B, "Yeah."), (A, "Yeah.")], [(A, "Yeah."), (B, "Yeah."), (A, "Yeah.")]),
    ],
)  # fmt: skip
def test_short_edges_go_back_to_their_sentence(
    heard: list[tuple[str, str]], expected: list[tuple[str, str]]
) -> None:
    assert lines(snap_boundaries(speak(*heard))) == expected


def test_nothing_is_nothing() -> None:
    assert snap_boundaries([]) == ()


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(["so", "It", "is.", "no"]))))
def test_no_word_is_lost_moved_or_changed(speeches: list[tuple[str, str]]) -> None:
    words = speak(*speeches)

    snapped = snap_boundaries(words)

    assert [w.word for w in snapped] == [w.word for w in words]
    assert {w.speaker for w in snapped} <= {w.speaker for w in words}
