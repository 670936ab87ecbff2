"""Find English words that a translation left standing, as weak models do with rare ones. Pure.

A lower-case word of the source is a word to translate, unless it belongs to a Latin name ("Bed Bath
and Beyond"), is explained in brackets behind its translation, or is itself what is talked about.
"""

import re
from collections.abc import Iterator, Sequence

from translation.checks.literals import LITERAL
from translation.checks.scripts import LATIN, names_in
from translation.glossary.terms import TRANSLATED, Term
from translation.typography.characters import HAN, HANGUL, KANA

_LINK_WORDS = """
    a al an and at by da das de del den der di do dos du el en et for in la las le les lo los of on
    or the to van von with y
"""
_LINKS = frozenset(_LINK_WORDS.split())
"""What stands in small letters inside longer names: "Proceedings of the Academy"."""

_GLOSS = re.compile(rf"(?<=\w) ?[(（\[［][^()（）\[\]［］{HAN}{KANA}{HANGUL}]*[)）\]］]")
_QUOTED = re.compile(r"[\"'“‘«「『《]([^\"'“”‘’«»「」『』《》]+)[\"'”’»」』》]")
_MENTIONED = re.compile(rf"\b(?:words?|terms?)\s+(?P<word>[{LATIN}]+)", re.IGNORECASE)
_RUN = re.compile(rf"[{LATIN}]+(?:(?:[ -]|[.,] | ?& ?|['’])[{LATIN}]+)*")
_WORD = re.compile(rf"(?<![{LATIN}\d])[{LATIN}]{{2,}}(?![{LATIN}\d])")
_VOWEL = re.compile("[aeiouy]")  # what has none is no word: mm, http
_EVERYDAY = frozenset(word.lower() for word in TRANSLATED if len(word) > len("USA"))


def english_left(source: str, text: str, terms: Sequence[Term] = ()) -> str:
    """Return the English words that a translation left standing, in order; empty if none.

    Args:
        source: The English row.
        text: Its translation.
        terms: Terms of the glossary; those that stay English may stand.
    """
    said = {word for word in _WORD.findall(LITERAL.sub(" ", source)) if word.islower()}
    may_stand = _EVERYDAY | names_in(source, terms) | _talked_about(source, text)
    left = (
        word
        for run in _RUN.findall(_GLOSS.sub(" ", LITERAL.sub(" ", text)))
        if not _is_name(run, source)
        for word in _words(run, source)
    )
    found = (w for w in left if w.lower() in said - may_stand and _VOWEL.search(w.lower()))
    return ", ".join(dict.fromkeys(found))


def _words(run: str, source: str) -> Iterator[str]:
    """Return the words of a run that are no names: what the source writes with a capital is one."""
    for word in _WORD.findall(run):
        if word.islower() or not re.search(rf"(?<![{LATIN}\d]){word}(?![{LATIN}\d])", source):
            yield word


def _is_name(run: str, source: str) -> bool:
    """Say whether Latin words are a name, with whatever small words it has.

    A translator may make a name of what the source writes small: "Transformer block".
    """
    first, *others = _WORD.findall(run) or [""]
    small = [word for word in others if word.islower()]
    if not first[:1].isupper() or run.lower() not in source.lower():
        return False
    return first not in source or (len(small) < len(others) and _LINKS.issuperset(small))


def _talked_about(source: str, text: str) -> set[str]:
    """Return words that a row is about as words: in quotes in both languages, or called a word."""
    pieces = (piece.strip(" ,.!?") for piece in _QUOTED.findall(text))
    quoted = {piece.strip(" ,.!?") for piece in _QUOTED.findall(source)}
    in_both = {word for piece in pieces if piece in quoted for word in _WORD.findall(piece)}
    return in_both | {found["word"] for found in _MENTIONED.finditer(source)}
