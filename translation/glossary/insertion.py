"""Put words of the target language where Latin words stand, as the language writes them. Pure."""

import re
from collections.abc import Iterable, Mapping

from podcast.language import Language
from podcast.languages.profile import RowStyle
from translation.typography.particles import fix_particles, refit

LATIN = "0-9A-Za-zÀ-ÖØ-öø-ɏ"
"""What makes a Latin word longer. Hangul, kana and Han characters may touch it: "Ollama를"."""

INFLECTED = ("", "s", "'s", "’s")
"""How a Latin word may end, plural or possessive; the word in its place goes without."""

_EAST_ASIAN = "[぀-ヿ㐀-䶿一-鿿]"


def insert(text: str, words: Mapping[str, str], target: Language) -> str:
    """Replace every whole-word occurrence of Latin spellings, in any case, all at once.

    Args:
        text: Text in the target language.
        words: What to put for each spelling; the longest that fits counts.
        target: The language of the text.
    """
    known = {_key(form + end): word for form, word in words.items() for end in INFLECTED}
    found = pattern(known)
    if not found.search(text):
        return text
    if target.profile.punctuation.rows is RowStyle.KOREAN:
        # Particles that stand apart can be told from words only as long as they follow Latin.
        text = fix_particles(text)
    done, end = "", 0
    for match in found.finditer(text):
        done = _followed(done, text[end : match.start()], target)
        done = _joined(done, known.get(_key(match[0]), match[0]), target)
        end = match.end()
    return _followed(done, text[end:], target)


def pattern(spellings: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for spellings where they are Latin words of their own."""
    longest_first = sorted(spellings, key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, spelling.split())) for spelling in longest_first)
    return re.compile(f"(?<![{LATIN}])(?:{words})(?![{LATIN}])", re.IGNORECASE)


def _key(spelling: str) -> str:
    return " ".join(spelling.split()).lower()


def _followed(done: str, rest: str, target: Language) -> str:
    """Put text behind a new word; a Korean particle takes the form that the word wants."""
    if done and target.profile.punctuation.rows is RowStyle.KOREAN:
        return done + refit(done, rest)
    return _joined(done, rest, target)


def _joined(left: str, right: str, target: Language) -> str:
    """Join two pieces; Chinese and Japanese want no space between words of their own."""
    bare_left, bare_right = left.rstrip(), right.lstrip()
    is_closed = re.search(f"{_EAST_ASIAN}$", bare_left) and re.match(_EAST_ASIAN, bare_right)
    is_spaced = target.profile.punctuation.is_spaced
    return bare_left + bare_right if is_closed and not is_spaced else left + right
