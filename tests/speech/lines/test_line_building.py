"""What a line is: one sentence of one speaker."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.invariants import check_transcript
from podcast.language import Language
from podcast.timeline import Span, SpeakerTurn, SpokenWord, Word
from speech.lines.boundaries import snap_boundaries
from speech.lines.line_building import build_transcript
from speech.lines.long_lines import MAX_CHARACTERS
from speech.lines.speakers import assign_speakers

Say = Callable[..., tuple[SpokenWord, ...]]


def texts(words: tuple[SpokenWord, ...]) -> list[tuple[str, str]]:
    transcript = build_transcript(Language.EN, words, duration=600.0)
    return [(line.speaker, line.text) for line in transcript.lines]


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


def test_a_line_that_breaks_off_gets_no_full_stop(say: Say) -> None:
    words = say(("A", "And then it"), ("B", "Are you sure?"), ("A", "Yes."))

    transcript = build_transcript(Language.EN, words, 60.0)

    assert [(line.text, line.flags) for line in transcript.lines] == [
        ("And then it", ("interrupted",)),
        ("Are you sure?", ()),
        ("Yes.", ()),
    ]


@pytest.mark.parametrize(
    "speeches",
    [
        (("A", "At 6 a.m."), ("B", "Really?")),  # it ends
        (("A", "and so on"),),  # nobody takes over
        (("A", "We did."), ("B", "Yeah,"), ("A", "we did.")),  # a listener's word
        (("A", "so it goes " * 30), ("B", "so it does")),  # no end marks anywhere
    ],
)
def test_only_a_takeover_interrupts(speeches: tuple[tuple[str, str], ...], say: Say) -> None:
    transcript = build_transcript(Language.EN, say(*speeches), 600.0)

    assert {line.flags for line in transcript.lines} == {()}


def test_a_speaker_who_trails_off_is_not_interrupted() -> None:
    words = (
        SpokenWord(Word(1.0, 1.3, "And", 1.0), "A"),
        SpokenWord(Word(4.0, 4.3, "so", 1.0), "B"),
    )

    transcript = build_transcript(Language.EN, words, 60.0)

    assert [line.flags for line in transcript.lines] == [(), ()]


def test_a_sentence_too_long_to_read_becomes_several_lines(say: Say) -> None:
    text = ", and then ".join(["we went to the next town on the list"] * 12) + "."

    found = texts(say(("A", text)))

    assert " ".join(line for _, line in found) == text
    assert all(len(line) <= MAX_CHARACTERS for _, line in found)


def test_a_line_is_as_sure_of_its_speaker_as_its_words_by_their_length() -> None:
    words = (
        SpokenWord(Word(1.0, 1.3, "So", 1.0), "A", 0.5),
        SpokenWord(Word(1.3, 2.2, "there.", 1.0), "A", 0.9),
    )

    (line,) = build_transcript(Language.EN, words, 60.0).lines

    assert line.speaker_confidence == pytest.approx(0.8)


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


def test_lines_beside_another_language_are_flagged(say: Say) -> None:
    words = say(("A", "One."), ("B", "Two."), ("A", "Three."))  # at 1.0, 1.4 and 1.8 s

    transcript = build_transcript(Language.EN, words, 60.0, foreign=[Span(2.5, 9.0)])

    assert [line.flags for line in transcript.lines] == [(), ("foreign",), ("foreign",)]


@st.composite
def spoken_words(draw: st.DrawFn) -> list[SpokenWord]:
    count = draw(st.integers(0, 60))
    times = st.floats(0, 59).map(lambda value: round(value, 2))
    word = st.builds(
        lambda start, length, text: Word(start, start + length, text, 1.0),
        times,
        st.sampled_from([0.0, 0.2, 1.5]),
        st.sampled_from(["Yeah.", "so", "2.5", "Right?", "Dr.", "I", "Gemma", "we—", "well,"]),
    )
    return [SpokenWord(draw(word), draw(st.sampled_from("AB"))) for _ in range(count)]


@given(words=spoken_words())
@settings(max_examples=100)
def test_whatever_is_heard_the_promises_hold(words: list[SpokenWord]) -> None:
    transcript = build_transcript(Language.EN, words, duration=60.0)

    check_transcript(transcript, words, duration=60.0)


times = st.floats(0, 60).map(lambda value: round(value, 2))
lengths = st.sampled_from([0.0, 0.05, 0.3, 2.0])
turns = st.lists(
    st.builds(lambda a, d, s: SpeakerTurn(a, a + d, s), times, lengths, st.sampled_from("ABC")),
    min_size=1,
    max_size=20,
)


@given(words=spoken_words(), turns=turns)
@settings(max_examples=100)
def test_whatever_words_and_turns_join_the_promises_hold(
    words: list[SpokenWord], turns: list[SpeakerTurn]
) -> None:
    in_order = sorted(turns, key=lambda turn: turn.start)

    spoken = snap_boundaries(assign_speakers([w.word for w in words], in_order))
    transcript = build_transcript(Language.EN, spoken, 60.0, [Span(1.0, 20.0)])

    check_transcript(transcript, spoken, 60.0)
    assert [line.id for line in transcript.lines] == [
        f"{n:04d}" for n, _ in enumerate(transcript.lines, 1)
    ]
    assert sum(len(line.words) for line in transcript.lines) == len(words)
    assert all(0 <= line.speaker_confidence <= 1 for line in transcript.lines)
