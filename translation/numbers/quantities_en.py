"""Read quantities that have words of their own in English: twice, half of it, a dozen."""

import re
from collections.abc import Iterator
from decimal import Decimal

from podcast.languages.units import Unit
from translation.numbers.amounts import HALF, NOON, Amount, clock_values
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
    \b(?P<shift>[Hh]alf\ past|[Qq]uarter\ (?:past|after|to))\ {_HOUR}
    |\b(?P<dozen>(?i:a|one|two|three|four|five|six|half\ a))\ dozen\b
    |\b[Hh]alf\ (?P<half>of|the|my|our|your|their|his|her|its|an?)\b
        (?!\ (?:hundred|thousand|\w+illion|time|battle|brain|dozen)\b)
        (?:\ (?P<whole>hour|day|year|decade|century)\b)?
    |(?<!of\ )\b(?i:an?|one)\ (?P<age>decade|century)\b
    |(?<![Tt]hink\ )(?P<twice>\b(?:[Tt]wice|doubled|doubling)\b)
    |\b(?P<tens>{"|".join(TENS)})[- ](?P<one>{"|".join(_ONES)})\b
    |(?<!\b[Aa]\ )(?<!\b[Oo]ne[ -])(?<!\b[Tt]wo[ -])\b
        (?P<rank>{"|".join([*_RANKS, *_ROUND_RANKS])})\b
        (?!-|\ (?:part|world|of\ July|sense|heaven|wheel|estate)\b)
    """,
    re.VERBOSE,
)
"""In small letters: what has a capital is a name, the Third World or Fifth Avenue."""

_NAMED_HALF = re.compile(r"\b(?:\w+ern|first|second|other|latter|top|bottom|upper|lower) $")
"""Before a half that is a part with a place: the eastern half of the island."""

_OF_HALF = {"hour": 30, "day": NOON, "year": 6, "decade": 5, "century": 50}
_DOZEN = 12
_SMALLEST_RANK = 3
"""First and second are many other things as well: first of all, a second."""


def quantity(match: re.Match[str]) -> Iterator[Amount]:
    """Return what a match of `QUANTITIES` names; nothing where it need not survive."""
    if match["shift"]:
        yield _clock(match)
    elif match["dozen"]:
        word = match["dozen"].lower()
        count = HALF if word == "half a" else Decimal(COUNTS.get(word, 1))
        # A dozen is about ten as often as it is twelve.
        yield Amount(match[0], (count * _DOZEN, count * 10))
    elif match["half"]:
        if _NAMED_HALF.search(match.string[: match.start()]):
            return
        yield Amount(match[0], (HALF, Decimal(50), Decimal(_OF_HALF.get(match["whole"], 50))))
    elif match["age"]:
        yield Amount(match[0], (Decimal(1),), Unit[match["age"].upper()])
    elif match["twice"]:
        yield Amount(match[0], (Decimal(2),))
    elif match["tens"]:
        yield Amount(match[0], (Decimal(TENS[match["tens"]] + _RANKS[match["one"]]),))
    elif (rank := (_RANKS | _ROUND_RANKS)[match["rank"]]) >= _SMALLEST_RANK:
        yield Amount(match[0], (Decimal(rank),))


def _clock(match: re.Match[str]) -> Amount:
    hour = Decimal(COUNTS.get(match["hour"]) or match["hour"])
    minute = Decimal(30 if match["shift"].lower().startswith("half") else 15)
    if match["shift"].endswith("to"):
        hour, minute = (hour - 1 or Decimal(NOON)), 60 - minute
    return Amount(match[0], clock_values(hour, minute, ""), Unit.CLOCK, (hour, minute))
