"""Keep the names and terms of a show right: one list for ear, page and translation. Pure.

The recogniser gets the hotwords, the English line gets its mishearings corrected, and a translation
gets the fixed rendering where its model left the English word standing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from podcast.language import Language
from translation.glossary.insertion import insert
from translation.glossary.terms import Term, terms_in

MAX_CORRECTIONS = 8
"""How often a corrected line is looked at again: one correction may complete another term."""


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A name or term of a show.

    Attributes:
        source: Its right spelling in English.
        heard: What the recogniser makes of it.
        is_hotword: The recogniser is told to expect it.
        renderings: What it is in other languages; the source where it is left as it is. A language
            that is not here is left to the model.
    """

    source: str
    heard: tuple[str, ...] = ()
    is_hotword: bool = False
    renderings: tuple[tuple[Language, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """The names and terms of one show.

    Attributes:
        entries: In the order of the file.
        corrects_page: The page shows the right English, too, not only the translation.
    """

    entries: tuple[GlossaryTerm, ...] = ()
    corrects_page: bool = False

    def hotwords(self) -> tuple[str, ...]:
        """Return what the recogniser should expect; few, for with many it hears them everywhere."""
        return tuple(entry.source for entry in self.entries if entry.is_hotword)

    def terms(self, target: Language) -> tuple[Term, ...]:
        """Return the terms that have a fixed rendering in a language."""
        return tuple(
            Term(entry.source, rendering, entry.heard)
            for entry in self.entries
            for language, rendering in entry.renderings
            if language == target
        )

    def corrected(self, text: str) -> str:
        """Return English with every mishearing replaced by the right spelling.

        Only whole words are replaced, the longest first; a possessive and the punctuation stay.
        Correcting twice changes nothing more.
        """
        pattern, sources = _corrections(self)
        if not sources:
            return text
        for _ in range(MAX_CORRECTIONS):
            before = text
            text = pattern.sub(lambda found: sources.get(_key(found[0]), found[0]), before)
            if text == before:
                break
        return text


def enforce(source: str, text: str, target: Language, terms: Sequence[Term]) -> str:
    """Put the fixed renderings where a model left English words standing, and mend what follows.

    Args:
        source: The English line; only terms in it are looked for.
        text: Its translation.
        target: The language of the translation.
        terms: The terms with a rendering in that language.
    """
    words = {
        spelling: term.rendering
        for term in terms_in(source, terms)
        for spelling in (*term.misheard, term.source)
    }
    return insert(text, words, target) if words else text


def _key(spelling: str) -> str:
    return " ".join(spelling.split()).casefold()


@cache
def _corrections(glossary: Glossary) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of all spellings, right and wrong, and the right one for each wrong one."""
    wrong = {_key(heard): entry.source for entry in glossary.entries for heard in entry.heard}
    spellings = sorted(_spellings(glossary), key=lambda pair: -len(pair[0]))
    # Right spellings stand in the pattern to be stepped over: nothing inside them is a mishearing.
    alternatives = "|".join(pattern for _, pattern in spellings)
    # Not inside a word, a decimal number or an address; "'s" may follow, other contractions not.
    before, after = r"(?<![\w@])(?<!\w[.'’])", r"(?!\w|[.]\w|,\d|['’](?!s\b)\w)"
    return re.compile(f"{before}(?:{alternatives}){after}"), wrong


def _spellings(glossary: Glossary) -> Iterator[tuple[str, str]]:
    for entry in glossary.entries:
        yield entry.source, _words(entry.source)
        for heard in entry.heard:
            if heard.islower():
                yield heard, f"(?i:{_words(heard)})"
            else:  # Its capitals tell it from a common word; only the first may be a sentence's.
                yield heard, f"(?i:{re.escape(heard[0])}){_words(heard[1:])}"


def _words(spelling: str) -> str:
    return r"\s+".join(map(re.escape, spelling.split(" ")))
