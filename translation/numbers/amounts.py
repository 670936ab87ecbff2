"""What a number in a text amounts to, whatever the digits and the language it is written in."""

from dataclasses import dataclass
from decimal import Decimal

from podcast.languages.units import Unit

HALF = Decimal("0.5")
NOON = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """A numeral as it stands in a text.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        values: What it may mean; more than one where the writing is vague, as in "두세".
    """

    start: int
    end: int
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what it is part of.

    Attributes:
        text: As it is written.
        values: What it may mean. Times of day are minutes after midnight, twice where the half of
            the day is open; anything else is the plain number.
        unit: What it counts.
        parts: The numbers it is made of, where it is a time of day or a fraction.
        name: The name that it belongs to, "Gemma" in "Gemma 4"; else empty.
    """

    text: str
    values: tuple[Decimal, ...]
    unit: Unit = Unit.NONE
    parts: tuple[Decimal, ...] = ()
    name: str = ""


def clock_values(hour: Decimal, minute: Decimal, half: str) -> tuple[Decimal, ...]:
    """Return the minutes after midnight that a time of day may mean.

    Args:
        hour: 0 to 24.
        minute: 0 to 59.
        half: "a" before noon, "p" after noon, "" where it is not said.
    """
    if hour > NOON or hour == 0:
        # Afternoon 0 o'clock is how Japanese writes noon.
        return ((hour % 24 + (NOON if half == "p" and hour == 0 else 0)) * 60 + minute,)
    morning = hour % NOON * 60 + minute
    afternoon = morning + NOON * 60
    return {"a": (morning,), "p": (afternoon,)}.get(half, (morning, afternoon))
