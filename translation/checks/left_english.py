"""Find English words that a translation left standing, as weak models do with rare ones. Pure.

A lower-case word of the source is a word to translate, unless it belongs to a Latin name ("Bed Bath
and Beyond"), is explained in brackets behind its translation, or is itself what is talked about.
"""

import re
from collections.abc import Iterator, Sequence

from podcast.language import Language
from podcast.languages.letters import LATIN
from translation.checks.scripts import names_in
from translation.glossary.terms import TRANSLATED, Term
from translation.typography.characters import HAN, HANGUL, KANA
from translation.typography.literals import FILE, LITERAL

_LITERAL = re.compile(f"{LITERAL}|{FILE}")
_LINK_WORDS = """
    a al an and at by da das de del den der di do dos du el en et for in la las le les lo los of on
    or the to van von with y
"""
_LINKS = frozenset(_LINK_WORDS.split())
"""What stands in small letters inside longer names: "Proceedings of the Academy"."""

_ASIDE = re.compile(
    rf"(?<=\w) ?[(（\[［][^()（）\[\]［］{HAN}{KANA}{HANGUL}]*[)）\]］]|\b[a-z]\.[a-z]\.",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"'“‘«「『《]([^\"'“”‘’«»「」『』《》]+)[\"'”’»」』》]")
_ABOUT_WORDS = re.compile(
    r"\b(?:mean|word|term|phrase|letter|spell|pronounce|translat)\w*", re.IGNORECASE
)
_MENTIONED = re.compile(rf"\b(?:words?|terms?)\s+(?P<word>[{LATIN}]+)", re.IGNORECASE)
_RUN = re.compile(rf"[{LATIN}]+(?:(?:[ -]|[.,] | ?& ?|['’])[{LATIN}]+)*")
_WORD = re.compile(rf"(?<![{LATIN}\d])(?:[{LATIN}]{{2,}}|a(?= |$))(?![{LATIN}\d])")
_ORDINAL = re.compile(rf"(?<![{LATIN}\d,.])\d+(?:st|nd|rd|th)(?![{LATIN}])(?! [A-Z])")
_VOWEL = re.compile("[aeiouy]")  # what has none is no word: mm, http
_SPECIES = re.compile(r"(?:us|um|is|ae|ii|ens|a)$")  # Homo sapiens
_EVERYDAY = frozenset(word.lower() for word in TRANSLATED if len(word) > len("USA"))


def english_left(source: str, text: str, target: Language, terms: Sequence[Term] = ()) -> str:
    """Return the English words that a translation left standing, in order; empty if none.

    Args:
        source: The English row.
        text: Its translation.
        target: The translation's language.
        terms: Terms of the glossary; those that stay English may stand.
    """
    said = {word for word in _WORD.findall(_LITERAL.sub(" ", source)) if word.islower()}
    meant = (
        said
        - _EVERYDAY
        - target.profile.script.loans
        - names_in(source, terms)
        - _talked_about(source, text)
    )
    own = _ASIDE.sub(" ", _LITERAL.sub(" ", text))
    found = [
        word
        for run in _RUN.findall(own)
        for word in _plain_words(run, source, target)
        if word.lower() in meant and _VOWEL.search(word.lower())
    ]
    titles = _QUOTED.findall(source)
    found += [rank for rank in _ORDINAL.findall(own) if rank in source and rank not in titles]
    return ", ".join(dict.fromkeys(found))


def _plain_words(run: str, source: str, target: Language) -> Iterator[str]:
    """Return the words of a run that belong to no name.

    A translator may make a name of what the source writes small: "Transformer block".
    """
    first, *others = _WORD.findall(run) or [""]
    is_named = first[:1].isupper() and run.lower() in source.lower()
    if is_named and others and not _stands_in(first, source):
        return
    links = _LINKS if any(word[0].isupper() for word in others) else frozenset()
    for word in (first, *others):
        in_name = is_named and (word in links or _SPECIES.search(word))
        if word.islower() and not in_name:
            yield word
    is_loan = target.profile.script.takes_loans or others or _stands_in(first, source)
    if first[:1].isupper() and not is_loan:
        yield first


def _stands_in(word: str, source: str) -> bool:
    return re.search(rf"(?<![{LATIN}\d]){word}(?![{LATIN}\d])", source) is not None


def _talked_about(source: str, text: str) -> set[str]:
    """Return words that a row is about as words: called so, or in quotes and explained."""
    pieces = _QUOTED.findall(text) if _ABOUT_WORDS.search(source) else ()
    quoted = {word for piece in pieces for word in _WORD.findall(piece)}
    return quoted | {found["word"] for found in _MENTIONED.finditer(source)}
