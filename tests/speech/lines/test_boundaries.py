"""Words at a wrongly placed boundary go back to their sentence; interruptions stay."""

from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.timeline import SpokenWord, Word
from speech.lines.boundaries import SNAPPED_CONFIDENCE, snap_boundaries

A, B = "A", "B"
SURE_SPEAKER = 0.6
"""Confidence below which the report names a line."""


def speak(*speeches: tuple[str, str], pause: float = 0.05, each: float = 0.3) -> list[SpokenWord]:
    """Say words of 0.3 s; a "..." is half a second of silence."""
    words, time = [], 0.0
    for speaker, text in speeches:
        for token in text.split():
            if token == "...":
                time += 0.5
                continue
            words.append(SpokenWord(Word(time, time + each, token, 1.0), speaker))
            time += each + pause
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
        ([(A, "What do you think about"), (B, "the new law?")],
         [(A, "What do you think about the new law?")]),
        ([(A, "And you,"), (B, "Mark?")], [(A, "And you, Mark?")]),
        ([(A, "It"), (B, "is.")], [(A, "It is.")]),
        # More than three words are not a misplaced boundary.
        ([(A, "The very old app"), (B, "costs 3 big dollars.")],
         [(A, "The very old app"), (B, "costs 3 big dollars.")]),
        # Whole sentences stay with whoever says them.
        ([(A, "Yeah."), (B, "Yeah."), (A, "Yeah.")], [(A, "Yeah."), (B, "Yeah."), (A, "Yeah.")]),
        ([(A, "It works."), (B, "Right."), (A, "But slowly.")],
         [(A, "It works."), (B, "Right."), (A, "But slowly.")]),
        # "I", names and figures go on in mid-sentence.
        ([(A, "How so? Yesterday"), (B, "I ran ten miles.")],
         [(A, "How so?"), (B, "Yesterday I ran ten miles.")]),
        ([(A, "We like Gemma a lot."), (B, "How big is"), (A, "Gemma?")],
         [(A, "We like Gemma a lot."), (B, "How big is Gemma?")]),
        ([(A, "We run it on every"), (B, "GPU.")], [(A, "We run it on every GPU.")]),
        ([(A, "The whole app costs"), (B, "3 dollars.")], [(A, "The whole app costs 3 dollars.")]),
        # An unknown word with a capital begins a sentence.
        ([(A, "So it"), (B, "Stop right there.")], [(A, "So it"), (B, "Stop right there.")]),
        ([(A, "How big is"), (B, "Absolutely.")], [(A, "How big is"), (B, "Absolutely.")]),
        ([(A, "How big is"), (B, "Huge.")], [(A, "How big is"), (B, "Huge.")]),
        # An abbreviation does not stand between the two pieces.
        ([(A, "We all asked Dr."), (B, "Kim.")], [(A, "We all asked Dr. Kim.")]),
        ([(A, "We met at 6 a.m."), (B, "on Monday.")], [(A, "We met at 6 a.m. on Monday.")]),
        # A flicker inside a sentence is no interruption.
        ([(A, "So we built"), (B, "it"), (A, "last year.")], [(A, "So we built it last year.")]),
        ([(A, "It"), (B, "really"), (A, "works.")], [(A, "It really works.")]),
        ([(A, "So we built"), (B, "it all by ourselves"), (A, "last year.")],
         [(A, "So we built it all by ourselves last year.")]),
        ([(A, "We all sat there"), (B, "what is behind"), (A, "the scenes"), (B, "of it all?")],
         [(A, "We all sat there"), (B, "what is behind the scenes of it all?")]),
        ([(A, "So all of us built"), (B, "you and I and all of them"), (A, "it only last year.")],
         [(A, "So all of us built"), (B, "you and I and all of them"), (A, "it only last year.")]),
        # What a listener says stays with the listener,
        ([(A, "So we built it,"), (B, "yeah,"), (A, "last year.")],
         [(A, "So we built it,"), (B, "yeah,"), (A, "last year.")]),
        ([(A, "It runs on the phone,"), (B, "right,"), (A, "and on the desk.")],
         [(A, "It runs on the phone,"), (B, "right,"), (A, "and on the desk.")]),
        ([(A, "And it really works"), (B, "yeah, exactly.")],
         [(A, "And it really works"), (B, "yeah, exactly.")]),
        ([(B, "We built it."), (A, "Yeah,"), (B, "and then we sold it.")],
         [(B, "We built it."), (A, "Yeah,"), (B, "and then we sold it.")]),
        # but not what only sounds like it.
        ([(A, "It runs on the phone,"), (B, "right?")], [(A, "It runs on the phone, right?")]),
        ([(A, "And I think that is"), (B, "right.")], [(A, "And I think that is right.")]),
        ([(A, "Why so small? Yeah,"), (B, "so we had to.")],
         [(A, "Why so small?"), (B, "Yeah, so we had to.")]),
        # A sentence that breaks off was heard to break off.
        ([(A, "And then it—"), (B, "it did.")], [(A, "And then it—"), (B, "it did.")]),
        ([(A, "And four whole words,"), (B, "so"), ("C", "and then four more.")],
         [(A, "And four whole words,"), ("C", "so and then four more.")]),
    ],
)  # fmt: skip
def test_short_edges_go_back_to_their_sentence(
    heard: list[tuple[str, str]], expected: list[tuple[str, str]]
) -> None:
    assert lines(snap_boundaries(speak(*heard))) == expected


