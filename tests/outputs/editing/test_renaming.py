"""Names change above the lines, and never what is said, when, or how it was translated."""

from dataclasses import replace

import pytest

from outputs.bundle import render_bundle
from outputs.editing.renaming import find_speaker, merge_speakers, name_speaker, unname_speaker
from outputs.record.record_types import EpisodeRecord, RecordedBefore
from podcast.errors import BadInputError
from podcast.timeline import SpeakerTurn

S1, S2 = "Speaker 1", "Speaker 2"


def shown(record: EpisodeRecord) -> list[tuple[str, str, str]]:
    return [(s.id, s.name, s.named) for s in record.speakers]


def test_a_name_by_hand_stands_above_the_lines_of_every_language(record: EpisodeRecord) -> None:
    named = name_speaker(record, S2, " Omar  Sanseviero ")

    assert shown(named) == [(S1, S1, ""), (S2, "Omar Sanseviero", "hand")]
    for language in ("ko", "ja"):
        page = render_bundle(named)[f"{language}.annotated.txt"].decode()
        assert "00:00:07.480] Omar Sanseviero\nWell, AT&T\n" in page
        assert "00:00:04.400] Speaker 1\nYeah.\n" in page


def test_a_name_leaves_the_page_itself_as_it_was(record: EpisodeRecord) -> None:
    named = name_speaker(record, S2, "Omar")

    assert render_bundle(named)["ko.txt"] == render_bundle(record)["ko.txt"]
    assert replace(named, speakers=record.speakers) == record


def test_two_speakers_may_show_as_one(record: EpisodeRecord) -> None:
    named = name_speaker(name_speaker(record, S1, "Omar"), S2, "Omar")

    assert [name for _, name, _ in shown(named)] == ["Omar", "Omar"]


@pytest.mark.parametrize(
    ("name", "says"), [("", "empty"), ("a\nb", "2 lines"), ("0 --> 1", "captions")]
)
def test_what_cannot_stand_above_a_line_is_refused(
    record: EpisodeRecord, name: str, says: str
) -> None:
    with pytest.raises(BadInputError, match=says):
        name_speaker(record, S1, name)


@pytest.mark.parametrize("name", [S2, "speaker  2", "SPEAKER_02", "Guest 1", "guest #12"])
def test_the_label_of_another_voice_is_no_name(record: EpisodeRecord, name: str) -> None:
    with pytest.raises(BadInputError, match=r"without a name is called.*speakers merge"):
        name_speaker(record, S1, name)


def test_a_voice_may_keep_its_own_label(record: EpisodeRecord) -> None:
    assert shown(name_speaker(record, S1, S1))[0] == (S1, S1, "hand")


def test_a_name_can_be_taken_away(record: EpisodeRecord) -> None:
    assert unname_speaker(name_speaker(record, S2, "Omar"), S2) == record


@pytest.mark.parametrize("text", [S2, " Speaker 2 ", "Omar", "omar", "speaker 2"])
def test_a_speaker_is_found_by_id_or_name(record: EpisodeRecord, text: str) -> None:
    named = name_speaker(record, S2, "Omar") if "mar" in text else record

    assert find_speaker(named, text).id == S2


def test_an_id_comes_before_a_name(record: EpisodeRecord) -> None:
    first, second = record.speakers
    confusing = replace(record, speakers=(replace(first, name=S2), second))

    assert find_speaker(confusing, S2).id == S2


def test_a_speaker_who_is_not_there_is_refused_with_those_who_are(record: EpisodeRecord) -> None:
    named = name_speaker(record, S2, "Omar")

    with pytest.raises(
        BadInputError, match=r"no speaker 'Leo' in 'A title'.*Speaker 1, Speaker 2 \(Omar\)\."
    ):
        find_speaker(named, "Leo")


def test_a_name_that_two_speakers_have_does_not_say_which(record: EpisodeRecord) -> None:
    named = name_speaker(name_speaker(record, S1, "Omar"), S2, "Omar")

    with pytest.raises(BadInputError, match="2 speakers of 'A title' are called 'Omar'"):
        find_speaker(named, "Omar")


def test_merged_lines_and_turns_are_the_second_speakers(record: EpisodeRecord) -> None:
    merged = merge_speakers(name_speaker(record, S2, "Omar"), S1, S2)

    assert shown(merged) == [(S2, "Omar", "hand")]
    assert merged.turns == (SpeakerTurn(4.0, 4.5, S2), SpeakerTurn(4.9, 7.5, S2))
    assert {line.speaker for line in merged.lines} == {S2}
    assert [line.text for line in merged.lines] == ["Yeah.", "Well, AT&T"]


def test_a_merge_leaves_texts_times_and_translations_as_they_were(record: EpisodeRecord) -> None:
    merged = merge_speakers(record, S2, S1)

    assert [replace(line, speaker="") for line in merged.lines] == [
        replace(line, speaker="") for line in record.lines
    ]
    assert render_bundle(merged)["ja.txt"] == render_bundle(record)["ja.txt"]


def test_speakers_stay_in_the_order_of_their_first_lines(record: EpisodeRecord) -> None:
    first, second = record.lines
    third = replace(second, id="0003", speaker="Speaker 3", start=8.0, end=9.0)
    speakers = (*record.speakers, replace(record.speakers[0], id="Speaker 3", name="Speaker 3"))
    three = replace(record, lines=(first, second, third), speakers=speakers)

    assert [s.id for s in merge_speakers(three, S1, "Speaker 3").speakers] == ["Speaker 3", S2]


def test_what_a_corrected_line_was_before_is_merged_as_well(record: EpisodeRecord) -> None:
    first, second = record.lines
    corrected = replace(second, speaker=S1, before=RecordedBefore("Well, AT and T", S2))

    merged = merge_speakers(replace(record, lines=(first, corrected)), S2, S1)

    assert merged.lines[1].before == RecordedBefore("Well, AT and T", S1)
    assert shown(merged) == [(S1, S1, "")]


def test_nobody_merges_with_themselves(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError, match="Speaker 1 cannot be merged with itself"):
        merge_speakers(record, S1, S1)
