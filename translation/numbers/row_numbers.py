"""Find the numbers of a row, and those that its translation lost. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from podcast.language import Language
from podcast.languages.units import Unit
from translation.numbers.amounts import Amount
from translation.numbers.numbers_cjk import numbers_of_target
from translation.numbers.numbers_en import numbers_of_english
from translation.numbers.row_units import agree, is_converted

_VULGAR = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
_PLAIN_SIGNS = str.maketrans("⁄’‘–\u2010", "/''--")  # NFKC turns U+2011 into U+2010
_MULTIPLIERS = "십백천만억조十百千万萬亿億兆"


def normalised(text: str) -> str:
    """Return the text with half-width digits and signs, composed syllables and straight quotes."""
    text = unicodedata.normalize("NFKC", _VULGAR.sub(" ", text))
    return text.translate(_PLAIN_SIGNS)


def numbers_in(text: str, language: Language) -> tuple[Amount, ...]:
    """Return the numbers of a text.

    Of an English text these are the ones that must survive: see
    `translation.numbers.numbers_en`. Of a translation they are all that may be one.
    """
    text = normalised(text)
    if language is Language.EN:
        return numbers_of_english(text)
    return numbers_of_target(text, language)


def lost_numbers(source: str, text: str, target: Language) -> tuple[str, ...]:
    """Return the number expressions of an English row that are not in its translation.

    A number that counts two things, or belongs to a name and counts something, must be there
    twice; the same expression said twice need not be.

    Args:
        source: The English row.
        text: Its translation.
        target: The translation's language.
    """
    wanted = {(a.values, a.unit, a.name): a for a in numbers_in(source, Language.EN)}
    stock = _Stock(normalised(text), numbers_in(text, target))
    lost = [amount.text for amount in wanted.values() if not stock.take(amount)]
    return tuple(dict.fromkeys(lost))


class _Stock:
    """The numbers of a translation, each of which answers for one number of the source."""

    def __init__(self, text: str, amounts: Sequence[Amount]) -> None:
        self._text = text
        self._amounts = amounts
        self._taken: set[tuple[int, Decimal]] = set()

    def take(self, wanted: Amount) -> bool:
        """Use up a number that says the same; False if there is none."""
        if wanted.unit is Unit.VERSION:
            return self._has_literally(wanted.text)
        fitting = [
            (n, value)
            for n, amount in enumerate(self._amounts)
            for value in _shared_values(wanted, amount)
            if (n, value) not in self._taken
        ]
        if not fitting:
            return self._has_converted(wanted) or self._has_as_written(wanted)
        n, value = max(
            fitting, key=lambda item: _closeness(wanted, self._amounts[item[0]], item[1])
        )
        self._taken |= {(n, taken) for taken in _used_up(self._amounts[n], value)}
        return True

    def _has_converted(self, wanted: Amount) -> bool:
        """Say whether it is there in another unit, be it for a number in brackets beside it."""
        return any(
            is_converted(value, wanted.unit, found, amount.unit)
            for amount in self._amounts
            for value in wanted.values
            for found in amount.values
        )

    def _has_as_written(self, wanted: Amount) -> bool:
        """Say whether a time or a date like 9/11 is there in its own writing: 9:30, 9·11."""
        if wanted.unit is Unit.NONE and wanted.parts:
            first, second = wanted.parts
            if any(Decimal(f"{first}{second}") in amount.values for amount in self._amounts):
                return True  # 911, 九一一
            return bool(re.search(rf"(?<!\d){first}\s?[/·.월月]\s?{second}(?!\d)", self._text))
        is_clock = ":" in wanted.text or (wanted.unit is Unit.CLOCK and wanted.text.isdecimal())
        return is_clock and self._has_literally(wanted.text)

    def _has_literally(self, expression: str) -> bool:
        number = re.escape(re.sub(r"^\D*(?=\d)", "", expression))
        return bool(re.search(rf"(?<![\d.]){number}(?![\d{_MULTIPLIERS}]|\.\d)", self._text))


def _used_up(amount: Amount, value: Decimal) -> set[Decimal]:
    """Return what a number no longer answers for: a fraction is itself or its parts, not both."""
    if amount.unit is Unit.CLOCK or not amount.parts:
        return {value}
    return {*amount.values, *amount.parts} if value in amount.values else {*amount.values, value}


def _closeness(wanted: Amount, amount: Amount, value: Decimal) -> tuple[bool, bool, bool]:
    return (value in amount.values, amount.unit is wanted.unit, amount.name == wanted.name)


def _shared_values(wanted: Amount, amount: Amount) -> Iterable[Decimal]:
    if wanted.unit is Unit.CLOCK:
        return _shared_times(wanted, amount)
    if not agree(wanted.unit, amount.unit):
        return ()
    has = amount.parts if amount.unit is Unit.CLOCK else amount.values + amount.parts
    return [value for value in wanted.values if value in has]


def _shared_times(wanted: Amount, amount: Amount) -> Iterable[Decimal]:
    if amount.unit is Unit.CLOCK:
        return [value for value in wanted.values if value in amount.values]
    is_full_hour = wanted.parts[1] == 0
    hours = [value // 60 for value in wanted.values] + [wanted.parts[0]]
    if amount.unit is Unit.NONE and is_full_hour:
        return [value for value in amount.values if value in hours]
    return ()
