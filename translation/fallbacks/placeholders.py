"""Carry terms, numbers and code past a model that loses them: placeholders go in and out. Pure.

A model that garbles a rare name copies a token such as "X1" as it is. Two kinds of token are tried,
for a model may know one of them as something else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from podcast.language import Language
from translation.glossary.insertion import insert, pattern
from translation.glossary.terms import Term, terms_in
from translation.typography.literals import LITERAL

KINDS = ("X{}", "Q{}")
"""What stands in, numbered from 1. Neither is a word of a language that we translate."""

MAX_PLACEHOLDERS = 5
"""Of a row with more hardly anything else is left to translate."""

# A number whose rendering is the number itself: no year, amount, per cent, ordinal or "2 billion".
_PLAIN_NUMBER = (
    r"(?<![\w$€£¥#.,:])(?!(?:19|20)\d\d\b)\d+(?:\.\d+)?"
    r"(?![\w%:/-]|[.,]\d|\s*(?:hundred|thousand|million|billion|trillion|percent|o'clock|[ap]\.?m\b))"
)


@dataclass(frozen=True, slots=True)
class Masked:
    """An English row with placeholders.

    Attributes:
        text: What to translate.
        words: What each placeholder, in order, stands for in the target language.
        kind: How the placeholders are made.
    """

    text: str
    words: tuple[str, ...]
    kind: str


def mask(source: str, terms: Sequence[Term]) -> tuple[Masked, ...]:
    """Return a row with placeholders of each kind for its terms, plain numbers and addresses.

    Args:
        source: The row, in English.
        terms: The terms with a rendering in the language to translate into.

    Returns:
        Nothing where there is nothing to stand in for, or too much.
    """
    present = terms_in(source, terms)
    wanted = {spelling.casefold(): term.rendering for term in present for spelling in _spell(term)}
    searched = [pattern(tuple(wanted)).pattern] if wanted else []
    sought = "|".join((LITERAL, *searched, _PLAIN_NUMBER))
    spans = list(re.finditer(sought, source, re.IGNORECASE))
    if not 0 < len(spans) <= MAX_PLACEHOLDERS:
        return ()
    words = tuple(wanted.get(" ".join(span[0].split()).casefold(), span[0]) for span in spans)
    taken = " ".join((source, *words))
    free = [kind for kind in KINDS if not re.search(kind.format(r"\d"), taken, re.IGNORECASE)]
    return tuple(Masked(_replaced(source, spans, kind), words, kind) for kind in free)


def unmask(text: str, masked: Masked, target: Language) -> str | None:
    """Put the words back; None unless every placeholder came through exactly once."""
    words = {masked.kind.format(n): word for n, word in enumerate(masked.words, 1)}
    if any(len(pattern((placeholder,)).findall(text)) != 1 for placeholder in words):
        return None
    return insert(text, words, target)


def _spell(term: Term) -> tuple[str, ...]:
    return (term.source, *term.misheard)


def _replaced(source: str, spans: Sequence[re.Match[str]], kind: str) -> str:
    pieces, end = [], 0
    for number, span in enumerate(spans, 1):
        pieces += [source[end : span.start()], kind.format(number)]
        end = span.end()
    return "".join((*pieces, source[end:]))
