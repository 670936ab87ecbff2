"""Read number words of English: "twenty-five", "two and a half million", "nineteen ninety"."""

import re
from decimal import Decimal

from translation.numbers.amounts import HALF

_UP_TO_TWENTY = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
"""
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
COUNTS = {word: value for value, word in enumerate(_UP_TO_TWENTY.split())}
TENS = {word: value * 10 for value, word in enumerate(_TENS_WORDS.split(), 2)}
MAGNITUDES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
SUFFIXES = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12, "tn": 10**12,
    "grand": 10**3,
}  # fmt: skip

NUMBER_WORD = "|".join(sorted(COUNTS | TENS | MAGNITUDES, key=len, reverse=True))
_DIGIT_WORD = "oh|zero|one|two|three|four|five|six|seven|eight|nine"
_SIZE = "hundred|thousand|million|billion|trillion"
NUMBER_WORDS = re.compile(
    rf"\b(?P<article>an?\s+|half\s+an?\s+)?"
    rf"(?P<words>(?:{NUMBER_WORD})(?:[\s-]+(?:and\s+)?(?:{NUMBER_WORD}))*)\b"
    rf"(?P<point>\s+point(?:\s+(?:{_DIGIT_WORD}))+\b(?:\s+(?P<point_size>{_SIZE})\b)?)?"
    rf"(?P<half>\s+and\s+a\s+half\b(?:\s+(?P<half_of>thousand|million|billion|trillion)\b)?)?",
    re.IGNORECASE,
)

_CENTURIES = range(16, 22)
_TWO_DIGITS = range(10, 100)


def values_of_words(match: re.Match[str]) -> tuple[Decimal, ...]:
    """Return the numbers that a match of `NUMBER_WORDS` names, in order.

    Several words in a row are several numbers where they cannot be one: "two three" is 2 and 3.
    """
    values = _values(re.findall(NUMBER_WORD, match["words"].lower()))
    if (match["article"] or "").lower().startswith("half"):
        values[0] *= HALF
    if match["point"]:
        words = re.findall(_DIGIT_WORD, match["point"].lower().removeprefix(" point"))
        values[-1] += Decimal("0." + "".join(str(COUNTS.get(word, 0)) for word in words))
        values[-1] *= MAGNITUDES.get((match["point_size"] or "").lower(), 1)
    if match["half"]:
        values[-1] = (values[-1] + HALF) * MAGNITUDES.get((match["half_of"] or "").lower(), 1)
    return tuple(values)


def _values(words: list[str]) -> list[Decimal]:
    values: list[int] = []
    total, current = 0, None
    for word in words:
        if word in MAGNITUDES:
            size = MAGNITUDES[word]
            # "million" after "hundred thousand" would be a new number; people do not say that.
            if size == MAGNITUDES["hundred"]:
                current = (current or 1) * size
            else:
                total, current = total + (1 if current is None else current) * size, None
        elif current is None:
            current = _small(word)
        elif _continues(current, word):
            current += _small(word)
        else:
            values.append(total + current)
            total, current = 0, _small(word)
    values.append(total + (current or 0))
    return [Decimal(value) for value in _years(values)]


def _small(word: str) -> int:
    return COUNTS[word] if word in COUNTS else TENS[word]


def _continues(current: int, word: str) -> bool:
    """Say whether a word goes on with a number: "twenty | five", "two hundred | twelve"."""
    value = _small(word)
    if current == 0 or value == 0:
        return False
    is_digit_after_tens = value in range(10) and current % 10 == 0 and current % 100 not in {0, 10}
    return is_digit_after_tens or current % 100 == 0


def _years(values: list[int]) -> list[int]:
    """Join the two halves of a year: "nineteen ninety" is 1990."""
    match values:
        case [century, year] if century in _CENTURIES and year in _TWO_DIGITS:
            return [century * 100 + year]
    return values
