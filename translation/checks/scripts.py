"""Tell by its letters whether a row was translated at all, and into the right script. Pure."""

import re
from collections.abc import Collection, Sequence

from podcast.language import Language
from podcast.languages.letters import HAN, LATIN
from podcast.languages.profile import Han
from translation.glossary.terms import TRANSLATED, Term, is_latin_term, latin_terms, terms_in
from translation.numbers.numerals_en import NUMBER_WORDS
from translation.typography.literals import LITERAL

SMALLEST_SHARE = 0.5
"""Of the letters that are no names, the share that must be in the target's own script."""

WORD_WEIGHT = 2
"""Letters that an English word counts for: about as many as it would take in the target."""

MOST_BARE_HAN = 6
"""Chinese characters that a row may have without any other: 了解。 or 大変結構。"""

COPIED_RUN = 4
"""English words in a row that are a piece of the source and no name any more."""

_ONLY_CHINESE = "你您她它很吧呢哪啊"
"""Frequent words of Chinese that Japanese computers know but Japanese does not write."""

_LAST_FREQUENT = 0xC6
"""Of Big5, the first byte of the last character that Traditional Chinese writes every day."""

_OTHER_SCRIPT = re.compile(r"[\u0400-\u10ff\u1200-\u1cff\ufb1d-\ufdff\ufe70-\ufefc\ufffd▁⁇]|<unk>")
_LITERAL = re.compile(LITERAL)
_VOWEL = re.compile("[aeiouy]")  # a unit such as mph has none
_WORD = re.compile(rf"[{LATIN}0-9]+(?:[.'’+#&-]+[{LATIN}0-9]+)*")
_CONNECTIVE_WORDS = """
    a an and at by for from in of on or the to with uh um so like versus vs
"""
_CONNECTIVES = frozenset(_CONNECTIVE_WORDS.split())
_COMMON = """
    about all am are as be been but can did do does for get go good great had has have he her
    here him his how i if is it its just know let like me more my no not now oh okay one our out
    really right see she so some sorry sure than thank thanks that the their them then there
    they think this time us very want was we well were what when where which who why will would
    yeah yep yes you your
"""
_COMMON_WORDS = frozenset(_COMMON.split())

LONGEST_NAME_ROW = 5
"""Words of a row that may be nothing but names."""


def is_copied(source: str, text: str, terms: Sequence[Term] = ()) -> bool:
    """Say whether a row is still the English one, whole or in a piece of four words or more.

    A row that holds nothing but names and numbers ("Gemma 4.", "OK Google.") may stay as it is.
    """
    names = names_in(source, terms)
    before, after = _WORD.findall(source), _WORD.findall(text)
    if [word.lower() for word in before] == [word.lower() for word in after]:
        return bool(before) and not is_only_names(source, terms)
    runs = {tuple(before[n : n + COPIED_RUN]) for n in range(len(before) - COPIED_RUN + 1)}
    found = (tuple(after[n : n + COPIED_RUN]) for n in range(len(after) - COPIED_RUN + 1))
    return any(run in runs and _is_english(run, names) for run in found)


def is_only_names(source: str, terms: Sequence[Term] = ()) -> bool:
    """Say whether an English row has nothing to translate.

    The capital of a first word proves nothing: "Experiments." is no name, "Google Cloud." is one.
    """
    words = _WORD.findall(source)
    names = names_in(source, terms)
    said = [
        w for w in words if w.lower() not in names and not w[0].isdigit() and w not in TRANSLATED
    ]
    if len(words) > LONGEST_NAME_ROW and said:
        return False
    has_others = len(said) < len(words) or len(said) > 1
    return all(w[0].isupper() and w.lower() not in _COMMON_WORDS for w in said) and (
        has_others or not said
    )


