"""A show knows the voices that were named by hand, and what it knows can be corrected."""

import math
from dataclasses import replace

import pytest

from podcast.errors import BadInputError
from speech.voiceprints.episode_voiceprints import EpisodeVoiceprints, KeptVoiceprint, render_json
from speech.voiceprints.voiceprint_store import (
    MAX_PRINTS,
    MIN_SECONDS,
    VoiceStore,
    empty_store,
    enrol,
    forget,
    is_enough,
    known_voices,
    models_in,
    parse_store,
    prints_of,
    withdraw,
)

S1, S2 = "Speaker 1", "Speaker 2"
EMPTY = empty_store("Open Ears")


def heard(
    episode: str = "e1",
    first: tuple[float, ...] = (1.0, 0.0),
    seconds: float = 30.0,
    model: str = "m@1",
) -> EpisodeVoiceprints:
    voices = (KeptVoiceprint(S1, seconds, first), KeptVoiceprint(S2, 30.0, (0.0, -1.0)))
    return EpisodeVoiceprints(1, episode, model, "mark", voices)


def known(store: VoiceStore, model: str = "m@1") -> dict[str, tuple[int, float]]:
    return {v.name: (v.episodes, v.seconds) for v in known_voices(store, model)}


def test_a_voice_is_known_after_it_was_enrolled_once() -> None:
    (voice,) = known_voices(enrol(EMPTY, "Anna", heard(first=(3.0, 4.0)), S1), "m@1")

    assert (voice.name, voice.episodes, voice.seconds) == ("Anna", 1, 30.0)
    assert voice.embedding == pytest.approx((0.6, 0.8))


def test_a_voice_is_the_mean_of_its_episodes() -> None:
    store = enrol(EMPTY, "Anna", heard("e1", (9.0, 0.0)), S1)
    store = enrol(store, "anna", heard("e2", (0.0, 1.0)), S1)

    (voice,) = known_voices(store, "m@1")
    assert (voice.name, voice.episodes, voice.seconds) == ("anna", 2, 60.0)
    assert voice.embedding == pytest.approx((math.sqrt(0.5), math.sqrt(0.5)))


def test_a_short_appearance_weighs_less_and_an_hour_no_more_than_a_minute() -> None:
    store = enrol(EMPTY, "Anna", heard("e1", (1.0, 0.0), 3600.0), S1)
    store = enrol(store, "Anna", heard("e2", (0.0, 1.0), 30.0), S1)

    (voice,) = known_voices(store, "m@1")
    assert voice.embedding == pytest.approx((2 / math.sqrt(5), 1 / math.sqrt(5)))


def test_enrolling_again_changes_nothing() -> None:
    once = enrol(EMPTY, "Anna", heard(), S1)

    assert enrol(once, "Anna", heard(), S1) == once


def test_a_corrected_name_takes_the_voice_along() -> None:
    store = enrol(enrol(EMPTY, "Anna", heard(), S1), "Zoe", heard(), S1)

    assert known(store) == {"Zoe": (1, 30.0)}


def test_two_voices_of_an_episode_may_be_one_person() -> None:
    store = enrol(enrol(EMPTY, "Anna", heard(), S1), "Anna", heard(), S2)

    assert known(store) == {"Anna": (1, 60.0)}


def test_another_model_hears_another_voice() -> None:
    store = enrol(EMPTY, "Anna", heard(model="m@1"), S1)
    store = enrol(store, "David", heard(model="m@2"), S1)

    assert known(store, "m@1") == {"Anna": (1, 30.0)}
    assert known(store, "m@2") == {"David": (1, 30.0)}
    assert known(store, "m@3") == {}
    assert models_in(store) == ("m@1", "m@2")


def test_the_oldest_prints_of_a_person_go_first_for_each_model() -> None:
    store = enrol(EMPTY, "David", heard("e0"), S2)
    store = enrol(store, "Anna", heard("e0", model="m@2"), S1)
    for n in range(MAX_PRINTS + 2):
        store = enrol(store, "Anna", heard(f"e{n}"), S1)

    prints = [(p.model, p.episode) for p in prints_of(store, "Anna")]
    assert prints == [("m@2", "e0"), *(("m@1", f"e{n}") for n in range(2, MAX_PRINTS + 2))]
    assert len(prints_of(store, "David")) == 1


@pytest.mark.parametrize(("seconds", "enough"), [(MIN_SECONDS, True), (MIN_SECONDS - 0.1, False)])
def test_a_few_words_are_not_enough(seconds: float, enough: bool) -> None:
    assert is_enough(heard(seconds=seconds), S1) is enough
    assert not is_enough(heard(), "Speaker 3")


@pytest.mark.parametrize("speaker", [S1, "Speaker 3"])
def test_whoever_says_too_little_cannot_be_enrolled(speaker: str) -> None:
    with pytest.raises(BadInputError, match=f"{speaker} speaks for less than 5 seconds"):
        enrol(EMPTY, "Anna", heard(seconds=2.0), speaker)


def test_what_one_voice_taught_is_withdrawn_alone() -> None:
    store = enrol(enrol(EMPTY, "Anna", heard("e1"), S1), "Anna", heard("e2"), S1)

    assert known(withdraw(store, "e1", "m@1", S1)) == {"Anna": (1, 30.0)}
    assert withdraw(store, "e1", "m@2", S1) == store
    assert withdraw(store, "e1", "m@1", S2) == store


def test_a_person_is_forgotten_for_all_models() -> None:
    store = enrol(EMPTY, "Anna", heard(), S1)
    store = enrol(store, "Anna", heard(model="m@2"), S1)
    store = enrol(store, "David", heard(), S2)

    assert forget(store, " ANNA") == enrol(EMPTY, "David", heard(), S2)


@pytest.mark.parametrize(
    ("store", "says"),
    [(EMPTY, "it knows nobody"), (enrol(EMPTY, "Anna", heard(), S1), "it knows Anna")],
)
def test_somebody_unknown_cannot_be_forgotten(store: VoiceStore, says: str) -> None:
    with pytest.raises(BadInputError, match=f"Open Ears does not know the voice of 'Leo'; {says}"):
        forget(store, "Leo")


def test_a_store_reads_back_as_it_was() -> None:
    store = enrol(enrol(EMPTY, "김민수", heard(), S1), "Anna", heard(model="m@2"), S2)

    assert parse_store(render_json(store)) == store
    assert render_json(store).endswith(b"\n")


def test_a_store_of_another_version_is_refused() -> None:
    with pytest.raises(BadInputError, match="cannot read"):
        parse_store(render_json(replace(EMPTY, version=2)))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ((b"[1.0,0.0]", b"[]"), "cannot read"),
        ((b"[1.0,0.0]", b"[Infinity,0.0]"), "cannot read"),
        ((b"[1.0,0.0]", b"[1.0,0.0,0.0]"), "different sizes for the model m@1"),
        ((b'"name":', b'"nome":'), "voices.json is no store of voices: prints.0.name"),
        ((b"{", b""), "no store"),
    ],
)
def test_a_file_that_holds_something_else_is_refused(
    change: tuple[bytes, bytes], says: str
) -> None:
    store = enrol(enrol(EMPTY, "Anna", heard(), S1), "David", heard(), S2)

    with pytest.raises(BadInputError, match=says):
        parse_store(render_json(store).replace(*change), "voices.json")
