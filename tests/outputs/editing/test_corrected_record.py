"""A published record is corrected without hearing the episode again."""

from dataclasses import replace
from typing import Any

from outputs.bundle import render_bundle
from outputs.editing.corrected_record import correct_record
from outputs.record.record_types import EpisodeRecord
from podcast.editing.corrections import Correction, Corrections
from podcast.language import Language
from podcast.transcript import Flag, Made, Translation

KOREAN = (Language.KO, "응.")
JAPANESE = (Language.JA, "うん。")


def corrections(**fields: Any) -> Corrections:
    return Corrections((replace(Correction("0001", "Yeah."), **fields),))


def test_without_corrections_a_record_stays_as_it_is(record: EpisodeRecord) -> None:
    corrected = correct_record(record, Corrections())

    assert corrected.record == record
    assert corrected.retranslate == ()


def test_new_english_is_on_every_page_and_waits_for_its_translation(
    record: EpisodeRecord,
) -> None:
    corrected = correct_record(record, corrections(text="Yes."))

    files = render_bundle(corrected.record)
    assert {files[name].decode().split("\n")[2] for name in ("ko.txt", "ja.txt")} == {"Yes."}
    assert corrected.retranslate == ("0001",)
    assert corrected.record.lines[0].words == record.lines[0].words
    assert corrected.record.lines[0].flags == (Flag.CORRECTED,)


def test_new_english_with_every_translation_by_hand_needs_no_model(record: EpisodeRecord) -> None:
    corrected = correct_record(record, corrections(text="Yes.", translations=(KOREAN, JAPANESE)))

    assert corrected.retranslate == ()
    assert corrected.record.lines[0].translations == {
        "ko": Translation("응.", Made.CORRECTED),
        "ja": Translation("うん。", Made.CORRECTED),
    }


def test_a_translation_by_hand_leaves_the_other_languages_alone(record: EpisodeRecord) -> None:
    corrected = correct_record(record, corrections(translations=(KOREAN, (Language.ZH, "嗯。"))))

    assert corrected.retranslate == ()
    assert corrected.record.lines == (
        replace(
            record.lines[0],
            translations={
                "ko": Translation("응.", Made.CORRECTED),
                "ja": record.lines[0].translations["ja"],
            },
        ),
        record.lines[1],
    )


def test_a_line_is_given_to_another_speaker_of_the_episode(record: EpisodeRecord) -> None:
    named = replace(
        record, speakers=(record.speakers[0], replace(record.speakers[1], name="Anna Lee"))
    )

    corrected = correct_record(named, corrections(speaker="Anna Lee"))

    assert corrected.record.lines[0].speaker == "Speaker 2"
    assert "] Anna Lee\nYeah.\n" in render_bundle(corrected.record)["ko.annotated.txt"].decode()
    assert corrected.retranslate == ()


def test_a_title_by_hand_is_the_title_of_the_page(record: EpisodeRecord) -> None:
    by_hand = Corrections(titles=((Language.JA, "小さなモデル"), (Language.ZH, "小模型")))

    corrected = correct_record(record, by_hand)

    assert corrected.record.titles == {
        "ko": record.titles["ko"],
        "ja": Translation("小さなモデル", Made.CORRECTED),
    }


def test_a_correction_without_a_line_changes_nothing_and_is_reported(
    record: EpisodeRecord,
) -> None:
    corrected = correct_record(record, Corrections((Correction("0009", "Nope.", text="No."),)))

    assert corrected.record.lines == record.lines
    assert corrected.record.unused_corrections == ("Line 0009 “Nope.”: no line reads so any more.",)
    assert [u.correction.line for u in corrected.unused] == ["0009"]


def test_corrected_twice_is_corrected_once(record: EpisodeRecord) -> None:
    by_hand = corrections(text="Yes.", speaker="Speaker 2", translations=(KOREAN,))
    once = correct_record(record, by_hand).record

    twice = correct_record(once, by_hand)

    assert twice.record == once
    assert twice.retranslate == ()


def test_a_correction_that_was_changed_replaces_what_it_said_before(
    record: EpisodeRecord,
) -> None:
    once = correct_record(record, corrections(text="Yes.", translations=(KOREAN,))).record

    again = correct_record(once, corrections(text="Yes!", translations=(KOREAN, JAPANESE)))

    assert again.record.lines[0].text == "Yes!"
    assert again.record.lines[0].translations["ja"].text == "うん。"
    assert again.unused == ()