def wrong_script(source: str, text: str, target: Language, terms: Sequence[Term] = ()) -> str:
    """Return what is wrong with the letters of a translation; nothing where they are right."""
    if found := _stray(source, text, target):
        return found
    text, script = _LITERAL.sub(" ", text), target.profile.script
    own = len(re.findall(f"[{script.own}]", text))
    words = _WORD.findall(text)
    if not own and words:
        return "" if _needs_no_letters(source, words, terms) else f"no {target.label} letters"
    if script.needed and own > MOST_BARE_HAN and not re.search(f"[{script.needed}]", text):
        return f"no {script.needed_name}"
    names = names_in(source, terms)
    english = WORD_WEIGHT * sum(_is_plain(word, names) and word.isalpha() for word in words)
    share = own / (own + english) if own else 1.0
    return "" if share >= SMALLEST_SHARE else f"{share:.0%} {target.label} letters"


def _stray(source: str, text: str, target: Language) -> str:
    """Return letters of a script that neither the language nor the source has."""
    script = target.profile.script
    if script.glossed:
        text = re.sub(rf"(?<=[{script.own}]) ?[(\[][{script.glossed}]+[)\]]", "", text)
    found = [sign for sign in _OTHER_SCRIPT.findall(text) if not re.match(f"[{script.own}]", sign)]
    if script.foreign:
        found += re.findall(f"[{script.foreign}]", text)
    if script.han:
        writes = _WRITES[script.han]
        found += [letter for letter in re.findall(f"[{HAN}]", text) if not writes(letter)]
    return "".join(dict.fromkeys(letter for letter in found if letter not in source))[:5]


def _is_japanese(letter: str) -> bool:
    """Say whether Japanese computers have always known a character; they lack 这, 说 and 们."""
    return letter not in _ONLY_CHINESE and bool(_encoded(letter, "cp932"))


def _is_simplified(letter: str) -> bool:
    """Say whether a character is none that only Traditional Chinese or Japanese writes: 們, 気.

    GB 2312 has what mainland China writes, apart from rare characters of names, which Big5 does not
    count as frequent.
    """
    if _encoded(letter, "gb2312"):
        return True
    traditional = _encoded(letter, "big5")
    if traditional:
        return traditional[0] > _LAST_FREQUENT
    return not _is_japanese(letter)


_WRITES = {Han.SIMPLIFIED: _is_simplified, Han.JAPANESE: _is_japanese}


def _encoded(letter: str, encoding: str) -> bytes:
    """Return a character in an old encoding; nothing where that has none for it."""
    return letter.encode(encoding, "ignore")


def _needs_no_letters(source: str, words: Sequence[str], terms: Sequence[Term]) -> bool:
    """Say whether a row may be all Latin: names and numbers, with English only between them."""
    if all(word.isdigit() for word in words):
        others = _WORD.findall(NUMBER_WORDS.sub(" ", source))
        return len([word for word in others if word.isalpha()]) <= 1
    names = names_in(source, terms)
    if any(_is_plain(word, names) and word.isalpha() for word in words):
        return False
    if is_only_names(source, terms):
        return True
    said = [w for w in _WORD.findall(source) if w.lower() not in _CONNECTIVES]
    kept = {word.lower() for word in words}
    return all(w.lower() in kept and not _is_plain(w, names) for w in said) and len(said) > 1


def names_in(source: str, terms: Sequence[Term]) -> frozenset[str]:
    """Return the words that may stay as they are, in lower case."""
    kept = [t.rendering for t in terms_in(source, terms) if t.rendering.isascii()]
    words = [w for name in (*latin_terms(source), *kept) for w in _WORD.findall(name)]
    return frozenset(word.lower() for word in words)


def _is_english(run: Sequence[str], names: Collection[str]) -> bool:
    """Say whether words are a piece of a sentence and no title, such as The Lord of the Rings."""
    return sum(_is_plain(word, names) for word in run) >= COPIED_RUN - 1


def _is_plain(word: str, names: Collection[str]) -> bool:
    """Say whether a Latin word is an ordinary English one, no name and no number."""
    is_name = word.lower() in names or word in TRANSLATED or is_latin_term(word)
    return not is_name and word[:1].islower() and _VOWEL.search(word) is not None
