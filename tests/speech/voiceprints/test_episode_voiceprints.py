"""The voices of an episode: taken from its diarization, merged, left out, written and read."""

import math

import pytest

from podcast.errors import BadInputError
from podcast.timeline import Diarization, SpeakerTurn, Voiceprint
from speech.voiceprints.episode_voiceprints import (
    EpisodeVoiceprints,
    KeptVoiceprint,
    mean_direction,
    merge_voiceprints,
    parse_voiceprints,
    render_json,
    run_mark,
    speaking_time,
    voiceprints_of,
    without_voiceprint,
)

TURNS = (
    SpeakerTurn(0.0, 2.0, "Speaker 1"),
    SpeakerTurn(2.5, 4.0, "Speaker 2"),
    SpeakerTurn(4.0, 5.0, "Speaker 1"),
)


@pytest.fixture
def heard() -> EpisodeVoiceprints:
    voices = tuple(
        KeptVoiceprint(f"Speaker {n}", 10.0 * n, vector)
        for n, vector in enumerate([(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)], 1)
    )
    return EpisodeVoiceprints(1, "ab" * 32, "model@1", "mark", voices)


def test_voices_come_with_their_speaking_time_and_without_empty_ones() -> None:
    prints = (Voiceprint("Speaker 1", (0.5, 0.5)), Voiceprint("Speaker 2", (0.0, 0.0)))

    heard = voiceprints_of(Diarization(TURNS, (), prints), "ab" * 32, "model@1")

    assert heard.voices == (KeptVoiceprint("Speaker 1", 3.0, (0.5, 0.5)),)
    assert (heard.episode, heard.model) == ("ab" * 32, "model@1")


def test_speaking_time_is_the_sum_of_the_turns() -> None:
    assert [speaking_time(TURNS, id_) for id_ in ("Speaker 1", "Speaker 2", "Nobody")] == [
        3,
        1.5,
        0,
    ]


def test_a_run_is_told_from_another_by_its_times_and_not_by_its_names() -> None:
    renamed = tuple(SpeakerTurn(t.start, t.end, "Speaker 1") for t in TURNS)
    moved = (SpeakerTurn(0.0, 2.1, "Speaker 1"), *TURNS[1:])

    assert run_mark(renamed) == run_mark(TURNS)
    assert run_mark(moved) != run_mark(TURNS)


def test_merged_voices_are_one_in_the_place_of_the_first(heard: EpisodeVoiceprints) -> None:
    merged = merge_voiceprints(heard, "Speaker 2", "Speaker 1")

    first, second = merged.voices
    assert (first.speaker, first.seconds) == ("Speaker 1", 30.0)
    assert first.embedding == pytest.approx((1 / math.sqrt(5), 2 / math.sqrt(5)))
    assert second.speaker == "Speaker 3"


def test_a_voice_that_merges_into_one_never_heard_alone_takes_its_id(
    heard: EpisodeVoiceprints,
) -> None:
    merged = merge_voiceprints(heard, "Speaker 3", "Speaker 4")

    assert [v.speaker for v in merged.voices] == ["Speaker 1", "Speaker 2", "Speaker 4"]


def test_merging_somebody_never_heard_alone_changes_nothing(heard: EpisodeVoiceprints) -> None:
    assert merge_voiceprints(heard, "Speaker 4", "Speaker 1") == heard


def test_a_voice_is_left_out(heard: EpisodeVoiceprints) -> None:
    assert [v.speaker for v in without_voiceprint(heard, "Speaker 2").voices] == [
        "Speaker 1",
        "Speaker 3",
    ]


def test_a_mean_weighs_directions_and_not_lengths() -> None:
    assert mean_direction([((5.0, 0.0), 1.0), ((0.0, 1.0), 1.0)]) == pytest.approx(
        (math.sqrt(0.5), math.sqrt(0.5))
    )


def test_voices_read_back_as_they_were(heard: EpisodeVoiceprints) -> None:
    assert parse_voiceprints(render_json(heard)) == heard


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ((b'"version":1', b'"version":2'), "cannot read"),
        ((b"[1.0,0.0]", b"[0.0,0.0]"), "cannot read"),
        ((b"[1.0,0.0]", b"[NaN,0.0]"), "cannot read"),
        ((b'"speaker":', b'"who":'), "voices.0.speaker"),
        ((b"{", b""), "holds no voices"),
    ],
)
def test_a_file_that_holds_something_else_is_refused(
    heard: EpisodeVoiceprints, change: tuple[bytes, bytes], says: str
) -> None:
    with pytest.raises(BadInputError, match=says):
        parse_voiceprints(render_json(heard).replace(*change))
