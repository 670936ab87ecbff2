"""Points in time as feeds and people write them, and the one way in which records hold them."""

from datetime import UTC, datetime

from podcast.errors import BadInputError


def parse_date(text: str) -> str:
    """Read a date, with or without a time of day.

    Args:
        text: RFC 3339 or another form of ISO 8601; empty for "not known". Without a time zone it
            is taken for UTC, without a time of day for midnight.

    Returns:
        RFC 3339 in UTC to the second, such as "2026-11-25T06:30:00Z"; empty for empty.

    Raises:
        BadInputError: This is no date.
    """
    if not text.strip():
        return ""
    try:
        moment = datetime.fromisoformat(text.strip())
        return format_date(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:  # the latter: before the year 1 in UTC
        raise BadInputError(
            f"{text!r} is no date. Give one such as 2026-11-25 or 2026-11-25T06:30:00Z."
        ) from error


def format_date(moment: datetime) -> str:
    """Write a point in time, which must know its time zone, as records hold it."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
