"""Dates come in many forms and are kept in one."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from podcast.dates import format_date, parse_date
from podcast.errors import BadInputError


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2026-11-25", "2026-11-25T00:00:00Z"),
        ("2026-11-25T06:30:00Z", "2026-11-25T06:30:00Z"),
        ("2026-11-25T06:30:00.999+09:00", "2026-11-24T21:30:00Z"),
        (" 2026-11-25 06:30 ", "2026-11-25T06:30:00Z"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_date_is_kept_in_utc(text: str, kept: str) -> None:
    assert parse_date(text) == kept


@pytest.mark.parametrize(
    "text",
    ["yesterday", "25.11.2026", "2026-13-01", "2026-11-25T25:00", "0001-01-01T00:00+05:00"],
)
def test_what_is_no_date_is_named_with_an_example(text: str) -> None:
    with pytest.raises(BadInputError, match="is no date"):
        parse_date(text)


def test_a_point_in_time_of_any_zone_is_written_in_utc() -> None:
    seoul = timezone(timedelta(hours=9))

    assert format_date(datetime(2026, 11, 25, 9, 0, 0, 123, seoul)) == "2026-11-25T00:00:00Z"
    assert format_date(datetime(2026, 11, 25, tzinfo=UTC)) == "2026-11-25T00:00:00Z"
