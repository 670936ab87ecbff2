"""What the units of numbers are worth, and how they are written in each language."""

from collections.abc import Mapping
from decimal import Decimal

from podcast.language import Language
from podcast.languages.units import Unit

CURRENCY_SIGNS = {"$": Unit.USD, "€": Unit.EUR, "£": Unit.GBP, "₩": Unit.KRW, "¥": Unit.JPY}

_DAY = 24 * 60 * 60
_YEAR = _DAY * 36525 // 100
_WORTH: dict[str, dict[Unit, str | int]] = {
    "time": {
        Unit.NANOSECOND: "0.000000001", Unit.MICROSECOND: "0.000001",
        Unit.MILLISECOND: "0.001", Unit.SECOND: 1, Unit.MINUTE: 60, Unit.HOUR: 3600,
        Unit.DAY: _DAY, Unit.WEEK: 7 * _DAY, Unit.MONTH: _YEAR // 12, Unit.YEAR: _YEAR,
        Unit.DECADE: 10 * _YEAR, Unit.CENTURY: 100 * _YEAR,
    },
    "length": {
        Unit.NANOMETRE: "0.000000001", Unit.MILLIMETRE: "0.001", Unit.CENTIMETRE: "0.01",
        Unit.INCH: "0.0254", Unit.FOOT: "0.3048", Unit.YARD: "0.9144", Unit.METRE: 1,
        Unit.KILOMETRE: 1000, Unit.MILE: "1609.344",
    },
    "area": {
        Unit.SQUARE_FOOT: "0.0929", Unit.SQUARE_METRE: 1, Unit.ACRE: "4046.86",
        Unit.HECTARE: 10_000, Unit.SQUARE_KILOMETRE: 10**6, Unit.SQUARE_MILE: 2_589_988,
    },
    "weight": {
        Unit.MILLIGRAM: "0.001", Unit.GRAM: 1, Unit.OUNCE: "28.35", Unit.POUND: "453.59",
        Unit.KILOGRAM: 1000, Unit.TON: 10**6,
    },
    "volume": {Unit.MILLILITRE: "0.001", Unit.LITRE: 1, Unit.GALLON: "3.785"},
    "data": {
        Unit.BYTE: 1, Unit.KILOBYTE: 10**3, Unit.MEGABYTE: 10**6, Unit.GIGABYTE: 10**9,
        Unit.TERABYTE: 10**12, Unit.PETABYTE: 10**15,
    },
}  # fmt: skip
_SIZES = {
    unit: (dimension, Decimal(size))
    for dimension, sizes in _WORTH.items()
    for unit, size in sizes.items()
}

TOLERANCE = Decimal("0.05")
"""Of a converted amount, the share by which translators round it: 3,000 miles is 4,800 km."""

_SAME = (
    {Unit.POUND, Unit.GBP},
    {Unit.DEGREE, Unit.CELSIUS},
    {Unit.DEGREE, Unit.FAHRENHEIT},
    {Unit.KILO, Unit.KILOMETRE},
    {Unit.KILO, Unit.KILOGRAM},
)
"""Units that have one word in some language."""


def agree(wanted: Unit, found: Unit) -> bool:
    """Say whether a number may stand for another one, as far as it can be seen what they count."""
    if wanted in {Unit.NONE, found} or {wanted, found} in _SAME:
        return True
    return found is Unit.NONE and wanted not in {Unit.PERCENT, Unit.WEEKDAY}


def is_converted(value: Decimal, unit: Unit, into: Decimal, other: Unit) -> bool:
    """Say whether two amounts in different units are about the same: 24 hours, one day."""
    if unit is other:
        return False
    if other is Unit.KILO:
        kilos = (Unit.KILOMETRE, Unit.KILOGRAM)
        return any(is_converted(value, unit, into, kilo) for kilo in kilos)
    if {unit, other} == {Unit.CELSIUS, Unit.FAHRENHEIT}:
        celsius, fahrenheit = (value, into) if unit is Unit.CELSIUS else (into, value)
        return abs(celsius * Decimal("1.8") + 32 - fahrenheit) <= 2  # noqa: PLR2004  half a degree
    (dimension, size), (same, other_size) = _SIZES.get(unit, ("", 0)), _SIZES.get(other, ("", 0))
    if not dimension or dimension != same:
        return False
    return abs(value * size - into * other_size) <= TOLERANCE * abs(value * size)


_LETTERS = {
    Unit.MILLISECOND: "ms", Unit.NANOMETRE: "nm", Unit.KILOMETRE: "km|kph", Unit.MILE: "mi|mph",
    Unit.KILOGRAM: "[kK][gG]", Unit.MILLIGRAM: "mg", Unit.POUND: "lbs?", Unit.OUNCE: "oz",
    Unit.FOOT: "ft", Unit.KILOBYTE: "[kK]B", Unit.MEGABYTE: "MB", Unit.GIGABYTE: "GB",
    Unit.TERABYTE: "TB", Unit.PETABYTE: "PB", Unit.CELSIUS: r"°\s?C", Unit.FAHRENHEIT: r"°\s?F",
}  # fmt: skip
_SYMBOLS = {
    Unit.SQUARE_KILOMETRE: "km2",
    Unit.SQUARE_METRE: "m2",
    Unit.MILLIMETRE: r"mm(?![A-Za-z\d])",
    Unit.CENTIMETRE: r"cm(?![A-Za-z\d])",
    **{unit: f"(?:{letters})(?![A-Za-z])" for unit, letters in _LETTERS.items()},
}


def _words(own: Mapping[Unit, str]) -> dict[Unit, str]:
    """Return the patterns of a language with the symbols that all share; symbols go first."""
    both = [unit for unit in _SYMBOLS if unit in own]
    joined = {unit: f"{_SYMBOLS[unit]}|{own[unit]}" for unit in both}
    return {**_SYMBOLS, **own, **joined}


UNIT_WORDS = {language: _words(language.profile.numbers.units) for language in Language}
"""What stands behind a number, as patterns; the first that fits counts."""
