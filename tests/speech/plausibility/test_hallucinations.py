"""What is suspicious about a segment, and what is not."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.timeline import Segment, Span, Word
from speech.plausibility.hallucinations import Suspicion, suspicions

TALK = "We built a small model that runs on any old phone, and people seem to like it."


def segment(
    text: str,
    start: float = 0.0,
    *,
    each: float = 0.3,
    probability: float = 0.9,
    no_speech_prob: float = 0.0,
) -> Segment:
    words = tuple(
        Word(start + n * each, start + (n + 1) * each, token, probability)
        for n, token in enumerate(text.split())
    )
    end = words[-1].end if words else start + 1
    return Segment(start, end, text, words, -0.2, no_speech_prob, 1.0)


def seen(*segments: Segment, speech: tuple[Span, ...] | None = None) -> list[tuple[int, str, str]]:
    """Return the number of the segment, the doubted words and the reason.

    Without `speech` the segments are spoken just when they say.
    """
    spoken = tuple(Span(s.start, s.end) for s in segments) if speech is None else speech
    return [
        (
            s.segment,
            " ".join(w.text for w in segments[s.segment].words[s.first : s.stop]),
            s.reason,
        )
        for s in suspicions(segments, spoken)
    ]


def within(found: Segment) -> tuple[Span, ...]:
    return (Span(max(0.0, found.start - 0.4), found.end + 0.4),)


@pytest.mark.parametrize(
    "text",
    [
        TALK,
        "Yeah.",
        "Yeah. Yeah. Yeah.",
        "no no no no " * 4,
        "This is is more of a small change.",
        "Thanks for listening.",
        "1 2 3 4 5 6 7 8 9 10",
        "Three, two, one, go!",
        "Mm-hmm.",
    ],
)
def test_speech_is_not_suspicious(text: str) -> None:
    spoken = segment(text, 10.0)

    assert seen(spoken, speech=within(spoken)) == []


def test_nothing_is_not_suspicious() -> None:
    assert suspicions((), ()) == ()
    assert suspicions((), (Span(0, 5),)) == ()


@pytest.mark.parametrize("length", [15, 60, 90])
def test_real_speech_is_not_suspicious_in_windows_of_any_length(
    sample_pages: list[Path], length: int
) -> None:
    for page in sample_pages:
        rows = page.read_text(encoding="utf-8").splitlines()[2::2]
        words = " ".join(rows).split()
        windows = [words[n : n + length] for n in range(0, len(words), length)]

        assert len(words) > 300
        assert seen(*(segment(" ".join(w), n * length * 0.3) for n, w in enumerate(windows))) == []


def test_a_loop_in_a_segment_is_found_but_for_its_first_copy() -> None:
    assert seen(segment("So we go and then " + "and then " * 20 + "home.")) == [
        (0, ("and then " * 20).strip(), 'loop: "and then" 21 times in a row')
    ]


def test_a_loop_over_several_segments_is_found_in_each() -> None:
    parts = [segment("I am not sure. " * 4, start) for start in (0.0, 10.0, 20.0)]

    found = suspicions(parts, (Span(0, 30),))

    assert [(s.segment, s.first, s.stop) for s in found] == [(0, 4, 16), (1, 0, 16), (2, 0, 16)]


def test_a_loop_that_varies_is_suspicious_as_a_whole() -> None:
    text = " ".join(f"And I think that it is a really great thing {n}." for n in "abcdefghij")

    assert seen(segment(text)) == [(0, text, "loop: it says the same again and again")]


def test_speech_that_comes_back_to_its_words_is_heard_again_but_never_dropped() -> None:
    text = (
        "So we have to do that. We have to do this. We have to do that and we have to do it. "
        "We have to do this and this and we have to do that again. We have to do it."
    )

    assert seen(segment(text)) == [(0, "", "loop: it says the same again and again")]


@pytest.mark.parametrize(
    ("avg_logprob", "no_speech_prob", "expected"),
    [
        (-0.9, 0.2, []),
        (-0.2, 0.99, []),  # some models take everything for silence
        (-1.1, 0.2, [(0, "", "hardly recognised")]),  # heard again, but not dropped
        (-1.1, 0.7, [(0, TALK, "hardly recognised")]),
    ],
)
def test_the_thresholds_of_whisper_hold(
    avg_logprob: float, no_speech_prob: float, expected: list[tuple[int, str, str]]
) -> None:
    spoken = replace(segment(TALK, no_speech_prob=no_speech_prob), avg_logprob=avg_logprob)

    assert seen(spoken) == expected


@pytest.mark.parametrize("text", ["♪ ♪ ♪", "...", "- -", "!"])
def test_signs_alone_are_suspicious(text: str) -> None:
    assert seen(segment(text)) == [(0, text, "no words, only signs")]


def test_text_over_silence_is_suspicious() -> None:
    first, second = segment("Hello there, Anna.", 0.0), segment("It was fine.", 30.0)

    assert seen(first, second, speech=(Span(0, 5),)) == [(1, "It was fine.", "text over silence")]


def test_all_text_is_over_silence_where_nobody_speaks() -> None:
    assert seen(segment("Hello."), speech=()) == [(0, "Hello.", "text over silence")]


def test_text_over_silence_is_that_first_and_too_fast_second() -> None:
    found = suspicions([segment(TALK, 30.0)], (Span(0, 5),))

    assert [s.reason for s in found] == ["text over silence", "said too fast"]


def test_one_word_over_silence_is_badly_timed_and_three_are_not() -> None:
    text = "so we built it and then they came"  # each word takes a second

    assert seen(segment(text, each=1.0), speech=(Span(0, 6),)) == []
    assert seen(segment(text, each=1.0), speech=(Span(0, 5),)) == [
        (0, "then they came", "text over silence")
    ]


@pytest.mark.parametrize(
    ("each", "is_suspicious"),
    [(0.3, False), (0.2, False), (0.111, False), (0.08, True), (0.01, True), (0.0, True)],
)
def test_more_than_ten_words_a_second_are_suspicious(each: float, *, is_suspicious: bool) -> None:
    text = " ".join(f"w{n}" for n in range(60))
    spoken = segment(text, each=each)

    found = seen(spoken, speech=(Span(0, max(spoken.end, 0.1)),))

    assert ((0, text, "said too fast") in found) == is_suspicious


def test_few_words_are_never_too_fast() -> None:
    assert seen(segment("you know what I mean, right?", each=0.05), speech=(Span(0, 0.3),)) == []


def test_long_words_are_too_fast_sooner() -> None:
    text = "internationalization notwithstanding, telecommunications straightforwardly " * 3
    spoken = segment(text.strip(), each=0.2)

    assert seen(spoken) == [(0, text.strip(), "said too fast")]


def test_words_crammed_into_one_moment_are_suspicious() -> None:
    talk = segment(TALK)
    crammed = tuple(Word(talk.end, talk.end, f"w{n}", 0.9) for n in range(12))
    spoken = Segment(0, talk.end, "", (*talk.words, *crammed), -0.2, 0.0, 1.0)

    # The last honest word touches them.
    first, stop = len(talk.words), len(talk.words) + 12
    assert [s for s in suspicions([spoken], (Span(0, 10),)) if s.stop == stop] == [
        Suspicion(0, first - 1, stop, "said too fast")
    ]


def test_much_speech_with_hardly_a_word_is_heard_again_but_keeps_a_clear_word() -> None:
    clear = segment("Okay.", 1.0)
    unclear = segment("Okay.", 1.0, probability=0.3)

    assert seen(clear, speech=(Span(0, 20),)) == [(0, "", "too few words for so much speech")]
    assert seen(unclear, speech=(Span(0, 20),)) == [
        (0, "Okay.", "too few words for so much speech")
    ]


@pytest.mark.parametrize("text", ["Thank you.", "you", "Thanks for watching!"])
def test_a_phantom_alone_in_much_speech_is_dropped_however_clear(text: str) -> None:
    spoken, rest = segment(text, 1.0), segment(TALK, 30.0)

    assert seen(spoken, rest, speech=(Span(0, 25), Span(29, 36))) == [
        (0, text, "too few words for so much speech")
    ]


HOTWORDS = ("Gemma", "Google DeepMind", "Omar Sanseviero", "TPU")


@pytest.mark.parametrize(
    ("text", "is_echo"),
    [
        ("Gemma, Google DeepMind, Omar Sanseviero, TPU.", True),
        ("google deepmind omar sanseviero", True),
        ("Google DeepMind, Omar.", False),
        ("Omar Sanseviero, Google DeepMind.", False),
        ("This is Omar Sanseviero of Google DeepMind.", False),
        ("Gemma, Google DeepMind, Omar Sanseviero, and me.", False),
    ],
)
def test_a_segment_that_reads_out_the_hotwords_is_suspicious(text: str, *, is_echo: bool) -> None:
    spoken = segment(text)

    found = suspicions([spoken], (Span(0, spoken.end),), HOTWORDS)

    assert [s.reason for s in found] == ["an echo of the hotwords"] * is_echo


def test_an_empty_segment_is_believed_when_nobody_seems_to_speak() -> None:
    speech = (Span(0, 20),)

    assert seen(segment("", no_speech_prob=0.9), speech=speech) == []
    assert seen(segment("", no_speech_prob=0.1), speech=speech) == [
        (0, "", "too few words for so much speech")
    ]


def test_a_phantom_at_the_end_is_found_across_segments() -> None:
    parts = [segment(TALK), segment("Thanks for", 30.0), segment("watching!", 31.0)]

    assert seen(*parts, speech=(Span(0, 10), Span(28, 35))) == [
        (1, "Thanks for", "phantom phrase at the end"),
        (2, "watching!", "phantom phrase at the end"),
    ]


@settings(max_examples=80)
@given(
    st.lists(
        st.lists(st.sampled_from(["so", "no", "you", "Thank", "you.", "!"]), max_size=40),
        max_size=5,
    ),
    st.floats(0, 0.5),
    st.floats(0, 30),
)
def test_suspicions_lie_within_their_segments(
    texts: list[list[str]], each: float, spoken: float
) -> None:
    segments = [segment(" ".join(text), n * 20.0, each=each) for n, text in enumerate(texts)]

    found = suspicions(segments, (Span(0, spoken),))

    for suspicion in found:
        assert 0 <= suspicion.first <= suspicion.stop <= len(segments[suspicion.segment].words)
        assert suspicion.reason
    assert list(found) == sorted(found, key=lambda s: (s.segment, s.first))


def test_mere_signs_are_no_echo_of_hotwords_that_nobody_gave() -> None:
    found = suspicions([segment("... ... ... ...")], (Span(0, 5),))

    assert "an echo of the hotwords" not in {suspicion.reason for suspicion in found}
