"""Check a translated row against its English: what a native editor would not let pass. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from podcast.language import Language
from podcast.transcript import Fault
from translation.checks.invented import invented
from translation.checks.left_english import english_left
from translation.checks.polarity import lost_negation, lost_question
from translation.checks.repetition import find_loop
from translation.checks.scripts import is_copied, wrong_script
from translation.glossary.terms import Term, latin_terms, terms_in
from translation.numbers.row_numbers import lost_numbers
from translation.typography.literals import LITERAL

HARD = frozenset(Fault) - {Fault.NAME, Fault.NEGATION, Fault.QUESTION}
"""Faults with which a translation must not be published. The others are signs that may mislead."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a row, with what it is about: "2 billion", "Gemma"; may be empty."""

    fault: Fault
    detail: str = ""

    def __str__(self) -> str:
        """Return the finding as the record writes it: "number: 2 billion"."""
        return f"{self.fault}: {self.detail}" if self.detail else str(self.fault)


_LITERAL = re.compile(LITERAL)
_GLOSS = re.compile(r"[(（][^()（）]*[A-Za-z][^()（）]*[)）]")
"""Names in brackets stand there besides their translation, not instead of it."""

_SLACK = 3
"""Letters by which a short translation may fall below its share: "Okay." is 嗯。"""

_EXTRA = 8
"""Letters by which a short translation may exceed its share: "Yep." is 네, 맞아요."""


def check(
    source: str, text: str, target: Language, terms: Sequence[Term] = ()
) -> tuple[Finding, ...]:
    """Return everything that is wrong with a translation; nothing where it passes.

    Args:
        source: The English row.
        text: Its translation.
        target: The translation's language.
        terms: Terms with their right translations; those that the row names must be there.
    """
    if not _letters(text) and (_letters(source) or not text.strip()):
        return (Finding(Fault.EMPTY),)
    if is_copied(source, text, terms):
        return (Finding(Fault.COPIED),)
    return tuple(_findings(source, text, target, terms))


def _findings(source: str, text: str, target: Language, terms: Sequence[Term]) -> Iterator[Finding]:
    wholes = {
        Fault.SCRIPT: wrong_script(source, text, target, terms),
        Fault.ENGLISH: english_left(source, text, target, terms),
        Fault.LOOP: find_loop(source, text, target),
        Fault.LENGTH: _wrong_length(source, text, target),
        Fault.NEGATION: lost_negation(source, text, target),
        Fault.QUESTION: lost_question(source, text, target),
    }
    yield from (Finding(fault, detail) for fault, detail in wholes.items() if detail)
    pieces = {
        Fault.INVENTED: invented(source, text, target, terms),
        Fault.NUMBER: lost_numbers(source, text, target),
        Fault.LITERAL: _lost_literals(source, text),
        Fault.TERM: _lost_terms(source, text, terms),
        Fault.NAME: _lost_names(source, text, terms),
    }
    for fault, details in pieces.items():
        yield from (Finding(fault, detail) for detail in dict.fromkeys(details))


def _lost_literals(source: str, text: str) -> Iterator[str]:
    return (piece for piece in _LITERAL.findall(source) if piece not in text)


def _lost_terms(source: str, text: str, terms: Sequence[Term]) -> Iterator[str]:
    for term in terms_in(source, terms):
        if not _has(text, term.rendering):
            yield _wanted(term)


def _lost_names(source: str, text: str, terms: Sequence[Term]) -> Iterator[str]:
    named = terms_in(source, terms)
    for name in latin_terms(source):
        if name.lower() not in text.lower() and not any(name in term.source for term in named):
            yield name


def _wrong_length(source: str, text: str, target: Language) -> str:
    """Compare the letters that had to be translated with those that came of them."""
    bare = _GLOSS.sub("", text)
    kept = {word.lower() for word in re.findall(r"[A-Za-z0-9]+", bare)}
    english = sum(len(w) for w in re.findall(r"[A-Za-z0-9]+", source) if w.lower() not in kept)
    translated = len(_letters(re.sub(r"[A-Za-z0-9]+", "", text)))
    limits = target.profile.lengths
    if translated < limits.shortest * english - _SLACK:
        return f"too short: {translated} for {english} letters"
    if translated > limits.longest * english + _EXTRA:
        return f"too long: {translated} for {english} letters"
    return ""


def _has(text: str, rendering: str) -> bool:
    """Say whether a rendering is in a text: Latin as whole words, others at any spacing."""
    text, rendering = (unicodedata.normalize("NFKC", part) for part in (text, rendering))
    if rendering.isascii():
        words = r"\s+".join(re.escape(word) for word in rendering.split())
        return bool(re.search(rf"(?<![A-Za-z0-9]){words}(?![A-Za-z0-9])", text))
    return "".join(rendering.split()) in "".join(text.split())


def _wanted(term: Term) -> str:
    is_kept = term.source == term.rendering
    return term.source if is_kept else f"{term.source} -> {term.rendering}"


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
