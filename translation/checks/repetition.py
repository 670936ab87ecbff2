"""Find text that runs in circles, the typical breakdown of machine translation. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from podcast.language import Language

_LAUGHTER = frozenset("哈呵嘿嘻ㅋㅎ하호히헤크아ハはアあふフwW笑")
_SHORT_UNIT = 3
_LONG_UNIT = 6
"""Letters; a unit as long must not even come twice, unless the English repeats itself."""

_LONG_WORD = 4
_JOINTS = frozenset({"after", "and", "by", "in", "on", "or", "to", "upon"})

_MIN_LETTERS = 24
"""Letters; a shorter text is too short to be judged by how few different pairs it has."""

_MIN_VARIETY = 0.45
"""Different pairs of letters over all pairs; translations of talk have more than 0.7."""

_LONGEST_UNIT = 200
"""Letters, or words of the English; what repeats more than that at once is no row of talk."""

_REPEATED = re.compile(rf"(?P<unit>.{{1,{_LONGEST_UNIT}}}?)(?P=unit)+")
_NEAR = re.compile(rf"(?P<unit>.{{6,{_LONGEST_UNIT}}}).(?P=unit)")  # a particle stands between
_SIGNS = "".join(map(chr, range(0xE000, 0xF8FF)))  # letters that no text uses
_MOST_DIGITS = 9
_NUMBER = re.compile(r"\d[\d.,:/]*")


def find_loop(source: str, text: str, target: Language) -> str:
    """Return a piece of a translation that is repeated more than the English repeats itself.

    Honest repeats stay: "Yeah. Yeah. Yeah." is "네. 네. 네.".

    Args:
        source: The English row.
        text: Its translation.
        target: The translation's language.

    Returns:
        The repeated piece; empty where there is none.
    """
    letters, english = _letters(text), _letters(source)
    words = [word.strip(".,?!…-\"'") for word in source.lower().split()]
    allowed = max(_most_repeats(words), 1)
    for match in _REPEATED.finditer(letters):
        unit = match["unit"]
        # Names that stay as they are come as often as the English says them.
        limit = max(_limit(unit, allowed), english.count(unit) if len(unit) > 1 else 0)
        if len(unit) == 1 and unit * 3 not in text:
            limit += 1  # 看看，看看
        if len(match[0]) // len(unit) > limit:
            return re.sub(f"[{_SIGNS[0]}-{_SIGNS[-1]}]", "#", unit)
    if not _says_again(words):
        doubled = _doubled(text, target) if allowed == 1 else ""
        if (again := _near(text) or doubled) and again not in english:
            return again
    variety = _variety(letters)
    if len(letters) >= _MIN_LETTERS and variety < min(_MIN_VARIETY, _variety(english)):
        return Counter(letters[n : n + 2] for n in range(len(letters) - 1)).most_common(1)[0][0]
    return ""


def _near(text: str) -> str:
    """Return what comes twice in a sentence with one letter between; empty where nothing does."""
    sentences = map(_letters, re.split("[.?!。？！]", text))
    return next((near["unit"] for part in sentences if (near := _NEAR.search(part))), "")


def _doubled(text: str, target: Language) -> str:
    """Return a word that comes twice where the language does not reduplicate it, or nothing.

    Korean writes a reduplication together, so that only words with a space between are repeats.
    """
    honest = target.profile.doubts.reduplicates
    found = _doubling(target).finditer(text) if honest else ()
    units = (match["unit"] for match in found)
    return next((unit for unit in units if not re.fullmatch(honest, unit)), "")


@cache
def _doubling(target: Language) -> re.Pattern[str]:
    own = f"[{target.profile.script.own}]"
    if target.profile.punctuation.is_spaced:
        word = rf"[\w.%+]*{own}"
        return re.compile(rf"(?<!\w)(?P<unit>(?=\S\S){word}(?: {word}){{,3}}?) (?P=unit)(?!\w)")
    return re.compile(rf"(?P<unit>\d*{own}{{2,{_LONGEST_UNIT}}}?)(?P=unit)")


def _limit(unit: str, allowed: int) -> int:
    """Return how often a unit may come in a row.

    Short units are doubled in good style (慢慢, ますます, 두근두근), laughter comes at will.
    """
    if set(unit) <= _LAUGHTER:
        return max(10, allowed)
    if len(unit) == 1:
        return max(3, allowed + 1)
    if len(unit) <= _SHORT_UNIT:
        return max(2, allowed + 1)
    return max(2, allowed) if len(unit) < _LONG_UNIT else allowed


def _most_repeats(words: list[str]) -> int:
    """Return how often a word or a group of words comes in a row at most: over and over is two."""
    pairs = zip(words, words[1:], words[2:], strict=False)
    most = 2 if any(a == b and joint in _JOINTS for a, joint, b in pairs) else 1
    for size in range(1, min(len(words) // 2, _LONGEST_UNIT) + 1):
        same = 0
        for word, later in zip(words, words[size:], strict=False):
            same = same + 1 if word == later else 0
            most = max(most, 1 + same // size)
    return most


def _says_again(words: Sequence[str]) -> bool:
    """Say whether any longer word of the English comes twice: a name, or what is stressed."""
    long = [word for word in words if len(word) >= _LONG_WORD]
    return len(set(long)) < len(long)


def _variety(letters: str) -> float:
    pairs = [letters[n : n + 2] for n in range(len(letters) - 1)]
    return len(set(pairs)) / len(pairs) if pairs else 1.0


def _letters(text: str) -> str:
    """Return the letters alone, each number as one sign: the zeros of a million are no loop."""
    numbered = _NUMBER.sub(_sign, text.lower())
    return "".join(c for c in numbered if c.isalnum() or c in _SIGNS)


def _sign(number: re.Match[str]) -> str:
    digits = "".join(c for c in number[0] if c.isdigit())[-_MOST_DIGITS:]
    return _SIGNS[int(digits) % len(_SIGNS)]
