"""Names come by hand, by voice, by elimination; whoever is doubtful stays without one."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.errors import BadInputError
from podcast.timeline import Voiceprint
from speech.voiceprints.speaker_identification import (
    KnownVoice,
    MatchingOptions,
    NamingHints,
    name_speakers,
    unit,
)

S1, S2, S3 = "Speaker 1", "Speaker 2", "Speaker 3"
OPTIONS = MatchingOptions(threshold=0.6, margin=0.1)

Vector = tuple[float, ...]

ANNA: Vector = (1.0, 0.0, 0.0)
DAVID: Vector = (0.0, 1.0, 0.0)
STRANGER: Vector = (0.0, 0.0, 1.0)


def near(*parts: tuple[float, Vector]) -> Vector:
    """Return a voice with the given cosine similarities to voices at right angles."""
    rest = math.sqrt(1 - sum(share**2 for share, _ in parts))
    sums = [sum(share * vector[n] for share, vector in parts) for n in range(3)]
    return (sums[0], sums[1], sums[2] + rest)


def known(**voices: Vector) -> tuple[KnownVoice, ...]:
    return tuple(KnownVoice(name, vector, 1, 60.0) for name, vector in voices.items())


KNOWN = known(Anna=ANNA, David=DAVID)


def names(
    voices: dict[str, Vector],
    store: tuple[KnownVoice, ...] = KNOWN,
    hints: NamingHints = NamingHints(),  # noqa: B008  frozen
) -> list[tuple[str, str]]:
    prints = [Voiceprint(id_, vector) for id_, vector in voices.items() if vector]
    named = name_speakers(tuple(voices), prints, store, hints, OPTIONS)
    assert [n.id for n in named] == list(voices)
    return [(n.name, n.named) for n in named]


@pytest.mark.parametrize(
    ("voices", "expected"),
    [
        # A voice in another loudness is the same voice.
        ({S1: (7.0, 0.0, 0.0), S2: DAVID}, [("Anna", "voice"), ("David", "voice")]),
        # At the threshold, and just below it.
        ({S1: near((0.61, ANNA))}, [("Anna", "voice")]),
        ({S1: near((0.59, ANNA))}, [("Guest 1", "guest")]),
        # Like two people almost alike: neither.
        ({S1: near((0.7, ANNA), (0.65, DAVID))}, [("Guest 1", "guest")]),
        ({S1: near((0.75, ANNA), (0.62, DAVID))}, [("Anna", "voice")]),
        # One person heard as two: the closer one gets the name, in whatever order they speak...
        ({S1: near((0.8, ANNA)), S2: near((0.9, ANNA))}, [("Guest 1", "guest"), ("Anna", "voice")]),
        ({S1: near((0.9, ANNA)), S2: near((0.8, ANNA))}, [("Anna", "voice"), ("Guest 1", "guest")]),
        # ... and the other one never takes its second choice.
        (
            {S1: ANNA, S2: near((0.75, ANNA), (0.62, DAVID))},
            [("Anna", "voice"), ("Guest 1", "guest")],
        ),
        # Guests are counted in the order in which they speak, whoever speaks between them.
        (
            {S1: STRANGER, S2: ANNA, S3: (0.0, 0.0, -1.0)},
            [("Guest 1", "guest"), ("Anna", "voice"), ("Guest 2", "guest")],
        ),
        # No voice at all: nobody was heard alone, or pyannote gave zeros.
        ({S1: (), S2: (0.0, 0.0, 0.0)}, [("Guest 1", "guest"), ("Guest 2", "guest")]),
        ({}, []),
    ],
)
def test_voices_are_named_after_the_known_ones_that_they_surely_are(
    voices: dict[str, Vector], expected: list[tuple[str, str]]
) -> None:
    assert names(voices) == expected


def test_a_show_that_knows_nobody_has_speakers_and_no_guests() -> None:
    assert names({S1: ANNA, S2: DAVID}, ()) == [(S1, ""), (S2, "")]


@pytest.mark.parametrize(
    ("voices", "given_names", "expected"),
    [
        # A hand is right, whatever the voice is like.
        ({S1: ANNA}, {S1: "Zoe"}, [("Zoe", "hand")]),
        ({S1: ANNA}, {S1: "David"}, [("David", "hand")]),
        # Nobody else gets that name by voice, in whatever letters it was typed.
        ({S1: STRANGER, S2: ANNA}, {S1: "anna"}, [("anna", "hand"), ("Guest 1", "guest")]),
        # Two voices may get one name by hand.
        ({S1: STRANGER, S2: DAVID}, {S1: "Leo", S2: "Leo"}, [("Leo", "hand"), ("Leo", "hand")]),
        # A guest never has the number of a name that is there.
        ({S1: STRANGER, S2: DAVID}, {S2: "Guest 1"}, [("Guest 2", "guest"), ("Guest 1", "hand")]),
    ],
)
def test_names_by_hand_come_first(
    voices: dict[str, Vector], given_names: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert names(voices, hints=NamingHints(given_names)) == expected


def test_a_name_for_somebody_who_is_not_there_is_refused() -> None:
    with pytest.raises(BadInputError, match=r"no 'Speaker 9'.*has Speaker 1, Speaker 2"):
        names({S1: ANNA, S2: DAVID}, hints=NamingHints({"Speaker 9": "Leo"}))


@pytest.mark.parametrize(
    ("voices", "people", "expected"),
    [
        # One stranger, one person left.
        ({S1: ANNA, S2: STRANGER}, ("Anna", "Leo"), [("Anna", "voice"), ("Leo", "feed")]),
        ({S1: ANNA, S2: STRANGER}, ("ANNA ", " Leo\n"), [("Anna", "voice"), ("Leo", "feed")]),
        ({S1: ANNA, S2: STRANGER}, ("Leo", "leo"), [("Anna", "voice"), ("leo", "feed")]),
        ({S1: ANNA, S2: ()}, ("Leo",), [("Anna", "voice"), ("Leo", "feed")]),
        # Two strangers, or two people: nobody can tell.
        (
            {S1: STRANGER, S2: (0.0, 0.0, -1.0)},
            ("Leo",),
            [("Guest 1", "guest"), ("Guest 2", "guest")],
        ),
        ({S1: ANNA, S2: STRANGER}, ("Leo", "Mia"), [("Anna", "voice"), ("Guest 1", "guest")]),
        # We know how David sounds, and it is not like this.
        ({S1: ANNA, S2: STRANGER}, ("Anna", "David"), [("Anna", "voice"), ("Guest 1", "guest")]),
        # Anna heard as two: her second half is not Leo, but a stranger beside it may be.
        ({S1: ANNA, S2: near((0.8, ANNA))}, ("Leo",), [("Anna", "voice"), ("Guest 1", "guest")]),
        (
            {S1: ANNA, S2: near((0.8, ANNA)), S3: STRANGER},
            ("Leo",),
            [("Anna", "voice"), ("Guest 1", "guest"), ("Leo", "feed")],
        ),
        # Doubtful between two known people is not a stranger either.
        ({S1: near((0.7, ANNA), (0.65, DAVID))}, ("Leo",), [("Guest 1", "guest")]),
        # Nothing that could not stand above a line.
        ({S1: ANNA, S2: STRANGER}, (" ", "a --> b"), [("Anna", "voice"), ("Guest 1", "guest")]),
    ],
)
def test_the_only_person_left_is_the_only_stranger(
    voices: dict[str, Vector], people: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert names(voices, hints=NamingHints(people=people)) == expected


def test_one_announced_person_is_the_one_voice_of_a_show_that_knows_nobody() -> None:
    assert names({S1: STRANGER}, (), NamingHints(people=("Leo",))) == [("Leo", "feed")]


def test_a_name_by_hand_leaves_one_person_for_one_stranger() -> None:
    hints = NamingHints({S1: "Anna"}, ("Anna", "Leo"))

    assert names({S1: STRANGER, S2: DAVID}, (), hints) == [("Anna", "hand"), ("Leo", "feed")]


def test_the_similarity_to_the_nearest_known_voice_is_told() -> None:
    voices = [Voiceprint(S1, near((0.8, ANNA))), Voiceprint(S2, (0.0, 0.0, 0.0))]

    first, second = name_speakers((S1, S2), voices, KNOWN, NamingHints(), OPTIONS)

    assert first.similarity == pytest.approx(0.8)
    assert second.similarity is None


@pytest.mark.parametrize("nothing", [(), (0.0, 0.0), (math.nan, 1.0), (math.inf, 1.0)])
def test_what_is_no_direction_has_no_length_one(nothing: Vector) -> None:
    assert unit(nothing) == ()


vectors = st.tuples(*[st.floats(-1, 1)] * 3)


@settings(max_examples=100)
@given(st.lists(vectors, max_size=6), st.lists(st.sampled_from(["Anna", "Leo", "Mia"])))
def test_nobody_shares_a_name_that_was_not_given_by_hand(
    embeddings: list[Vector], people: list[str]
) -> None:
    voices = {f"Speaker {n}": vector for n, vector in enumerate(embeddings, 1)}

    found = names(voices, hints=NamingHints(people=tuple(people)))

    assert len({name for name, _ in found}) == len(voices)
    assert all(name for name, _ in found)
