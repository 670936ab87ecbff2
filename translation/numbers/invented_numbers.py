"""Find the numbers of a translation that its English does not say. Pure."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from podcast.language import Language
from podcast.languages.units import Unit
from translation.numbers.amounts import Amount
from translation.numbers.expressions_en import MONTHS, UNIT
from translation.numbers.numbers_en import numbers_of_english
from translation.numbers.numerals_cjk import DIGITS
from translation.numbers.numerals_en import NUMBER_WORD, NUMBER_WORDS, TENS, values_of_words
from translation.numbers.row_numbers import normalised, numbers_in
from translation.numbers.row_units import agree, is_converted

_SMALLEST = 2
"""A one is in many words that count nothing: 1つ, 1주일, 1日中."""

_YEARS = range(1500, 2100)
_MONEY = frozenset({Unit.USD, Unit.CENT, Unit.EUR, Unit.GBP, Unit.JPY, Unit.KRW})
_MONTH = "|".join(f"{month}|{month[:3]}" for month in MONTHS)
_COUNTING = re.compile(
    rf"""
    \d|\b(?:{NUMBER_WORD}|{_MONTH}|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth
    |once|twice|hal(?:f|ves)|quarters?|couple|pairs?|both|either|noon|midnight
    |[a-z]+(?:teenth|tieth|ties)|(?:doubl|tripl|quadrupl)[a-z]+|(?:bi|tri|twi)[a-z]+
    |dozens?|hundreds|thousands|[a-z]+illions|decades?|centur(?:y|ies)|millenni[a-z]+|fortnights?
    |[a-z]*days?|years?|months?|teen(?:s|age[a-z]*)|freshm[ae]n|sophomores?|juniors?|seniors?
    |hat[- ]tricks?|semi-?finals?|quarter-?finals?|[a-z]+fold|(?:quart|quint|sext|oct)ets?|duos?
    |clock
    |(?-i:II+|I?V|VI+|I?X|X[IVX]+))\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Whatever a translation may write a number for: a couple, both, World War II."""

_VAGUE = re.compile(
    r"""
    \b(?:nines|clock|day\ and\ night|all\ day|year[- ]round
    |few|several|couple|score|half|halves|quarters?|once|twice|hundreds|thousands|[a-z]+illions
    |teen(?:s|age[a-z]*)|decades?|centur(?:y|ies)|(?:doubl|tripl|quadrupl|millenni)[a-z]+
    |[a-z]*dozens?|[a-z]+fold|(?-i:[IVX]{2,}))\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Whatever may be said with a number that is no other number's equal."""

_SMALLEST_EXACT = 13
"""Smaller numbers stand for months, ranks and hours, and in many words."""

_INEXACT = frozenset({Unit.CENTURY, Unit.CLOCK, Unit.MINUTE})
"""What may be said with a number where English has another: the 1960s, noon, an hour and a half."""

_ONE = re.compile(r"\b(?:an?|one|per|each|every)(?=[ -])", re.IGNORECASE)
"""Before a measure: a foot of snow is 30 cm, a day 24 hours."""

_COINS = re.compile(r"\b(?:nickel|dime|penny|pennies|fiver|tenner|grand)s?\b")
_FRACTION = re.compile("분의|分[之の]")
_APPROXIMATION = re.compile(r"\((?:약|約|约)[^()]*\)")
_NUMBER = re.compile(rf"(?<![A-Za-z\d.]){DIGITS}")


def invented_numbers(source: str, text: str, target: Language) -> tuple[str, ...]:
    """Return the numbers in digits that a translation has made up.

    In a row that counts nothing any number is. Elsewhere only years, sums of money and larger
    numbers are looked at: others may say in digits what the English says in many ways. What
    stands in brackets as about as much is a conversion.

    Args:
        source: The English row.
        text: Its translation.
        target: The translation's language.
    """
    source, text = normalised(source), _APPROXIMATION.sub(" ", normalised(text))
    if not _NUMBER.search(text):
        return ()
    counts, said = _COUNTING.search(source), tuple(_said(source))
    return tuple(
        amount.text
        for amount in numbers_in(text, target)
        if _NUMBER.match(amount.text)
        and amount.values[0] >= _SMALLEST
        and (not counts or _must_be_said(amount, source, said))
        and not any(_explains(one, amount) for one in said)
    )


def _must_be_said(amount: Amount, source: str, said: Sequence[Amount]) -> bool:
    """Say whether a number must be in its English where that counts something else as well."""
    if (amount.unit in _MONEY and not _COINS.search(source)) or _is_year(amount):
        return True
    if amount.values[0] < _SMALLEST_EXACT or amount.unit in _INEXACT or _VAGUE.search(source):
        return False
    digits = "".join(f"{value:f}".replace(".", "") for one in said for value in one.values)
    is_part = re.sub(r"\D", "", amount.text) in digits  # 1:47.33; "one twenty-eight" is 128
    return not is_part and not _FRACTION.search(amount.text)


def _said(source: str) -> Iterator[Amount]:
    """Return all numbers of the English, also those that need not survive."""
    yield from numbers_of_english(source)
    for match in NUMBER_WORDS.finditer(source):
        yield Amount(match[0], values_of_words(match))
    for match in _ONE.finditer(source):
        if unit := UNIT.match(source, match.end()):
            yield Amount(match[0], (Decimal(1),), Unit[str(unit.lastgroup)])
    for word, value in TENS.items():
        if f"{word[:-1]}ies" in source.lower():  # the nineties
            yield Amount(word, (Decimal(value),))
    for match in _NUMBER.finditer(source):
        yield Amount(match[0], (Decimal(match[0].replace(",", "")),))


def _is_year(amount: Amount) -> bool:
    is_unmeasured = amount.unit in {Unit.NONE, Unit.YEAR}
    return is_unmeasured and amount.text[:4].isdecimal() and amount.values[0] in _YEARS


def _explains(said: Amount, amount: Amount) -> bool:
    pairs = [(v, w) for v in (*said.values, *said.parts) for w in amount.values]
    if _is_year(amount) and any(value == year % 100 for value, year in pairs):
        return True  # '98, nineteen ninety-eight, the nineties
    return any(
        (v == w and agree(said.unit, amount.unit)) or is_converted(v, said.unit, w, amount.unit)
        for v, w in pairs
    )
