"""Read quantities that have words of their own in English: twice, half of it, a dozen."""

import re
from collections.abc import Callable
from decimal import Decimal

from podcast.languages.units import Unit
from translation.numbers.amounts import HALF, NOON, Amount, clock_values
from translation.numbers.expressions_en import UNIT
from translation.numbers.numerals_en import COUNTS, TENS

_ONES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = """
    tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth
    nineteenth
"""
_RANKS = {word: rank for rank, word in enumerate([*_ONES, *_TEENS.split()], 1)}
_ROUND_RANKS = {re.sub("y$", "ieth", word): value for word, value in TENS.items()}

_HOUR = r"(?P<hour>\d\d?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
QUANTITIES = re.compile(
    rf"""
    \b(?P<shift>[Hh]alf\ past|[Qq]uarter\ (?:past|after|to)|(?i:five|ten|twenty)\ past
        |(?<!from\ )(?i:ten)\ to(?=\ (?:two|three|four|five|six|seven|eight|nine)\b))\ {_HOUR}
    |(?i:\b(?P<shares>an?(?=[- ]\w+\ of\b)|one|two|three|four|five|seven|nine)[- ]
        (?P<kind>third|fourth|quarter|fifth|sixth|eighth|tenth)(?:s|(?=\ of\b))\b)
        (?:\ of\ an?(?P<part>\ )(?!million|billion|trillion|percent))?
    |\b(?P<dozen>(?i:a|one|two|three|four|five|six|half\ a))\ dozen\b
    |\b[Hh]alf\ (?P<half>of|the|my|our|your|their|his|her|its|an?)\b
        (?!\ (?:hundred|thousand|\w+illion|time|battle|brain|chance|dozen|fun|mind|story|world)\b)
    |\b(?i:an?|one)\ (?P<more>[a-z]+)\ and\ a\ half\b
    |(?<!of\ )\b(?i:an?|one)\ (?P<age>decade|century)\b
    |(?<![Tt]hink\ )\b(?P<times>[Tt]wice|[Dd]oubl(?:ed|ing)|[Tt]ripl(?:ed|ing)
        |[Qq]uadrupl(?:ed|ing)|(?:three|four|five|six|seven|eight|nine|ten)-?fold)\b
    |\b(?P<tens>{"|".join(TENS)})[- ](?P<one>{"|".join(_ONES)})\b
    |(?<!\b[Aa]\ )(?<!\b[Oo]ne[ -])(?<!\b[Tt]wo[ -])\b
        (?P<rank>{"|".join([*_RANKS, *_ROUND_RANKS])})\b
        (?!-|\ (?:part|world|of\ July|sense|heaven|wheel|estate)\b)
    """,
    re.VERBOSE,
)
"""In small letters: what has a capital is a name, the Third World or Fifth Avenue."""

_SHARES = {
    "third": 3, "fourth": 4, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10,
}  # fmt: skip
_NAMED_HALF = re.compile(r"\b(?:\w+ern|first|second|other|latter|top|bottom|upper|lower) $")
"""Before a half that is a part with a place: the eastern half of the island."""

_TIMES = {"twice": 2, "double": 2, "triple": 3, "quadruple": 4}
_SHIFTS = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20}
_DOZEN = 12
_SMALLEST_RANK = 3
"""First and second are many other things as well: first of all, a second."""


def quantity(match: re.Match[str]) -> Amount | None:
    """Return what a match of `QUANTITIES` names; None where it need not survive."""
    kind = next(name for name in _READERS if match[name])
    return _READERS[kind](match)


def _dozen(match: re.Match[str]) -> Amount:
    """A dozen is about ten as often as it is twelve."""
    word = match["dozen"].lower()
    count = HALF if word == "half a" else Decimal(COUNTS.get(word, 1))
    return Amount(match[0], (count * _DOZEN, count * 10))


def _more(match: re.Match[str]) -> Amount | None:
    """Read a year and a half."""
    unit = UNIT.fullmatch(match["more"])
    return Amount(match[0], (1 + HALF,), Unit[str(unit.lastgroup)]) if unit else None


def _age(match: re.Match[str]) -> Amount:
    return Amount(match[0], (Decimal(1),), Unit[match["age"].upper()])


def _times(match: re.Match[str]) -> Amount:
    word = re.sub("(?<=l)(?:ed|ing)$", "e", match["times"].lower())
    return Amount(match[0], (Decimal(_TIMES.get(word) or COUNTS[re.split("-?fold", word)[0]]),))


def _tens(match: re.Match[str]) -> Amount:
    return _ranked(match, TENS[match["tens"]] + _RANKS[match["one"]])


def _rank(match: re.Match[str]) -> Amount | None:
    rank = (_RANKS | _ROUND_RANKS)[match["rank"]]
    return _ranked(match, rank) if rank >= _SMALLEST_RANK else None


def _ranked(match: re.Match[str], rank: int) -> Amount:
    unit = _unit_after(match)
    return Amount(match[0], (Decimal(rank),), unit if unit is Unit.CENTURY else Unit.NONE)


def _share(match: re.Match[str]) -> Amount:
    """Read two thirds; three quarters may be three times three months as well."""
    count, kind = Decimal(COUNTS.get(match["shares"].lower(), 1)), match["kind"].lower()
    share = count / _SHARES[kind]
    if unit := _unit_after(match) if match["part"] else None:
        return Amount(match[0].strip(), (share,), unit)
    percent = Decimal(round(share * 100))
    return Amount(match[0], (share, percent, count) if kind == "quarter" else (share, percent))


def _half(match: re.Match[str]) -> Amount | None:
    if _NAMED_HALF.search(match.string[: match.start()]):
        return None
    if unit := _unit_after(match) if match["half"] in {"a", "an"} else None:
        return Amount(match[0], (HALF,), unit)
    return Amount(match[0], (HALF, Decimal(50)))


def _unit_after(match: re.Match[str]) -> Unit | None:
    """Return what a share is of: half a mile, three quarters of an hour."""
    unit = UNIT.match(match.string, match.end())
    return Unit[str(unit.lastgroup)] if unit else None


def _clock(match: re.Match[str]) -> Amount:
    hour = Decimal(COUNTS.get(match["hour"]) or match["hour"])
    minute = Decimal(_SHIFTS[match["shift"].split()[0].lower()])
    if match["shift"].endswith("to"):
        hour, minute = (hour - 1 or Decimal(NOON)), 60 - minute
    return Amount(match[0], clock_values(hour, minute, ""), Unit.CLOCK, (hour, minute))


_READERS: dict[str, Callable[[re.Match[str]], Amount | None]] = {
    "shift": _clock,
    "shares": _share,
    "dozen": _dozen,
    "half": _half,
    "more": _more,
    "age": _age,
    "times": _times,
    "tens": _tens,
    "rank": _rank,
}
