"""Rows stand out by their score beside the other rows of the same translator in a language."""

from dataclasses import replace

import pytest

from outputs.quality.measures import measured
from outputs.quality.unsure_rows import BY_ONE_MODEL, MAX_UNSURE, unsure_rows
from outputs.record.record_types import EpisodeRecord, RecordedLine
from podcast.transcript import Made, Translation

SURE = (-0.01,) * 9
SPREAD = (-0.2, -0.3, -0.4, -0.5, -0.6, -0.7, -0.8)
"""Their median is -0.5, and half of them are within 0.2 of it."""


def scored(record: EpisodeRecord, *scores: float | None, made: str = "model") -> EpisodeRecord:
    """Give a record a line for each score of its Korean; the last is made as given."""
    rows = [Translation("네.", Made.MODEL, score=score) for score in scores]
    rows[-1:] = [replace(row, made=made) for row in rows[-1:]]
    lines = tuple(_line(record.lines[0], place, row) for place, row in enumerate(rows, 1))
    return replace(record, lines=lines, titles={"ko": record.titles["ko"]}, quality=None)


def _line(line: RecordedLine, place: int, row: Translation) -> RecordedLine:
    return replace(line, id=f"{place:04}", translations={"ko": row})


@pytest.mark.parametrize(
    ("scores", "unsure"),
    [
        ((*SURE, -0.4), ["0010"]),
        ((-0.9, *SURE, -0.4), ["0001", "0011"]),
        ((*SURE, -0.3), []),  # little less, though all others are as one
        ((*SPREAD, -1.2), ["0008"]),
        ((*SPREAD, -1.0), []),  # much less, as others are too
        ((*SURE, None, -0.4), ["0011"]),
        ((-0.01, -3.0), []),  # neither of two is the usual one
        ((-3.0,), []),
        ((None, None), []),
        ((), []),
    ],
)
def test_a_row_stands_out_by_a_quarter_and_by_three_deviations(
    record: EpisodeRecord, scores: tuple[float | None, ...], unsure: list[str]
) -> None:
    assert sorted(unsure_rows(scored(record, *scores).lines, ["ko"])) == unsure


@pytest.mark.parametrize("made", sorted(set(Made) - BY_ONE_MODEL))
def test_what_the_model_did_not_make_is_not_compared(record: EpisodeRecord, made: str) -> None:
    assert not unsure_rows(scored(record, *SURE, -3.0, made=made).lines, ["ko"])


def test_the_list_is_bounded_and_has_the_lowest(record: EpisodeRecord) -> None:
    doubted = [-1.0 - place for place in range(MAX_UNSURE + 2)]

    found = unsure_rows(scored(record, *doubted, *SURE).lines, ["ko"])

    assert list(found) == ["0007", "0006", "0005", "0004", "0003"]


def test_the_reason_says_how_sure_the_translator_is_of_a_token(record: EpisodeRecord) -> None:
    (reason,) = unsure_rows(scored(record, *SURE, -0.9).lines, ["ko"])["0010"]

    assert (reason.language, reason.says) == ("ko", "unsure: 41% sure of a token, usually 99%")


def test_scores_of_a_server_that_cannot_count_do_no_harm(record: EpisodeRecord) -> None:
    (reason,) = unsure_rows(scored(record, *(9999.0,) * 3, -9999.0).lines, ["ko"])["0004"]

    assert reason.says == "unsure: 0% sure of a token, usually 100%"


def test_each_language_has_its_own_usual_score(record: EpisodeRecord) -> None:
    lines = [
        replace(
            line, translations=line.translations | {"ja": Translation("ええ。", "model", score=n)}
        )
        for line, n in zip(scored(record, *SURE, -0.9).lines, [-0.9] * 10, strict=True)
    ]

    assert [reason.language for reason in unsure_rows(lines, ["ko", "ja"])["0010"]] == ["ko"]


def test_a_row_that_stands_out_is_a_line_to_look_at(record: EpisodeRecord) -> None:
    quality = measured(scored(record, *SURE, -0.9)).quality

    assert quality is not None
    assert [found.line for found in quality.to_check] == ["0010"]
