"""A publisher's words take the place of the heard ones, and nothing that was said is lost."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast.publisher_transcript import Passage
from podcast.timeline import Segment, Word
from speech.publisher.publisher_alignment import (
    LEFT_OUT,
    OTHERWISE,
    Mismatch,
    PublishedText,
    take_published,
)

SAID = (
    "Welcome back to the show. Today we talk about lama models and how they are trained on "
    "phones. My guest knows all of it. Thank you for the invitation. It is nice to be here. "
    "When did you begin with this? Seven years ago, when nobody else believed that it would work. "
    "We had three old computers and a very patient cat."
)
AD = "This episode is brought to you by the finest mattress that money can buy so buy it now"


def heard(*texts: str) -> tuple[Segment, ...]:
    """Segments of words of 0.3 s with 0.1 s between them."""
    segments, start = [], 0.0
    for text in texts:
        words = []
        for word in text.split():
            words.append(Word(round(start, 3), round(start + 0.3, 3), word, 0.5))
            start += 0.4
        segments.append(Segment(words[0].start, words[-1].end, text, tuple(words), -0.1, 0.0, 1.0))
    return tuple(segments)


def take(segments: tuple[Segment, ...], *passages: Passage | str) -> PublishedText:
    said = [Passage(p) if isinstance(p, str) else p for p in passages]
    taken = take_published(segments, said)
    assert isinstance(taken, PublishedText), taken
    return taken


def text_of(taken: PublishedText) -> str:
    return " ".join(word.text for segment in taken.segments for word in segment.words)


def test_words_that_both_have_keep_their_time_and_get_the_publishers_spelling() -> None:
    segments = heard(SAID.lower().replace(".", ""))

    taken = take(segments, SAID)

    assert text_of(taken) == taken.segments[0].text == SAID
    times = [(w.start, w.end) for w in segments[0].words]
    assert [(w.start, w.end) for w in taken.segments[0].words] == times
    assert taken.dropped == ()
    assert taken.share == 1.0


def test_what_is_written_otherwise_is_dropped_with_its_reason() -> None:
    segments = heard(SAID)

    taken = take(segments, SAID.replace("lama models", "Llama 3 models"))

    assert "about Llama 3 models and" in text_of(taken)
    assert [(d.word.text, d.reason) for d in taken.dropped] == [("lama", OTHERWISE)]
    llama, three = taken.segments[0].words[9:11]
    lama = segments[0].words[9]
    assert (llama.start, three.end) == (lama.start, lama.end)
    assert llama.end == three.start


def test_a_word_more_lies_between_its_neighbours() -> None:
    taken = take(heard(SAID), SAID.replace("all of it", "really all of it"))

    before, really, after = taken.segments[0].words[20:23]
    assert really.text == "really"
    assert before.end == really.start
    assert really.end == after.start


def test_slips_that_the_publisher_left_out_are_dropped() -> None:
    taken = take(heard(SAID.replace("My guest", "um you know My guest")), SAID)

    assert text_of(taken) == SAID
    assert {d.reason for d in taken.dropped} == {LEFT_OUT}
    assert [d.word.text for d in taken.dropped] == ["um", "you", "know"]


def test_an_advertisement_that_the_publisher_does_not_have_stays_as_heard() -> None:
    first, rest = SAID[:25], SAID[26:]
    segments = heard(first, AD, rest)

    taken = take(segments, Passage(f"{first} {rest}", "Ann"))

    assert text_of(taken) == f"{first} {AD} {rest}"
    assert taken.dropped == ()
    assert taken.segments[1].words == segments[1].words
    labels = iter(taken.labels)
    assert [{next(labels) for _ in s.words} for s in taken.segments] == [{"Ann"}, {""}, {"Ann"}]


def test_a_stretch_that_there_is_no_time_to_say_is_left_out() -> None:
    taken = take(heard(SAID), SAID.replace("My guest", f"{AD}. My guest"))

    assert text_of(taken) == SAID


def test_words_keep_the_labels_of_those_who_say_them() -> None:
    taken = take(heard(SAID), Passage(SAID[:94], "Ann"), Passage(SAID[95:], "Bo"))

    assert Counter(taken.labels) == Counter({"Ann": 18, "Bo": 44})
    assert list(dict.fromkeys(taken.labels)) == ["Ann", "Bo"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Wir reden heute über kleine Modelle. Und wie man sie auf Telefonen trainiert.", "only"),
        (SAID + " " + (AD + ". ") * 3, "only"),
        (SAID[:60] + ".", "it has only"),
        (SAID.replace(".", ""), "no punctuation"),
        ("— … —", "no words"),
        ("Yes. " * 200, "it has 200 words, and only 62 were recognised"),
    ],
)
def test_a_transcript_of_something_else_is_refused(text: str, reason: str) -> None:
    taken = take_published(heard(SAID), [Passage(text)])

    assert isinstance(taken, Mismatch)
    assert reason in taken.reason


def test_many_dashes_are_of_the_word_before_them() -> None:
    taken = take(heard("Hello there."), "— Hello — – there.")

    assert text_of(taken) == "Hello — – there."


def test_where_nothing_was_heard_nothing_is_taken() -> None:
    assert isinstance(take_published((), [Passage(SAID)]), Mismatch)


EDITS = st.lists(st.tuples(st.integers(0, 34), st.sampled_from(["", "um", "so the", AD])))


@given(EDITS, EDITS, st.integers(1, 30))
def test_every_heard_word_is_in_the_result_or_dropped_and_the_rest_is_the_publishers(
    edits_heard: list[tuple[int, str]], edits_written: list[tuple[int, str]], cut: int
) -> None:
    spoken, written = SAID.split(), SAID.split()
    for place, text in edits_heard:
        spoken[place] = text or spoken[place]
    for place, text in edits_written:
        written[place] = text or written[place]
    segments = heard(" ".join(spoken[:cut]), " ".join(spoken[cut:]))

    taken = take_published(segments, [Passage(" ".join(written))])

    if isinstance(taken, Mismatch):
        return
    before = [w for s in segments for w in s.words]
    after = [w for s in taken.segments for w in s.words]
    gone = {(d.word.start, d.word.text) for d in taken.dropped}
    starts = {w.start for w in after}
    assert all(w.start in starts or (w.start, w.text) in gone for w in before)
    assert len(taken.labels) == len(after)
    assert all(a.start <= b.start and a.start <= a.end for a, b in pairwise(after))
    known = {*" ".join(written).split(), *(w.text for w in before)}
    assert {w.text for w in after} <= known
