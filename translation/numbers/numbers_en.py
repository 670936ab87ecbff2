"""Find the numbers of an English row that its translation must not lose.

Digits always count. Number words count where they clearly name a quantity: from three up, "two"
before a measure ("two weeks", "two percent"), anything with a fraction. "One" is rarely a number
in talk ("no one", "one thing", "one day"), and "a hundred" or "a million" without a measure rarely
an exact one. Some expressions are idioms that a good translation may say without a number; they
are listed in `translation.numbers.expressions_en`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from podcast.languages.units import Unit
from translation.numbers.amounts import HALF, Amount, clock_values
from translation.numbers.expressions_en import (
    CALENDAR,
    EXPRESSIONS,
    FALSE_START,
    IDIOMS,
    MINUS,
    MONTHS,
    NAME,
    NO_NAMES,
    PART_OF_DECADE,
    RANGE,
    SPAN,
    UNIT,
    WEATHER,
    WEEKDAY,
    WEEKDAYS,
)
from translation.numbers.numerals_en import (
    MAGNITUDES,
    NUMBER_WORDS,
    SUFFIXES,
    values_of_words,
)
from translation.numbers.quantities_en import QUANTITIES, quantity
from translation.numbers.row_units import CURRENCY_SIGNS, PARTS, is_measure

_DIGIT = re.compile(r"\d")
_CENTURY = Decimal(100)
_NIL = re.compile(r"\d-0$")  # the other side had nothing
_ROUND_WHOLES = (10, 100)
_BETWEEN_PARTS = re.compile(r"(?:[\s-]|, ?)?(?:and )?")
_SMALLEST_PLAIN = 3
"""From here on a number word alone is a quantity."""


@lru_cache(maxsize=4096)  # each row is asked about once for each language, and again when mended
def numbers_of_english(text: str) -> tuple[Amount, ...]:
    """Return the numbers that must survive, in order.

    Args:
        text: Normalised: see `translation.numbers.row_numbers.normalised`.
    """
    text = IDIOMS.sub(lambda match: " " * len(match[0]), text)
    return tuple(_joined(text, sorted(_all(text), key=lambda found: found[0])))


def _all(text: str) -> Iterator[tuple[int, Amount]]:
    words = text
    for match in EXPRESSIONS.finditer(text) if _DIGIT.search(text) else ():
        words = words[: match.start()] + "0" * len(match[0]) + words[match.end() :]
        kind = next(name for name in _READERS if match[name])
        for amount in _READERS[kind](match):
            yield match.start(), amount
    for match in QUANTITIES.finditer(words):
        words = words[: match.start()] + "0" * len(match[0]) + words[match.end() :]
        if found := quantity(match):
            yield match.start(), found
    for match in WEEKDAY.finditer(text):
        value = Decimal(WEEKDAYS.index(match["day"]) + 1)
        yield match.start(), Amount(match["day"], (value,), Unit.WEEKDAY)
    for match in CALENDAR.finditer(text):
        month = re.split("[ -]", match[0])[-1]
        value = Decimal([name[:3] for name in MONTHS].index(month[:3]) + 1)
        yield match.start(), Amount(month, (value,), Unit.CALENDAR_MONTH)
    for match in NUMBER_WORDS.finditer(words):
        for amount in _spelled(match):
            yield match.start(), amount


def _joined(text: str, found: Sequence[tuple[int, Amount]]) -> Iterator[Amount]:
    """Read two numbers as one as well: 5 feet 9 inches, in either unit, and nine in ten."""
    amounts: list[Amount | None] = [amount for _, amount in found]
    for n, ((start, large), (then, small)) in enumerate(pairwise(found)):
        between = text[start + len(large.text) : then]
        is_share = {large.unit, small.unit} == {Unit.NONE} and between in {" in ", " out of "}
        if is_share and small.values[0] in _ROUND_WHOLES:
            percent = large.values[0] * 100 / small.values[0]
            amounts[n] = replace(large, values=(*large.values, percent))
            amounts[n + 1] = None  # 九成
        is_bare = large.unit is Unit.FOOT and small.unit is Unit.NONE and between in {" ", "-"}
        unit = Unit.INCH if is_bare else small.unit  # six foot two
        parts = PARTS.get((large.unit, unit))
        if parts and _BETWEEN_PARTS.fullmatch(between):
            whole = large.values[0] + small.values[0] / parts
            amounts[n] = replace(large, values=(*large.values, whole))
            values = (*small.values, whole * parts)
            amounts[n + 1] = replace(small, values=values, unit=unit)
    yield from filter(None, amounts)


def _zulu(match: re.Match[str]) -> Iterator[Amount]:
    """0100 GMT."""
    hour, minute = Decimal(match["zulu_hour"]), Decimal(match["zulu_minute"])
    yield Amount(match[0], clock_values(hour, minute, ""), Unit.CLOCK, (hour, minute))


def _race(match: re.Match[str]) -> Iterator[Amount]:
    """2:14:04 and 1:47.33: hours, minutes and seconds that were taken, not a time of day."""
    *parts, seconds = match[0].split(":")
    for part in parts:
        yield Amount(match[0], (Decimal(part),))
    yield Amount(match[0], (Decimal(seconds), Decimal(int(Decimal(seconds)))))


def _relay(match: re.Match[str]) -> Iterator[Amount]:
    """4x100m, which Korean calls the relay over 400 metres."""
    leg = Decimal(match["leg"])
    yield Amount(match[0], (leg, leg * Decimal(match["legs"])))


def _height(match: re.Match[str]) -> Iterator[Amount]:
    """5'9" and 5-foot-9."""
    feet, inches = Decimal(match["feet"]), Decimal(match["inches"])
    yield Amount(match[0], (feet, feet + inches / 12), Unit.FOOT)
    yield Amount(match[0], (inches, feet * 12 + inches), Unit.INCH)


