"""Dates as feeds write them: in a dozen forms, with and without a zone, and often wrong."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_tz

from podcast.dates import format_date

_ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60,
    "CET": 60, "MEZ": 60, "MET": 60, "CEST": 120, "MESZ": 120, "MEST": 120, "SAST": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "TRT": 180, "GST": 240, "PKT": 300, "NPT": 345,
    "ICT": 420, "WIB": 420, "HKT": 480, "SGT": 480, "MYT": 480, "PHT": 480, "AWST": 480,
    "KST": 540, "JST": 540, "ACST": 570, "AEST": 600, "ACDT": 630, "AEDT": 660,
    "NZST": 720, "NZDT": 780,
    "NST": -210, "NDT": -150, "ART": -180, "BRT": -180, "AST": -240, "ADT": -180,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600,
}  # fmt: skip
"""Minutes east of Greenwich. CST is America's, as mail has it; what several countries call
theirs, such as IST, is not here."""

_HALVES = {"am": 0, "오전": 0, "上午": 0, "午前": 0, "pm": 12, "오후": 12, "下午": 12, "午後": 12}
_HALF = re.compile(r"(?<![^\W\d_])(?:([ap])\.?m\b\.?|오전|오후|上午|下午|午前|午後)", re.IGNORECASE)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})\s?[:時时시]\s?(?P<minute>\d{1,2})(?:\s?[:分분]\s?(?P<second>\d{1,2}))?"
    r"(?:[.,]\d+)?[秒초分분]?\s*"
    r"(?:(?:GMT|UTC?)?\s?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?(?!\d)"
    r"|(?P<name>[A-Z]+)\b)?",
    re.IGNORECASE | re.ASCII,
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)", re.ASCII
)
_SECONDS = re.compile(r"(\d{9,10})(?:\.\d+)?", re.ASCII)
_MILLISECONDS = re.compile(r"(\d{10})\d{3}", re.ASCII)
_COMMENT = re.compile(r"\([^()]*\)")
_LONGEST = 100
_YEARS = range(1900, 2200)


def read_feed_date(text: str, zone: tzinfo = UTC) -> str:
    """Read a date of a feed: RFC 822, ISO 8601, the year first, or seconds since 1970.

    Nothing is made up: what names no year, month and day is no date, and neither is one of which
    day and month could be mistaken for each other.

    Args:
        text: As written.
        zone: Of a time without a zone, and of one with a zone that is not known.

    Returns:
        RFC 3339 in UTC to the second; empty for what is no date.
    """
    if len(text) > _LONGEST:
        return ""
    plain = " ".join(_COMMENT.sub(" ", text).split())
    try:
        moment = _of_seconds(plain) or _of_iso(plain, zone) or _of_parts(plain, zone)
        return format_date(moment) if moment and moment.year in _YEARS else ""
    except (ValueError, OverflowError):  # there is no such day, hour or zone
        return ""


def _of_seconds(text: str) -> datetime | None:
    found = _SECONDS.fullmatch(text) or _MILLISECONDS.fullmatch(text)
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def _of_iso(text: str, zone: tzinfo) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _of_parts(text: str, zone: tzinfo) -> datetime | None:
    """Find the time of day, which tells the zone as well; what is left is the date."""
    half = _HALF.search(text)
    bare = _HALF.sub(" ", text)
    found = _TIME.search(bare)
    day = _day(_TIME.sub(" ", bare, count=1))
    if day is None:
        return None
    if found is None:
        return datetime.combine(day, time(tzinfo=zone))
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if half:
        hour = hour % 12 + _HALVES[f"{half[1]}m".lower() if half[1] else half[0]]
    return datetime.combine(day, time(hour, minute, min(second, 59), tzinfo=_zone(found, zone)))


def _zone(found: re.Match[str], zone: tzinfo) -> tzinfo:
    if found["sign"]:
        minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
        return timezone(timedelta(minutes=minutes if found["sign"] == "+" else -minutes))
    name = (found["name"] or "").upper()
    return timezone(timedelta(minutes=_ZONES[name])) if name in _ZONES else zone


def _day(text: str) -> date | None:
    if found := _YEAR_FIRST.search(text):
        return date(*(int(part) for part in found.groups()))
    mail = parsedate_tz(f"{text.replace('-', ' ')} 00:00:00")
    return date(*mail[:3]) if mail else None
