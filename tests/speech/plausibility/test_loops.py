"""Honest repeats are kept; what only a stuck recogniser writes is a loop."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.timeline import Span, Word
from speech.plausibility.loops import (
    MAX_COMPRESSION,
    SENSELESS_COMPRESSION,
    Repeat,
    compression,
    find_loops,
    find_repeats,
)

SPEECH = (
    "So we started with one small room and two old computers. Nobody believed that it would work, "
    "but people kept calling us every morning, and after a year we had to hire a third engineer."
)


def words(text: str) -> list[Word]:
    return [Word(n, n + 0.5, token, 1.0) for n, token in enumerate(text.split())]


def doubted(text: str) -> str:
    """Return the doubted words, in order, each once."""
    heard = words(text)
    indices = {n for doubt in find_loops(heard) for n in range(doubt.first, doubt.stop)}
    return " ".join(heard[n].text for n in sorted(indices))


@pytest.mark.parametrize(
    "text",
    [
        "Yeah. Yeah. Yeah.",
        "No, no, no, no, no, no.",
        "This is is more of a small change.",
        "For for the first time that that happened.",
        "It was very, very, very good.",
        "I, I, I, I don't know.",
        "I mean, I mean, I mean it works.",
        "You know, you know, you know, you know.",
        "Go, go, go, go, go, go, go, go, go, go!",
        "And then I was like and then I was like wait.",
        "Thank you. Thank you. Thank you. Thank you so much.",
        "Location, location, location.",
        "Blah blah blah blah blah blah.",
        "Developers, " * 14,
        "na " * 16 + "Batman!",
        "Ha " * 16,
        "come on " * 16,
        "one two three " * 10,
        "I can not wait. " * 8,
        "We will, we will rock you. " * 3,
        "I do not know what to say. " * 3,
        "Ask not what your country can do for you. " * 2,
        f"{SPEECH} {SPEECH}",
        "Right. Right. And that is why. Right. Right.",
        "Hahahahahahaha, noooooo!",
        "It costs 100000000000000000000 dollars.",
        "- - - - - - - - - - - - - - - - - - - - - Yes.",
        "",
    ],
)
def test_people_may_repeat_themselves(text: str) -> None:
    assert doubted(text) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # A word or two, beyond what anybody says; also with other capitals and marks.
        ("So " + "no " * 60, "So no"),
        ("no " * 17, "no"),
        ("Okay. okay, OKAY! " * 10, "Okay."),
        ("come on " * 17, "come on"),
        ("one two three " * 11, "one two three"),
        ("I can not wait. " * 9, "I can not wait."),
        ("I'm not sure. " * 100 + "Next.", "I'm not sure. Next."),
        # Longer phrases.
        ("I think that is a " * 4 + "good idea.", "I think that is a good idea."),
        ("We will, we will rock you. " * 4, "We will, we will rock you."),
        ("Ask not what your country can do for you. " * 3,
         "Ask not what your country can do for you."),
        (f"{SPEECH} " * 3, SPEECH),
        # The last copy may break off.
        ("I think that is a " * 5 + "I think", "I think that is a"),
        # Between honest words, twice.
        ("We go " + "and then " * 30 + "home. Well " + "and so " * 30 + "it ends.",
         "We go and then home. Well and so it ends."),
        # One word without end.
        ("Yes, " + "ah" * 40 + " indeed.", "Yes, indeed."),
        ("Yes, " + "!" * 200 + " indeed.", "Yes, indeed."),
    ],
)  # fmt: skip
def test_the_first_copy_of_a_loop_is_believed(text: str, kept: str) -> None:
    heard = words(text)
    indices = {n for doubt in find_loops(heard) for n in range(doubt.first, doubt.stop)}

    assert " ".join(w.text for n, w in enumerate(heard) if n not in indices) == kept


def test_the_reason_says_what_is_repeated_and_how_often() -> None:
    (short,) = find_loops(words("and then " * 60))
    (long,) = find_loops(words("one two three four five six seven " * 4))

    assert short.reason == 'loop: "and then" 60 times in a row'
    assert long.reason == 'loop: "one two three four five six ..." 4 times in a row'


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("no no no no", [Repeat(0, 4, 1)]),
        ("a b a b a", [Repeat(0, 5, 2)]),
        ("a b c", []),
        ("x a a y", [Repeat(1, 3, 1)]),
        ("a a b a a b", [Repeat(0, 2, 1), Repeat(0, 6, 3), Repeat(3, 5, 1)]),
    ],
)
def test_repeats_have_their_shortest_period(keys: str, expected: list[Repeat]) -> None:
    assert list(find_repeats(keys.split())) == expected


@settings(max_examples=80)
@given(
    phrase=st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True),
    before=st.lists(st.sampled_from("uvw"), max_size=3, unique=True),
    copies=st.integers(2, 16),
)
def test_a_short_phrase_within_the_limits_is_never_a_loop(
    phrase: list[str], before: list[str], copies: int
) -> None:
    copies = min(copies, 32 // len(phrase))

    assert doubted(" ".join([*before, *phrase * copies, *before])) == ""


@settings(max_examples=80)
@given(
    phrase=st.lists(st.sampled_from("abcdef"), min_size=1, max_size=30),
    copies=st.integers(33, 60),
)
def test_a_hundred_times_is_always_a_loop(phrase: list[str], copies: int) -> None:
    assert doubted(" ".join(phrase * copies)) != ""


def test_ordinary_speech_does_not_compress_like_a_loop() -> None:
    assert compression(words(SPEECH)) < 1.6
    assert compression([]) < 1


def test_honest_repeats_do_not_raise_the_compression() -> None:
    assert compression(words("no " * 16)) < 1
    assert compression(words(f"{SPEECH} {SPEECH}")) == compression(words(SPEECH))


def test_a_loop_that_varies_compresses_too_well() -> None:
    text = " ".join(f"And I think that it is a really great thing {n}." for n in "abcdefghij")

    assert doubted(text) == ""
    assert compression(words(text)) > SENSELESS_COMPRESSION > MAX_COMPRESSION


SLOGAN = "Go to example dot com slash podcast and get ten percent off your first order."


def said(text: str, times: int, each: float, pause: float = 0.9) -> tuple[list[Word], list[Span]]:
    """Say a text several times, and return where that is speech, too."""
    spoken, speech, time = [], [], 0.0
    for _ in range(times):
        start = time
        for token in text.split():
            spoken.append(Word(time, time + each, token, 1.0))
            time += each
        speech.append(Span(start, time))
        time += pause
    return spoken, speech


@pytest.mark.parametrize("times", [3, 4, 6])
@pytest.mark.parametrize(
    ("text", "each"),
    [
        (SLOGAN, 0.3),
        ("The number is five five five one two three four.", 0.3),
        ("It is all that I ask of you now.", 0.18),
    ],
)
def test_copies_that_each_have_their_own_speech_stay_and_are_heard_again(
    text: str, each: float, times: int
) -> None:
    spoken, speech = said(text, times, each)

    doubts = find_loops(spoken, speech)

    assert all(doubt.first == doubt.stop for doubt in doubts)
    assert len(doubts) == times - 1


@pytest.mark.parametrize(
    ("each", "has_speech"), [(0.1, True), (0.3, False)], ids=["crammed", "over silence"]
)
def test_copies_that_nobody_can_say_are_a_loop(each: float, *, has_speech: bool) -> None:
    spoken, speech = said(SLOGAN, 4, each)

    (doubt,) = find_loops(spoken, speech if has_speech else [Span(0, 5)])

    assert (doubt.first, doubt.stop) == (15, 60)
