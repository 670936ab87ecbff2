"""Speech without words is found, filled with what is recognised there, or reported."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.coverage import UnheardSpeech
from podcast.timeline import Segment, Span, SpeakerTurn, Word
from podcast.transcript import DroppedWord
from speech.detection.foreign_stretches import ForeignSpeech
from speech.redecoding.second_decoding import ChosenSegments
from speech.redecoding.uncovered_speech import (
    MARGIN,
    believable,
    completed,
    turn_by_turn,
    uncovered,
    unheard_speech,
    without_foreign,
    wordless_bursts,
    words_of,
)

SLOGAN = "Go to our shop and get ten percent off your first order."


def segment(text: str, start: float, each: float = 0.3) -> Segment:
    words = tuple(
        Word(start + n * each, start + (n + 1) * each, token, 0.9)
        for n, token in enumerate(text.split())
    )
    end = words[-1].end if words else start
    return Segment(start, end, text, words, -0.2, 0.0, 1.0)


def settled(*segments: Segment, speech: tuple[Span, ...] = (Span(0, 40),)) -> ChosenSegments:
    return ChosenSegments(segments, speech, ())


def texts(of: ChosenSegments) -> list[str]:
    return [part.text for part in of.segments]


def test_talk_with_pauses_and_breaths_is_covered() -> None:
    words = segment("So we went there and", 0.2).words + segment("it was fine.", 3.0).words

    assert uncovered((Span(0, 2.1), Span(2.6, 4.4)), words) == ()
    assert uncovered((Span(0, 1.9), Span(2.7, 4.4)), words) == ()


def test_speech_for_longer_than_a_breath_is_not_covered() -> None:
    words = segment("So we went.", 0.2).words

    assert uncovered((Span(0, 1.5), Span(4, 6)), words) == (Span(4, 6),)


def test_speech_that_either_detector_hears_counts_once() -> None:
    assert uncovered((Span(4, 6), Span(4.5, 7), Span(7.5, 9)), ()) == (Span(4, 9),)


def test_silence_within_and_around_speech_is_not_speech() -> None:
    words = segment("So we went.", 0.0).words

    assert uncovered((Span(0, 1), Span(1.5, 3.5), Span(20, 21)), words) == (Span(1.5, 3.5),)


def test_stretches_are_decoded_turn_by_turn_with_the_soft_sounds_at_their_ends() -> None:
    turns = (Span(9, 14), Span(15, 20), Span(20.25, 22))

    parts = turn_by_turn([Span(8, 22)], turns)

    assert parts == (Span(8 - MARGIN, 14 + MARGIN), Span(15 - MARGIN, 22 + MARGIN))
    assert turn_by_turn([Span(0, 2)], ()) == (Span(0, 2 + MARGIN),)


def test_what_only_the_detector_hears_is_decoded_as_well() -> None:
    (part,) = turn_by_turn([Span(8, 19)], (Span(0, 8), Span(19, 28)))

    assert part == Span(8 - MARGIN, 19 + MARGIN)


def test_a_burst_of_speech_without_a_word_is_found_between_two_pauses() -> None:
    """The second "Yeah." was written once, the third not at all, and the last is a mere click."""
    bursts = (Span(0, 1), Span(1, 1.8), Span(1.8, 2.6), Span(3, 3.2))
    words = segment("So yeah.", 0.2).words + segment("Yeah.", 1.2).words

    assert wordless_bursts(bursts, words, ()) == (Span(1.8, 2.6),)


def test_a_burst_with_the_edge_of_a_long_word_is_not_without_a_word() -> None:
    assert wordless_bursts((Span(0, 1), Span(1, 2)), segment("6:30am.", 0.2, 1.4).words, ()) == ()


def test_a_burst_into_which_a_word_of_the_next_reaches_is_without_a_word() -> None:
    """Decoders begin a word early after a pause in which they heard nothing."""
    bursts = (Span(4, 5.1), Span(5.1, 6.1))

    assert wordless_bursts(bursts, segment("Experiments.", 4.9, 0.7).words, ()) == bursts[:1]


def test_a_burst_that_was_decoded_alone_has_had_its_turn() -> None:
    bursts = (Span(1, 1.8), Span(1.8, 2.6))

    assert wordless_bursts(bursts, (), (Span(0.8, 2),)) == (Span(1.8, 2.6),)


def test_what_is_hardly_recognised_of_a_burst_is_not_believed() -> None:
    breath = Segment(5, 6, "You", (Word(5, 5.3, "You", 0.15),), -0.6, 0.6, 1.0)

    assert believable([segment("Yeah.", 2), breath, segment("", 7)]) == [segment("Yeah.", 2)]


def test_the_same_word_after_a_pause_is_said_again() -> None:
    bursts = (Span(0, 1.8), Span(1.8, 2.6), Span(2.6, 4))
    first = settled(segment("So yeah.", 1), segment("Yeah.", 2.7), speech=bursts)

    full = completed(first, [Span(1.8, 2.6)], [segment("Yeah.", 2)])

    assert texts(full) == ["So yeah.", "Yeah.", "Yeah."]


def test_words_that_were_missing_stand_in_their_place_and_in_order() -> None:
    """A segment that reaches over the hole is cut there."""
    both = Segment(
        0, 24, "", segment("Hello there.", 1).words + segment("Bye now.", 22).words, -0.1, 0, 1
    )

    full = completed(settled(both), [Span(8, 14)], [segment("What they said meanwhile.", 9)])

    assert texts(full) == ["Hello there.", "What they said meanwhile.", "Bye now."]


def test_a_slogan_that_comes_four_times_stays_four_times() -> None:
    first = settled(segment(SLOGAN, 26))
    found = [segment(SLOGAN, start) for start in (8.5, 14.5, 20.5)]

    full = completed(first, [Span(8, 25)], found)

    assert texts(full) == [SLOGAN] * 4
    assert full.dropped == ()


def test_what_is_invented_there_is_dropped_with_its_reason() -> None:
    loop = segment("and then " * 30, 8, each=0.1)

    full = completed(settled(segment("Hello there.", 1)), [Span(8, 14)], [loop])

    assert texts(full)[0] == "Hello there."
    assert len(words_of(full)) < 5
    assert {dropped.reason.partition(":")[0] for dropped in full.dropped} == {"loop"}


def test_a_word_at_the_edge_is_not_there_twice() -> None:
    first = settled(segment("It was for", 1))

    full = completed(first, [Span(2.2, 6)], [segment("For example here.", 1.8)])

    assert [word.text for word in words_of(full)] == ["It", "was", "for", "example", "here."]


def test_nothing_found_changes_nothing() -> None:
    first = settled(segment("Hello there.", 1))

    assert completed(first, [Span(8, 14)], []) == first
    assert completed(first, [Span(8, 14)], [segment("Outside.", 30)]) == first


def test_english_written_down_where_nobody_speaks_it_goes() -> None:
    mixed = segment("one two three four five six", 0, each=1)

    english = without_foreign(settled(mixed), [ForeignSpeech(2, 4, "de")])

    assert texts(english) == ["one two five six"]
    assert [(d.word.text, d.reason) for d in english.dropped] == [
        ("three", "German, not English"),
        ("four", "German, not English"),
    ]


def test_what_has_no_words_is_reported_with_time_speaker_and_reason() -> None:
    gone = DroppedWord(Word(11, 12, "you", 0.2), "phantom phrase hardly recognised")
    heard = ChosenSegments((segment("Hello there.", 1),), (Span(1, 2), Span(10, 13)), (gone,))
    turns = (SpeakerTurn(1, 2, "A"), SpeakerTurn(20, 24, "B"), SpeakerTurn(30, 36, "C"))

    unheard = unheard_speech(
        heard, turns, [*heard.speech, Span(20, 24)], [ForeignSpeech(30, 36, "fr")]
    )

    assert unheard == (
        UnheardSpeech(10, 13, "", "not believed: phantom phrase hardly recognised"),
        UnheardSpeech(20, 24, "B", "no words recognised"),
        UnheardSpeech(30, 36, "C", "French, not English"),
    )


TEXTS = st.sampled_from([SLOGAN, "no " * 30, "Thanks for watching!", "you", "Yeah. Yeah.", ""])


@settings(max_examples=60)
@given(st.lists(TEXTS, max_size=3), st.lists(TEXTS, max_size=3))
def test_every_word_stands_once_in_order_or_is_dropped(known: list[str], found: list[str]) -> None:
    first = settled(*(segment(text, 20.0 * n, 0.2) for n, text in enumerate(known)))
    new = [segment(text, 20.0 * n + 10, 0.2) for n, text in enumerate(found)]
    stretches = [Span(20.0 * n + 9, 20.0 * n + 19.5) for n in range(3)]

    full = completed(first, stretches, new)

    texts_of = Counter(word.text for word in words_of(full))
    texts_of.update(dropped.word.text for dropped in full.dropped)
    assert texts_of == Counter(" ".join([*known, *found]).split())
    starts = [word.start for word in words_of(full)]
    assert starts == sorted(starts)