def _version(match: re.Match[str]) -> Iterator[Amount]:
    yield Amount(match[0], (), Unit.VERSION)


def _season(match: re.Match[str]) -> Iterator[Amount]:
    """1995-96: the second year may be written out."""
    since, till = Decimal(match["since"]), Decimal(match["till"])
    yield Amount(match["since"], (since,))
    yield Amount(match["till"], (till, since - since % _CENTURY + till))


def _date(match: re.Match[str]) -> Iterator[Amount]:
    """A date in digits: every part counts, a short year may be written out."""
    *parts, last = re.split(r"[-/]", match[0])
    for part in parts:
        yield Amount(part, (Decimal(part),))
    is_short_year = match[0].endswith(f"/{last}") and len(last) < len("2024")
    yield Amount(last, _years(Decimal(last)) if is_short_year else (Decimal(last),))


def _years(short: Decimal) -> tuple[Decimal, ...]:
    """Return what '98 or '24 may be written as."""
    return (short, 2000 + short, 1900 + short)


def _clock(match: re.Match[str]) -> Iterator[Amount]:
    hour, minute = Decimal(match["hour"]), Decimal(match["minute"] or match["plain_minute"] or 0)
    values = clock_values(hour, minute, (match["half"] or "").lower())
    yield Amount(match[0], values, Unit.CLOCK, (hour, minute))


def _mixed(match: re.Match[str]) -> Iterator[Amount]:
    if match["under"]:
        share = Decimal(match["over"]) / Decimal(match["under"])
    else:
        share = {"half": HALF, "quarter": Decimal("0.25")}[match["fraction"].lower()]
    size = MAGNITUDES.get((match["mixed_size"] or "").lower(), 1)
    value = (Decimal(match["whole"]) + share) * size
    yield _counted(match, Amount(match[0], (value,)))


def _ratio(match: re.Match[str]) -> Iterator[Amount]:
    above, below = Decimal(match["above"]), Decimal(match["below"])
    if above < below:
        yield _counted(match, Amount(match[0], (above / below,), parts=(above, below)))
    else:
        yield Amount(match["above"], (above,))
        yield Amount(match["below"], (below,))


