"""Find what a translation says and its English does not: names, numbers, stage directions. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from podcast.language import SOURCE, Language
from translation.glossary.terms import Term, terms_in
from translation.numbers.invented_numbers import invented_numbers
from translation.typography.literals import ADDRESS, LITERAL

LIKENESS = 75
"""Per cent to which a Latin word must be in the English, which may have been misheard."""

_LITERAL = re.compile(LITERAL)
_ADDRESS = re.compile(ADDRESS, re.IGNORECASE)
_MARKUP = re.compile(r"&(?:[a-z]+|#\d+);|</?[a-z][^<>]*>|<unk>", re.IGNORECASE)
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]{4,}")  # AI, DNA or TV may be a translation
_BRACKETED = r"[(\[【][^()\[\]【】A-Za-z]+[)\]】]"
_DIRECTION = re.compile(rf"(?:^|(?<=[.?!。？！…]))\s*(?P<direction>{_BRACKETED}|♪)")
_SOUNDS = re.compile(
    r"[(\[【](?:박수|웃음|음악|환호|노래|掌声|笑声|音乐|鼓掌|歌声|拍手|笑い?|笑い声|音楽|歓声|拍手喝采)(?:소리)?[)\]】]"
)
_HEADING = re.compile(
    r"(?:^|(?<=[.?!。(\[【]))\W*(?P<heading>[^:→.?!。()\[\]【】]{1,24}?)\W*?(?::|→|[-=]>|\s[-–—]\s|——)"
)
_BRACKET = re.compile(r"[(（\[【♪]")


def invented(source: str, text: str, target: Language, terms: Sequence[Term] = ()) -> Iterator[str]:
    """Return what a translation has made up: each as it stands there.

    Args:
        source: The English row.
        text: Its translation.
        target: The translation's language.
        terms: Terms of the glossary, whose renderings may be there.
    """
    text = unicodedata.normalize("NFKC", text)
    yield from _added(_MARKUP, source, text)
    known = _bare(" ".join((source, *(term.rendering for term in terms_in(source, terms)))))
    yield from (found[0] for found in _ADDRESS.finditer(text) if _bare(found[0]) not in known)
    for word in dict.fromkeys(_LATIN_WORD.findall(_MARKUP.sub("", _ADDRESS.sub(" ", text)))):
        bare = _bare(word)
        if bare not in known and fuzz.partial_ratio(bare, known) < LIKENESS:
            yield word
    told = _LITERAL.sub(lambda kept: " " if kept[0] in source else kept[0], text)
    yield from invented_numbers(source, told, target)
    if not _BRACKET.search(source):
        yield from (found["direction"] for found in _DIRECTION.finditer(text))
        yield from (found[0] for found in _SOUNDS.finditer(text))
    for phrase, english in target.profile.doubts.site_words.items():
        if phrase in text and not re.search(english, source, re.IGNORECASE):
            yield phrase
    yield from _headings(source, text, target)


def _headings(source: str, text: str, target: Language) -> Iterator[str]:
    """Return the headings of a text that its English does not have."""
    said = SOURCE.profile.doubts.headings
    for found in _HEADING.finditer(text):
        for kind, pattern in target.profile.doubts.headings.items():
            is_heading = re.search(pattern, found["heading"], re.IGNORECASE)
            if is_heading and not re.search(said[kind], source, re.IGNORECASE):
                yield found["heading"]


def _added(pattern: re.Pattern[str], source: str, text: str) -> Iterator[str]:
    return (piece for piece in pattern.findall(text) if piece not in source)


def _bare(text: str) -> str:
    """Return the letters and digits alone, without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text).lower()
    return "".join(sign for sign in plain if sign.isalnum())
