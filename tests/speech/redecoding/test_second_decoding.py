"""Suspicious stretches are heard twice, and every word is kept or dropped with a reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.timeline import Segment, Span, Transcription, Word
from speech.redecoding.second_decoding import (
    ChosenSegments,
    choose_segments,
    windows_to_redecode,
    with_likely_times,
)

TALK = "We built a small model that runs on any phone."
MORE = "It costs nothing, and people seem to like it."
REST = "So that is what we do all day long."
LOOP = "So we go and then " + "and then " * 20
SPEECH = (Span(0.0, 9.5), Span(10.0, 19.5), Span(20.0, 40.0))


def segment(text: str, start: float, each: float = 0.2) -> Segment:
    words = tuple(
        Word(start + n * each, start + (n + 1) * each, token, 0.9)
        for n, token in enumerate(text.split())
    )
    end = words[-1].end if words else start + 1
    return Segment(start, end, text, words, -0.2, 0.0, 1.0)


def transcription(*segments: Segment) -> Transcription:
    return Transcription(segments, SPEECH)


def rows(settled: ChosenSegments) -> list[str]:
    return [" ".join(word.text for word in s.words) for s in settled.segments]


def reasons(settled: ChosenSegments) -> dict[str, int]:
    return dict(Counter(dropped.reason for dropped in settled.dropped))


@dataclass(slots=True)
class Queue:
    """A first decoding, and second decodings in turn."""

    first: Transcription
    second: list[tuple[Segment, ...]] = field(default_factory=list)
    asked: list[Span] = field(default_factory=list)


def heard(queue: Queue, hotwords: tuple[str, ...] = ()) -> ChosenSegments:
    windows = windows_to_redecode(queue.first, hotwords)
    queue.asked.extend(windows.values())
    return choose_segments(queue.first, dict(zip(windows, queue.second, strict=False)), hotwords)


def test_speech_is_heard_once() -> None:
    queue = Queue(transcription(segment(TALK, 0), segment(MORE, 10), segment(REST, 20, 1)))

    settled = heard(queue)

    assert queue.asked == []
    assert settled == ChosenSegments(queue.first.segments, SPEECH, ())


def test_a_loop_is_heard_again_in_all_of_its_speech_and_replaced() -> None:
    better = (segment("So we go and then we went home with all the others.", 10, 0.6),)
    queue = Queue(
        transcription(segment(TALK, 0), segment(LOOP, 10.2), segment(TALK, 20, 1)), [better]
    )

    settled = heard(queue)

    assert queue.asked == [Span(10.0, 19.5)]
    assert rows(settled) == [TALK, "So we go and then we went home with all the others.", TALK]
    assert reasons(settled) == {
        'replaced by a second decoding (loop: "and then" 21 times in a row)': 45
    }


def test_hotwords_that_are_read_out_are_heard_again() -> None:
    hotwords = ("Gemma", "Omar Sanseviero", "DeepMind")
    queue = Queue(
        transcription(segment("Gemma, Omar Sanseviero, DeepMind.", 0), segment(TALK, 10, 0.6)),
        [(segment(MORE, 0),)],
    )

    assert rows(heard(queue, hotwords)) == [MORE, TALK]


def test_a_second_hearing_may_have_several_segments() -> None:
    better = (segment("So we go and then stop.", 10), segment("We went home with them.", 14))
    queue = Queue(transcription(segment(LOOP, 10.2), segment(TALK, 20, 1)), [better])

    assert rows(heard(queue)) == ["So we go and then stop.", "We went home with them.", TALK]


@pytest.mark.parametrize(
    "second",
    [
        (),  # nothing
        (segment("", 10),),  # a segment without words
        (segment(LOOP, 10),),  # the same loop
        (segment("well " * 30, 10),),  # another loop
        (segment("So we", 10),),  # less than what the first is trusted with
        (segment("So we go and then home.", 45),),  # over silence
    ],
)
def test_a_second_hearing_that_is_no_better_leaves_the_first_without_its_loop(
    second: tuple[Segment, ...],
) -> None:
    first = transcription(segment(LOOP, 10.2), segment(TALK, 20, 1))

    settled = choose_segments(first, {0: second})

    assert rows(settled) == ["So we go and then", TALK]
    assert reasons(settled) == {'loop: "and then" 21 times in a row': 40}
    assert settled.segments[0].text == "So we go and then"
    assert settled.segments[0].end == settled.segments[0].words[-1].end


def test_a_segment_of_which_nothing_is_left_is_gone() -> None:
    first = transcription(segment(TALK, 0), segment("It was fine.", 50))

    settled = choose_segments(first, {1: ()})

    assert rows(settled) == [TALK]
    assert reasons(settled) == {"text over silence": 3}


def test_a_phantom_that_is_heard_again_is_dropped() -> None:
    first = transcription(segment(TALK, 0), segment("Thanks for watching!", 20))

    settled = choose_segments(first, {1: (segment("Thank you for watching!", 20),)})

    assert rows(settled) == [TALK]
    assert reasons(settled) == {"phantom phrase at the end": 3}


def test_a_phantom_under_which_something_else_is_heard_is_replaced() -> None:
    first = transcription(segment(TALK, 0), segment("Thanks for watching!", 20))

    settled = choose_segments(first, {1: (segment(TALK, 20, 1),)})

    assert rows(settled) == [TALK, TALK]


def test_a_clear_word_in_long_speech_stays_when_the_second_hearing_finds_no_more() -> None:
    first = transcription(segment("Okay.", 20))

    assert rows(choose_segments(first, {0: (segment("Okay.", 20),)})) == ["Okay."]
    assert rows(choose_segments(first, {0: (segment(TALK, 20, 1),)})) == [TALK]


def test_second_decodings_are_judged_in_their_place() -> None:
    """Each of them is short enough to be honest, but together they are the loop again."""
    first = transcription(*(segment("I am not sure. " * 4, start) for start in (0, 10, 20)))
    same = {n: (part,) for n, part in enumerate(first.segments)}

    assert rows(choose_segments(first, same)) == ["I am not sure."]


def test_times_are_repaired_last_and_words_stay() -> None:
    slow = Segment(
        0.0, 9.0, "So we", (Word(0.0, 8.0, "So", 0.9), Word(8.0, 8.2, "we", 0.9)), 0, 0, 1
    )

    timed = with_likely_times(choose_segments(transcription(slow, segment(TALK, 10)), {}))

    assert rows(timed) == ["So we", TALK]
    first, second = timed.segments[0].words
    assert first.end - first.start < 1.0
    assert (second.start, second.end) == (8.0, 8.2)
    assert timed.segments[1].words == segment(TALK, 10).words


TEXTS = st.sampled_from([TALK, LOOP, "no " * 30, "Thanks for watching!", "you", "", "Yeah. Yeah."])


@settings(max_examples=80)
@given(st.lists(TEXTS, max_size=3), st.lists(TEXTS, min_size=3, max_size=3))
def test_every_word_is_kept_or_dropped_once_and_with_a_reason(
    texts: list[str], again: Sequence[str]
) -> None:
    first = transcription(*(segment(text, 10.0 * n) for n, text in enumerate(texts)))
    second = {n: (segment(text, 10.0 * n, 0.15),) for n, text in enumerate(again[: len(texts)])}

    settled = choose_segments(first, second)

    kept = Counter(word for part in settled.segments for word in part.words)
    dropped = Counter(entry.word for entry in settled.dropped)
    recognised = Counter(word for part in first.segments for word in part.words)
    replacing = Counter(word for (part,) in second.values() for word in part.words)
    assert recognised <= kept + dropped
    assert kept + dropped - recognised <= replacing
    assert dropped <= recognised
    assert all(entry.reason for entry in settled.dropped)
    assert all(a.end <= b.start for a, b in pairwise(settled.segments))
