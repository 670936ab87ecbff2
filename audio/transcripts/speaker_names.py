"""Tell the name of a speaker from other words at the head of a line."""

import re

NAME = r"@?[^\W\d_][^\n:：?!|\[\](){}<>\t]{0,60}?"
"""Pattern of what may be a name; the functions below judge it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MOST_WORDS = 6
"""Of a name with its titles: "Prof. Dr. Ann M. Lee Jr."."""

_SMALL = _words("""
    a al and bin da de del della den der di dos du el ibn la le of the van von y zu
    speaker guest host caller voice male female man woman unknown one two three
""")
"""Words of names and roles that people write in small letters."""

_PROSE = _words("""
    about after again also although and around as at because before besides bonus breaking
    but by caution chapter conclusion correction date disclaimer episode example exactly fact
    finally first from good hello hi hint how however if in it lesson maybe meaning nb no note
    now number oh ok okay on one or part plus point problem ps quote reason remember
    reminder result right rule second since so solution source spoiler step still summary thanks
    that the then there therefore third this thus time tip title today topic until update warning
    we well what when where which who why yeah yes yet you
""")
"""Words that open a sentence, or stand before a colon within one; alone they are nobody."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ABBREVIATION = re.compile(
    r"(?:^|\W)(?:\w|\w+\.\w+|Jr|Sr|Dr|Mr|Mrs|Ms|Prof|St|Esq|Inc|Ltd|Co|Rev|Gen|Sen|Hon)\.,?$",
    re.IGNORECASE,
)


def is_name(text: str) -> bool:
    """Whether a text looks like the name or the role of a person: Dr. Ann M. Lee, Speaker 1."""
    return may_be_name(text) and all(map(_is_written_large, text.split()))


def is_handle(text: str) -> bool:
    """Whether a text looks like a name in small letters: swyx."""
    return may_be_name(text) and text == text.lower() and " " not in text.strip()


def may_be_name(text: str) -> bool:
    """Whether a text that stands where names stand may be one, however it is written."""
    words = text.split()
    if not 1 <= len(words) <= _MOST_WORDS or _opens_prose(words) or _YEAR.search(text):
        return False
    ends = [*(word.rstrip(",") for word in words[:-1]), words[-1]]
    return not any(e.endswith((".", "…", ",", ";")) and not _ABBREVIATION.search(e) for e in ends)


def _opens_prose(words: list[str]) -> bool:
    """Whether the first word is none of a name; in "So Young Kim" it is."""
    is_followed = len(words) > 1 and words[1][0].isalpha() and not words[1][0].islower()
    return words[0].strip("'’.,").lower() in _PROSE and not is_followed


def _is_written_large(word: str) -> bool:
    return not word.lstrip("@'’“\"")[:1].islower() or word.lower() in _SMALL or "'" in word[:2]
