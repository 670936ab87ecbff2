"""Count word errors as the speech field does: WER, and cpWER as MeetEval defines it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import category, normalize

NORMALISATION = (
    "lower case, without punctuation, symbols and remarks in brackets; "
    "numbers and contractions stay as they are written"
)
"""What `normalise_words` does, in words."""

_NOT_SPEECH = re.compile(r"\[[^\[\]\n]*\]|<[^<>\s]*>")
_INSIDE_NUMBER = re.compile(r"(?<=\d),(?=\d{3})")
_APOSTROPHES = re.compile(r"['\u2019\u02bc]")


@dataclass(frozen=True, slots=True)
class WordErrors:
    """What has to be changed, word by word, to get from what was recognised to what was said."""

    substitutions: int
    deletions: int
    insertions: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.substitutions + self.deletions + self.insertions


def normalise_words(text: str) -> str:
    """Bring a text into the form in which words are compared.

    Compatibility forms are made one (NFKC), letters lower case. Text in square or angle brackets
    is a remark. Apostrophes vanish ("it's" is "its"), as do commas within numbers; a decimal point
    stays; any other punctuation or symbol parts words ("all-hands" is "all hands").
    """
    text = _NOT_SPEECH.sub(" ", normalize("NFKC", text).casefold())
    text = _INSIDE_NUMBER.sub("", _APOSTROPHES.sub("", text))
    return " ".join(
        "".join(letter if _is_of_word(text, at) else " " for at, letter in enumerate(text)).split()
    )


def count_word_errors(spoken: str, recognised: str) -> WordErrors:
    """Count the fewest errors between two normalised texts; either may be empty."""
    from jiwer import process_words

    found = process_words(spoken, recognised)
    return WordErrors(found.substitutions, found.deletions, found.insertions)


def speaker_word_errors(reference: Mapping[str, str], hypothesis: Mapping[str, str]) -> int:
    """Count word errors under the assignment of speakers that makes the fewest (cpWER).

    Args:
        reference: Speaker -> everything that this person says, normalised.
        hypothesis: The same as it was recognised, under other names.
    """
    from scipy.optimize import linear_sum_assignment

    size = max(len(reference), len(hypothesis))
    # Who has no counterpart is compared with somebody who says nothing.
    spoken = [*reference.values(), *[""] * (size - len(reference))]
    recognised = [*hypothesis.values(), *[""] * (size - len(hypothesis))]
    errors = [[count_word_errors(a, b).total for b in recognised] for a in spoken]
    if not errors:
        return 0
    return sum(
        errors[row][column] for row, column in zip(*linear_sum_assignment(errors), strict=True)
    )


def _is_of_word(text: str, at: int) -> bool:
    if text[at] == ".":
        return text[at - 1 : at].isdecimal() and text[at + 1 : at + 2].isdecimal()
    return category(text[at])[0] not in "PS"