def _decade(match: re.Match[str]) -> Iterator[Amount]:
    """The 1990s may be written as the nineties, the 2000s not as the noughties."""
    years = Decimal(match["years"])
    short = years % _CENTURY
    values = [years, short] if short else [years, years // _CENTURY + 1]  # the 2000s: 21世纪
    if PART_OF_DECADE.search(match.string[: match.start()]):
        values += [years + n for n in range(1, 10)]  # the mid-30s: 三十五六
    if short == years and WEATHER.search(match.string):
        values += [Decimal(round((years + n - 32) / Decimal("1.8"))) for n in range(10)]
    yield Amount(match[0], tuple(dict.fromkeys(values)))


def _ordinal(match: re.Match[str]) -> Iterator[Amount]:
    amount = Amount(match[0], (Decimal(match["rank"]),))
    counted = _counted(match, amount)
    yield counted if counted.unit is Unit.CENTURY else amount  # the third year may be 大三


def _code(match: re.Match[str]) -> Iterator[Amount]:
    """A name with digits in it: it stays as it is, or at least its digits do."""
    for digits in re.findall(r"\d+(?:\.\d+)?", match[0]):
        yield Amount(match[0], (Decimal(digits),), name=match[0])


def _plain(match: re.Match[str]) -> Iterator[Amount]:
    if FALSE_START.match(match.string, match.start()) or _NIL.search(match.string[: match.end()]):
        return
    number = Decimal(match["number"].replace(",", ""))
    is_short_year = match.string[: match.start()].endswith("'") and len(match[0]) == len("98")
    values = _years(number) if is_short_year else tuple(number * size for size in _sizes(match))
    if match["minus"] or MINUS.search(match.string[: match.start()]):
        values = tuple(-value for value in values)
    amount = Amount(match[0].strip(), values)
    if match["sign"]:
        amount = replace(amount, unit=CURRENCY_SIGNS[match["sign"].strip()])
    elif match[0].endswith(" m"):
        amount = replace(amount, unit=Unit.METRE)
    yield _named(match, _counted(match, amount))


def _named(match: re.Match[str], amount: Amount) -> Amount:
    """Add the name that the number belongs to; a point makes it a version, digit by digit."""
    name = NAME.search(match.string, 0, match.start())
    is_measured = amount.unit is not Unit.NONE or match["size"] or match["suffix"]
    if name is None or name["name"] in NO_NAMES or is_measured:
        return amount
    unit = Unit.VERSION if "." in match["number"] else Unit.NONE
    return replace(amount, name=name["name"], unit=unit)


def _sizes(match: re.Match[str]) -> tuple[int, ...]:
    """Return by what a number may have to be multiplied.

    A small letter may be a measure ("5 m"), and "2 to 3 million" leaves the first size out.
    """
    if match["size"]:
        return (MAGNITUDES[match["size"].lower()],)
    if suffix := match["suffix"]:
        size = SUFFIXES[suffix.lower()]
        return (1, size) if suffix in {"m", "b", "t"} else (size,)
    return (1, *_sizes_of_range(match))


def _sizes_of_range(match: re.Match[str]) -> tuple[int, ...]:
    """Return the size that a number shares with the end of its range: "2 to 3 million"."""
    follow = RANGE.match(match.string, match.end())
    if follow is None:
        return ()
    return ((MAGNITUDES | SUFFIXES)[(follow["size"] or follow["suffix"]).lower()],)


def _counted(match: re.Match[str], amount: Amount) -> Amount:
    """Add the measure that follows, if any."""
    unit = UNIT.match(match.string, match.end())
    if amount.unit is not Unit.NONE:
        return amount
    if unit is None:
        return replace(amount, unit=_unit_of_range(match))
    text = match.string[match.start() : unit.end()].strip()
    return replace(amount, unit=Unit[str(unit.lastgroup)], text=text)


def _unit_of_range(match: re.Match[str]) -> Unit:
    """Return the measure that a number shares with the end of its range: eight to nine inches."""
    follow = SPAN.match(match.string, match.end())
    unit = UNIT.match(match.string, follow.end()) if follow else None
    found = Unit[str(unit.lastgroup)] if unit else Unit.NONE
    return found if is_measure(found) else Unit.NONE


def _spelled(match: re.Match[str]) -> Iterator[Amount]:
    starts_sentence = re.search(r"(?:^|[.?!] )$", match.string[: match.start()])
    names_follow = re.match(r" [A-Z][a-z]", match.string[match.end() :])
    if match["words"][0].isupper() and (names_follow or not starts_sentence):
        return  # A name: the Big Four, Eleven Labs.
    *others, last = values_of_words(match)
    sizes = (1, *_sizes_of_range(match))
    if MINUS.search(match.string[: match.start()]):
        last = -last
    amounts = [Amount(match[0].strip(), (value,)) for value in others]
    amounts.append(Amount(match[0].strip(), tuple(last * size for size in sizes)))
    amounts[-1] = _counted(match, amounts[-1])
    yield from (amount for amount in amounts if _is_quantity(match, amount))


def _is_quantity(match: re.Match[str], amount: Amount) -> bool:
    """Say whether a number word must survive: see the head of this module."""
    value = amount.values[0]
    if match["words"].lower() in MAGNITUDES:
        is_half = (match["article"] or "").lower().startswith("half")
        return is_half or bool(match["article"] and amount.unit is not Unit.NONE)
    if value == 1:
        return amount.unit in {Unit.PERCENT, Unit.USD, Unit.EUR, Unit.CENT}
    is_plain = abs(value) >= _SMALLEST_PLAIN or value != int(value)
    return is_plain or amount.unit is not Unit.NONE


_READERS: dict[str, Callable[[re.Match[str]], Iterator[Amount]]] = {
    "season": _season,
    "version": _version,
    "zulu": _zulu,
    "height": _height,
    "race": _race,
    "relay": _relay,
    "date": _date,
    "clock": _clock,
    "mixed": _mixed,
    "ratio": _ratio,
    "decade": _decade,
    "ordinal": _ordinal,
    "code": _code,
    "plain": _plain,
}
