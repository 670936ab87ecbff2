"""Dates of feeds in all their forms; what is no date stays unknown."""

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast.dates import format_date
from podcast.feed_dates import read_feed_date

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Tue, 05 Mar 2024 10:00:00 +0900", "2024-03-05T01:00:00Z"),
        ("Tue, 5 March 2024 10:00 +0900 (KST)", "2024-03-05T01:00:00Z"),
        ("05 Mar 24 10:00:00 GMT", "2024-03-05T10:00:00Z"),
        ("Tue, 05 Mar 2024 10:00:00 -0000", "2024-03-05T10:00:00Z"),
        ("2024-03-05T10:00:00Z", "2024-03-05T10:00:00Z"),
        ("2024-03-05T10:00:00.123456789+09:00", "2024-03-05T01:00:00Z"),
        ("2024-03-05 10:00:00 +0900", "2024-03-05T01:00:00Z"),
        ("2024-03-05T10:00:00+09", "2024-03-05T01:00:00Z"),
        ("20240305T100000Z", "2024-03-05T10:00:00Z"),
        ("2024/03/05 10:00 UTC+9", "2024-03-05T01:00:00Z"),
        ("Tue Mar  5 10:00:00 KST 2024", "2024-03-05T01:00:00Z"),
        ("1709632800", "2024-03-05T10:00:00Z"),
        ("1709632800.5", "2024-03-05T10:00:00Z"),
        ("1709632800000", "2024-03-05T10:00:00Z"),
    ],
)
def test_a_date_with_a_zone_is_that_point_in_time(text: str, kept: str) -> None:
    assert read_feed_date(text, NEW_YORK) == kept


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("KST", 0), ("JST", 0), ("CEST", 7), ("CET", 8), ("BST", 8), ("AEDT", 22), ("HKT", 1),
     ("MSK", 6), ("EST", 14), ("PDT", 16), ("kst", 0)],
)  # fmt: skip
def test_names_of_zones_are_known(zone: str, hour: int) -> None:
    day = 4 if hour == 22 else 5

    found = read_feed_date(f"Tue, 05 Mar 2024 09:00:00 {zone}")

    assert found == f"2024-03-{day:02}T{hour:02}:00:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 05 Mar 2024 10:00:00",
        "Tue, 05 Mar 2024 10:00:00 XYZ",
        "Tue, 05 Mar 2024 10:00:00 IST",
        "5-Mar-2024 10:00",
        "March 5, 2024 10:00 AM",
        "2024-03-05T10:00",
        "2024/03/05 10:00",
        "2024.3.5 10:00:00",
        "2024. 03. 05. 10:00",
        "2024年3月5日 10:00",
        "2024年3月5日 10時00分",
        "2024년 3월 5일 오전 10:00",
    ],
)
def test_the_zone_of_the_show_holds_where_none_is_known(text: str) -> None:
    assert read_feed_date(text, NEW_YORK) == "2024-03-05T15:00:00Z"


@pytest.mark.parametrize(
    "text",
    ["Tue, 05 Mar 2024", "5 Mar 2024", "2024-03-05", "20240305", "2024/03/05", "2024.03.05",
     "2024年3月5日", "2024년 03월 05일"],
)  # fmt: skip
def test_a_day_begins_at_midnight_in_the_zone_of_the_show(text: str) -> None:
    assert read_feed_date(text, ZoneInfo("Asia/Seoul")) == "2024-03-04T15:00:00Z"


@pytest.mark.parametrize(
    ("text", "hour"),
    [("12:30 AM", 0), ("12:30 pm", 12), ("1:30 p.m.", 13), ("오후 1:30", 13), ("下午1:30", 13)],
)
def test_halves_of_the_day_are_known(text: str, hour: int) -> None:
    assert read_feed_date(f"2024-03-05 {text}") == f"2024-03-05T{hour:02}:30:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "10:00",
        "3 days ago",
        "Mar 2024",
        "2024-03",
        "2024",
        "Tue, 05 Mar",
        "05/03/2024",
        "5.3.2024 10:00",
        "2024-02-30",
        "Wed, 99 Nov 2026 99:99:99 GMT",
        "Tue, 05 Mar 2024 10:00:00 +9999",
        "Tue, 05 Mar 99999 10:00:00 GMT",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+12:00",
        "202403051000",
        "9" * 5000,
        "２０２４-03-05",
    ],
)
def test_what_is_no_date_stays_unknown(text: str) -> None:
    assert read_feed_date(text) == ""


@given(st.text(max_size=120))
def test_whatever_comes_is_a_date_or_unknown(text: str) -> None:
    assert read_feed_date(text) == "" or read_feed_date(text).endswith("Z")


@given(
    st.datetimes(datetime(1901, 1, 1), datetime(2198, 1, 1)),  # noqa: DTZ001  bounds have no zone
    st.integers(-12 * 60, 14 * 60),
)
def test_a_date_of_mail_comes_back(moment: datetime, minutes: int) -> None:
    zoned = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))

    assert read_feed_date(format_datetime(zoned)) == format_date(zoned)
