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
        Unit.KILOMETRE: 1000, Unit.MILE: "1609.344", Unit.METRE_A_SECOND: 3600,  # in an hour
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
    "power": {
        Unit.WATT: 1, Unit.KILOWATT: 1000, Unit.MEGAWATT: 10**6, Unit.GIGAWATT: 10**9,
    },
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
"""Of a converted amount, the share by which translators round it: 3,000 miles is 4,800 km.

A single digit is rounded as it is said: 14 feet are "over 4 metres".
"""

_DEGREES = Decimal(2)
"""Fahrenheit; half a degree of either side, or a fiftieth where an oven is that hot."""

_TEMPERATURES = frozenset({Unit.DEGREE, Unit.CELSIUS, Unit.FAHRENHEIT})

PARTS = {
    (Unit.YEAR, Unit.MONTH): 12, (Unit.DAY, Unit.HOUR): 24, (Unit.HOUR, Unit.MINUTE): 60,
    (Unit.MINUTE, Unit.SECOND): 60, (Unit.FOOT, Unit.INCH): 12, (Unit.METRE, Unit.CENTIMETRE): 100,
    (Unit.POUND, Unit.OUNCE): 16,
}  # fmt: skip
"""How many of the second are one of the first, where people say both: 5 feet 9 inches."""

_SAME = (
    {Unit.POUND, Unit.GBP},
    {Unit.DEGREE, Unit.CELSIUS},
    {Unit.DEGREE, Unit.FAHRENHEIT},
    {Unit.METRE, Unit.METRE_A_SECOND},
    {Unit.KILO, Unit.KILOMETRE},
    {Unit.KILO, Unit.KILOGRAM},
)
"""Units that have one word in some language."""


def agree(wanted: Unit, found: Unit) -> bool:
    """Say whether a number may stand for another one, as far as it can be seen what they count."""
    if wanted in {Unit.NONE, found} or {wanted, found} in _SAME:
        return True
    return found is Unit.NONE and wanted not in {Unit.PERCENT, Unit.WEEKDAY}


def is_measure(unit: Unit) -> bool:
    """Say whether an amount in a unit may be given in another one."""
    return unit in _SIZES or unit in _TEMPERATURES


def is_converted(value: Decimal, unit: Unit, into: Decimal, other: Unit) -> bool:
    """Say whether two amounts in different units are about the same: 24 hours, one day."""
    if unit in _TEMPERATURES and other in _TEMPERATURES:
        return _is_same_temperature(value, unit, into, other)
    if unit is other:
        return False
    if other is Unit.KILO:
        kilos = (Unit.KILOMETRE, Unit.KILOGRAM)
        return any(is_converted(value, unit, into, kilo) for kilo in kilos)
    (dimension, size), (same, other_size) = _SIZES.get(unit, ("", 0)), _SIZES.get(other, ("", 0))
    if not dimension or dimension != same:
        return False
    exact = value * size / other_size
    if abs(into - exact) <= TOLERANCE * abs(exact):
        return True
    is_digit = dimension != "time" and into in range(1, 10) and into != value
    return is_digit and into - Decimal("0.5") <= exact < into + 1


def _is_same_temperature(value: Decimal, unit: Unit, into: Decimal, other: Unit) -> bool:
    """Say whether a temperature is that of the other scale; degrees alone may be of either."""
    if unit is other and unit is not Unit.DEGREE:
        return False
    is_into_celsius = unit is not Unit.CELSIUS and other is not Unit.FAHRENHEIT
    celsius, fahrenheit = (into, value) if is_into_celsius else (value, into)
    return abs(celsius * Decimal("1.8") + 32 - fahrenheit) <= max(_DEGREES, abs(fahrenheit) / 50)


_LETTERS = {
    Unit.MILLISECOND: "ms", Unit.NANOMETRE: "nm", Unit.KILOMETRE: "km|kph", Unit.MILE: "mi|mph",
    Unit.KILOGRAM: "[kK][gG]", Unit.MILLIGRAM: "mg", Unit.GRAM: "g", Unit.MILLILITRE: "m[lL]",
    Unit.LITRE: "[lL]", Unit.HECTARE: "ha", Unit.POUND: "lbs?", Unit.OUNCE: "oz",
    Unit.WATT: "W", Unit.KILOWATT: "[kK]W", Unit.MEGAWATT: "MW", Unit.GIGAWATT: "GW",
    Unit.FOOT: "ft", Unit.KILOBYTE: "[kK]B", Unit.MEGABYTE: "MB", Unit.GIGABYTE: "GB",
    Unit.TERABYTE: "TB", Unit.PETABYTE: "PB", Unit.CELSIUS: r"°\s?C", Unit.FAHRENHEIT: r"°\s?F",
}  # fmt: skip
_SYMBOLS = {
    Unit.SQUARE_KILOMETRE: "km2",
    Unit.SQUARE_METRE: "m2",
    Unit.MILLIMETRE: r"mm(?![A-Za-z\d])",
    Unit.CENTIMETRE: r"cm(?![A-Za-z\d])",
    Unit.METRE: r"m(?![A-Za-z\d])",
    **{unit: f"(?:{letters})(?![A-Za-z])" for unit, letters in _LETTERS.items()},
}


def _words(own: Mapping[Unit, str]) -> dict[Unit, str]:
    """Return the patterns of a language with the symbols that all share; symbols go first."""
    both = [unit for unit in _SYMBOLS if unit in own]
    joined = {unit: f"{_SYMBOLS[unit]}|{own[unit]}" for unit in both}
    return {**_SYMBOLS, **own, **joined}


UNIT_WORDS = {language: _words(language.profile.numbers.units) for language in Language}
"""What stands behind a number, as patterns; the first that fits counts."""
