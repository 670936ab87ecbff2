"""What a line is: one sentence of one speaker."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast.invariants import check_transcript
from podcast.language import Language
from podcast.timeline import Span, SpokenWord, Word
from speech.lines import build_transcript, ends_sentence

Say = Callable[..., tuple[SpokenWord, ...]]


def texts(words: tuple[SpokenWord, ...]) -> list[tuple[str, str]]:
    transcript = build_transcript(Language.EN, words, duration=600.0)
    return [(line.speaker, line.text) for line in transcript.lines]


@pytest.mark.parametrize(
    ("word", "ends"),
    [
        ("out.", True), ("what?", True), ("No!", True), ("well…", True), ('it."', True),
        ("No.", True), ("I.", True), ("7.", True), ("GPU.", True), ("it.)", True),
        ("out", False), ("2.5", False), ("well,", False), ("llama.cpp", False),
        ("Dr.", False), ("a.m.", False), ("U.S.", False), ("J.", False), ("vs.", False),
    ],
)  # fmt: skip
def test_a_full_stop_ends_a_sentence_unless_it_is_an_abbreviation(word: str, *, ends: bool) -> None:
    assert ends_sentence(word) is ends


def test_lines_end_with_sentences_and_with_speakers(say: Say) -> None:
    words = say(("A", "Give us the TLDR. And then we"), ("B", "Why don't we always do this?"))

    assert texts(words) == [
        ("A", "Give us the TLDR."),
        ("A", "And then we"),
        ("B", "Why don't we always do this?"),
    ]


def test_three_honest_answers_are_three_lines(say: Say) -> None:
    words = say(("A", "Yeah."), ("B", "Yeah."), ("B", "Yeah."))

    assert texts(words) == [("A", "Yeah."), ("B", "Yeah."), ("B", "Yeah.")]


def test_numbers_times_and_titles_do_not_break_a_line(say: Say) -> None:
    text = "Dr. Kim said 2.5 seconds at 6:30 a.m. in the U.S. lab."

    assert texts(say(("A", text))) == [("A", text)]


def test_a_long_pause_breaks_a_line() -> None:
    words = (
        SpokenWord(Word(1.0, 1.3, "And", 1.0), "A"),
        SpokenWord(Word(4.0, 4.3, "so", 1.0), "A"),
    )

    assert texts(words) == [("A", "And"), ("A", "so")]


def test_words_after_the_end_are_dropped_with_the_reason() -> None:
    words = (
        SpokenWord(Word(9.0, 10.4, "last", 1.0), "A"),
        SpokenWord(Word(10.2, 10.4, "ghost", 1.0), "A"),
    )

    transcript = build_transcript(Language.EN, words, duration=10.0)

    assert [(line.text, line.end) for line in transcript.lines] == [("last", 10.0)]
    assert [d.word.text for d in transcript.dropped] == ["ghost"]
    assert "end of the recording" in transcript.dropped[0].reason


def test_lines_spoken_over_are_flagged(say: Say) -> None:
    words = say(("A", "One."), ("B", "Two."))  # at 1.0 and at 1.4 s

    transcript = build_transcript(Language.EN, words, 60.0, overlaps=[Span(1.5, 1.9)])

    assert [line.flags for line in transcript.lines] == [(), ("overlap",)]


@st.composite
def spoken_words(draw: st.DrawFn) -> list[SpokenWord]:
    count = draw(st.integers(1, 30))
    times = st.floats(0, 59).map(lambda value: round(value, 2))
    word = st.builds(
        lambda start, length, text: Word(start, start + length, text, 1.0),
        times,
        st.sampled_from([0.0, 0.2, 1.5]),
        st.sampled_from(["Yeah.", "so", "2.5", "Right?", "Dr."]),
    )
    return [SpokenWord(draw(word), draw(st.sampled_from("AB"))) for _ in range(count)]


@given(words=spoken_words())
def test_whatever_is_heard_the_promises_hold(words: list[SpokenWord]) -> None:
    transcript = build_transcript(Language.EN, words, duration=60.0)

    check_transcript(transcript, words, duration=60.0)