def test_a_capital_after_a_short_pause_is_believed() -> None:
    words = speak((A, "How so? Yesterday"), (B, "I ran ten miles."), pause=0.2)

    assert lines(snap_boundaries(words)) == [(A, "How so? Yesterday"), (B, "I ran ten miles.")]


def test_punctuation_that_is_missing_proves_nothing() -> None:
    words = speak((A, "and so it goes " * 20), (B, "it does"))

    assert snap_boundaries(words) == tuple(words)


def test_a_snapped_word_is_less_sure_and_the_others_are_not() -> None:
    words = speak((A, "The app"), (B, "costs 3 dollars."))

    assert [w.confidence for w in snap_boundaries(words)] == [0.5, 0.5, 1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("heard", "doubted"),
    [
        # The rest of the other one's sentence, or its beginning, too long to be taken away.
        ([(A, "It is all about"), (B, "infrastructure modernisation programmes.")], B),
        ([(A, "Unfortunately everybody believed"), (B, "that the bridge was safe.")], A),
        ([(A, "We all went to the"), (B, "Supreme Court.")], B),
        ([(A, "And so what did you tell"), (B, "Margaret Thatcher?")], B),
        # Whole sentences, answers, interruptions and longer parts are what they were heard to be.
        ([(A, "We all went there."), (B, "All of us.")], ""),
        ([(A, "And it really works"), (B, "yeah, exactly.")], ""),
        ([(A, "And then we"), (B, "Wait, how?")], ""),
        ([(A, "We all went to the—"), (B, "Supreme Court.")], ""),
        ([(A, "We all went to the ..."), (B, "Supreme Court.")], ""),
        ([(A, "The very old app"), (B, "costs 3 big dollars.")], ""),
    ],
)  # fmt: skip
def test_a_few_words_that_stay_beside_their_sentence_are_in_doubt(
    heard: list[tuple[str, str]], doubted: str
) -> None:
    words = snap_boundaries(speak(*heard, each=0.5))

    assert lines(words) == lines(tuple(speak(*heard)))
    assert {w.speaker for w in words if w.confidence < SURE_SPEAKER} == set(doubted)


def test_nothing_is_nothing() -> None:
    assert snap_boundaries([]) == ()


WORDS = ["so", "It", "is.", "no", "I", "Gemma", "a.m.", "right?", "3", "we—"]


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(WORDS)), max_size=40))
@settings(max_examples=100)
def test_no_word_is_lost_moved_or_changed(speeches: list[tuple[str, str]]) -> None:
    words = speak(*speeches)

    snapped = snap_boundaries(words)

    assert [w.word for w in snapped] == [w.word for w in words]
    assert {w.speaker for w in snapped} <= {w.speaker for w in words}
    for before, after in zip(words, snapped, strict=True):
        assert after.confidence in (before.confidence, SNAPPED_CONFIDENCE)
        assert after.confidence == SNAPPED_CONFIDENCE or after.speaker == before.speaker


def halves(first: float, second: float, text: str = "you.") -> list[tuple[str, str]]:
    """Snap "Thank | you." as two speakers who are as sure as given."""
    words = (
        SpokenWord(Word(1.0, 1.4, "Thank", 0.9), "A", first),
        SpokenWord(Word(1.4, 1.7, text, 0.9), "B", second),
    )
    return [(word.word.text, word.speaker) for word in snap_boundaries(words)]


def test_a_halved_sentence_goes_to_the_surer_speaker() -> None:
    assert halves(0.93, 0.61) == [("Thank", "A"), ("you.", "A")]
    assert halves(0.5, 1.0) == [("Thank", "B"), ("you.", "B")]


def test_a_halved_sentence_stays_where_the_other_speaker_begins_one() -> None:
    assert halves(0.93, 0.61, "Wait") == [("Thank", "A"), ("Wait", "B")]
