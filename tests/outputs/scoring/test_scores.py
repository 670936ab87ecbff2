"""A record is measured against what the reference tells, and no further."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from outputs.captions.subrip import render_subrip
from outputs.captions.webvtt import render_webvtt
from outputs.record.record_types import EpisodeRecord
from outputs.scoring.references import ReferenceFormat, parse_reference
from outputs.scoring.scores import LeftOut, Measure, ScoreOptions, score
from podcast.language import Language
from podcast.timeline import SpeakerTurn

pytestmark = pytest.mark.slow

TXT, STM, CTM, RTTM, PAIRS, SRT, VTT = ReferenceFormat

# The record says: Speaker 1, 4.12 to 4.4: Yeah. Speaker 2, 5.0 to 7.48: Well, AT&T
SAME_STM = "ep 1 anna 4.12 4.4 yeah\nep 1 leo 5.0 7.48 well AT&T\n"


def measured(
    record: EpisodeRecord,
    text: str,
    format_: ReferenceFormat,
    options: ScoreOptions | None = None,
    language: Language | None = None,
) -> dict[str, Measure | LeftOut]:
    reference = parse_reference(text, f"ref.{format_}", format_, language)
    return {one.name: one for one in score(record, reference, options)}


def value(found: Measure | LeftOut) -> float:
    assert isinstance(found, Measure)
    return found.value


def turns(record: EpisodeRecord, *spoken: tuple[float, float, str]) -> EpisodeRecord:
    return replace(record, turns=tuple(SpeakerTurn(*turn) for turn in spoken))


@pytest.mark.parametrize(
    ("text", "rate", "parts"),
    [
        ("Yeah! Well: AT&T.", 0.0, (4, 0, 0, 0)),
        ("Yes. Well, AT&T and so on", 4 / 7, (7, 1, 3, 0)),
        ("Yeah. Well,", 1.0, (2, 0, 0, 2)),
        ("No", 4.0, (1, 1, 0, 3)),
    ],
)
def test_word_errors_are_a_share_of_the_words_of_the_reference(
    record: EpisodeRecord, text: str, rate: float, parts: tuple[int, ...]
) -> None:
    wer = measured(record, text, TXT)["WER"]

    assert isinstance(wer, Measure)
    assert wer.value == rate
    assert tuple(wer.parts.values()) == parts


def test_words_of_the_wrong_speaker_count_in_cpwer_and_not_in_wer(record: EpisodeRecord) -> None:
    found = measured(record, "ep 1 a 4 5 yeah well\nep 1 b 5.1 7 AT&T\n", STM)

    assert value(found["WER"]) == 0.0
    assert value(found["cpWER"]) == pytest.approx(2 / 4)


def test_a_perfect_record_has_no_errors(record: EpisodeRecord) -> None:
    record = turns(record, (4.12, 4.4, "Speaker 1"), (5.0, 7.48, "Speaker 2"))

    found = measured(record, SAME_STM, STM)

    assert [value(found[name]) for name in ("WER", "cpWER", "DER")] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("heard", "rate"),
    [
        # Two people speak for 4 s each.
        (((0, 4, "x"), (4, 8, "y")), 0.0),
        (((0, 4, "x"), (4, 6, "y")), 2 / 8),
        (((0, 4, "x"), (4, 10, "y")), 2 / 8),
        (((0, 8, "x"),), 4 / 8),
        (((0, 5, "x"), (5, 8, "y")), 1 / 8),
        ((), 1.0),
    ],
)
def test_diarization_errors_are_a_share_of_the_speech(
    record: EpisodeRecord, heard: tuple[tuple[float, float, str], ...], rate: float
) -> None:
    rttm = "SPEAKER ep 1 0 4 <NA> <NA> anna <NA> <NA>\nSPEAKER ep 1 4 4 <NA> <NA> leo <NA> <NA>\n"

    assert value(measured(turns(record, *heard), rttm, RTTM)["DER"]) == pytest.approx(rate)


def test_a_collar_is_given_for_each_side_of_a_boundary(record: EpisodeRecord) -> None:
    rttm = "SPEAKER ep 1 2 6 <NA> <NA> anna <NA> <NA>\n"
    late = turns(record, (2.5, 8.0, "x"))

    rates = [
        value(measured(late, rttm, RTTM, ScoreOptions(collar=collar))["DER"])
        for collar in (0.0, 0.25, 0.5)
    ]

    assert rates == pytest.approx([0.5 / 6, 0.25 / 5.5, 0.0])


def test_overlaps_are_counted_unless_they_are_skipped(record: EpisodeRecord) -> None:
    rttm = "SPEAKER ep 1 0 4 <NA> <NA> anna <NA> <NA>\nSPEAKER ep 1 3 3 <NA> <NA> leo <NA> <NA>\n"
    exclusive = turns(record, (0.0, 4.0, "x"), (4.0, 6.0, "y"))

    counted = measured(exclusive, rttm, RTTM)["DER"]
    skipped = measured(exclusive, rttm, RTTM, ScoreOptions(skip_overlap=True))["DER"]

    assert value(counted) == pytest.approx(1 / 7)
    assert value(skipped) == 0.0
    assert "overlap skipped" in getattr(skipped, "says", "")


def test_utterances_of_one_person_that_overlap_count_once(record: EpisodeRecord) -> None:
    stm = "ep 1 anna 0 4 yeah\nep 1 anna 3 6 well\n"

    der = measured(turns(record, (0.0, 6.0, "x")), stm, STM)["DER"]

    assert value(der) == 0.0
    assert getattr(der, "parts", {})["seconds"] == 6.0


def test_speech_after_the_end_of_the_record_is_missed(record: EpisodeRecord) -> None:
    rttm = "SPEAKER ep 1 4 16 <NA> <NA> anna <NA> <NA>\n"

    assert value(measured(turns(record, (4.0, 12.0, "x")), rttm, RTTM)["DER"]) == 0.5


def test_nothing_is_measured_in_ignored_stretches(record: EpisodeRecord) -> None:
    record = turns(record, (4.12, 4.4, "Speaker 1"), (4.9, 7.5, "Speaker 2"))
    stm = "ep 1 anna 4.12 4.4 yeah\nep 1 leo 4.8 8 ignore_time_segment_in_scoring\n"

    found = measured(record, stm, STM)

    assert [value(found[name]) for name in ("WER", "cpWER", "DER")] == [0.0, 0.0, 0.0]


PAGE = "Open Ears\n제목\nYeah.\n네.\nWell, AT&T\n음, AT&T"


def test_the_same_translations_have_a_chrf_of_100(record: EpisodeRecord) -> None:
    found = measured(record, PAGE, PAIRS, language=Language.KO)

    assert value(found["chrF ko"]) == pytest.approx(100.0)
    assert value(found["WER"]) == 0.0


def test_rows_of_equal_number_are_compared_one_by_one(record: EpisodeRecord) -> None:
    swapped = "Open Ears\n제목\nYeah.\n음, AT&T\nWell, AT&T\n네."

    chrf = measured(record, swapped, PAIRS, language=Language.KO)["chrF ko"]

    assert value(chrf) < 5
    assert getattr(chrf, "says", "") == "row by row, 2 rows"


def test_rows_of_other_numbers_are_compared_as_one_text(record: EpisodeRecord) -> None:
    joined = "Open Ears\n제목\nYeah. Well, AT&T\n네. 음, AT&T"

    chrf = measured(record, joined, PAIRS, language=Language.KO)["chrF ko"]

    assert value(chrf) == pytest.approx(100.0)
    assert "the record has 2 rows and the reference 1" in getattr(chrf, "says", "")


@pytest.mark.parametrize(
    ("text", "format_", "left_out"),
    [
        ("yeah", TXT, {"cpWER": "who speaks", "DER": "who speaks when", "chrF": "translations"}),
        ("ep 1 4 1 yeah", CTM, {"cpWER": "who speaks", "DER": "who speaks", "chrF": "transl"}),
        ("SPEAKER ep 1 4 1 <NA> <NA> a", RTTM, {"WER": "words", "cpWER": "words", "chrF": "trans"}),
        (SAME_STM, STM, {"chrF": "translations"}),
        (PAGE, PAIRS, {"cpWER": "who", "DER": "who", "chrF zh": "holds no Chinese"}),
        ("[music]", TXT, {"WER": "spoken words", "cpWER": "who", "DER": "who", "chrF": "transl"}),
        ("ep 1 a 4 5 [music]", STM, {"WER": "spoken", "cpWER": "spoken", "chrF": "translations"}),
    ],
)
def test_what_a_reference_does_not_tell_is_left_out_and_said(
    record: EpisodeRecord, text: str, format_: ReferenceFormat, left_out: dict[str, str]
) -> None:
    found = measured(record, text, format_, language=Language.ZH)

    why = {one.name: one.why for one in found.values() if isinstance(one, LeftOut)}
    assert why.keys() == left_out.keys()
    assert all(part in why[name] for name, part in left_out.items())


def test_der_is_left_out_where_the_collar_covers_all(record: EpisodeRecord) -> None:
    rttm = "SPEAKER ep 1 4 1 <NA> <NA> anna <NA> <NA>\n"

    der = measured(record, rttm, RTTM, ScoreOptions(collar=2.0))["DER"]

    assert der == LeftOut("DER", "nothing is left outside the collar and the overlaps")


@pytest.mark.parametrize(
    ("name", "number", "shown"), [("WER", 0.12345, "12.3%"), ("chrF ko", 61.234, "61.2")]
)
def test_rates_are_shown_in_percent_and_chrf_is_not(name: str, number: float, shown: str) -> None:
    assert Measure(name, number, "", {}).shown == shown


def test_captions_with_speakers_are_measured_like_any_reference(record: EpisodeRecord) -> None:
    text = (
        "1\n00:00:04,120 --> 00:00:04,400\nAnna: Yeah.\n\n"
        "2\n00:00:05,000 --> 00:00:06,480\nLeo: Well,\n\n"
        "3\n00:00:06,480 --> 00:00:07,480\nAnna: AT&T and so on.\n"
    )
    spoken = turns(record, (4.12, 4.4, "A"), (5.0, 7.48, "B"))

    found = measured(spoken, text, SRT)

    assert value(found["WER"]) == 3 / 7
    assert value(found["cpWER"]) == 5 / 7  # Anna is heard as Speaker 2, with fewer errors
    assert value(found["DER"]) == pytest.approx(1.0 / 2.76)


def test_captions_without_speakers_give_word_errors_alone(record: EpisodeRecord) -> None:
    text = "WEBVTT\n\n00:04.000 --> 00:04.500\nYeah.\n\n00:05.000 --> 00:07.000\nWell, AT&amp;T\n"

    found = measured(record, text, VTT)

    assert value(found["WER"]) == 0.0
    assert found["cpWER"] == LeftOut("cpWER", "ref.vtt does not say who speaks")
    assert found["DER"] == LeftOut("DER", "ref.vtt does not say who speaks when")


def test_what_nobody_is_named_for_is_of_one_more_voice(record: EpisodeRecord) -> None:
    text = (
        "WEBVTT\n\n00:04.120 --> 00:04.400\nYeah.\n\n00:05.000 --> 00:07.480\n<v L>Well, AT&amp;T\n"
    )

    assert value(measured(record, text, VTT)["cpWER"]) == 0.0


@pytest.mark.parametrize(("render", "format_"), [(render_webvtt, VTT), (render_subrip, SRT)])
def test_our_own_captions_of_an_episode_fit_it(
    record: EpisodeRecord,
    render: Callable[[EpisodeRecord, Language], str],
    format_: ReferenceFormat,
) -> None:
    found = measured(record, render(record, Language.EN), format_)

    assert [value(found[name]) for name in ("WER", "cpWER")] == [0.0, 0.0]
