"""Tell what a model writes around a translation, by signs that its English does not have. Pure.

Translators of other kinds do not talk about their work. What is found here is not cut off: where a
note ends and the translation begins is told by nothing.
"""

import re
import unicodedata
from collections.abc import Iterator

from podcast.languages.letters import LATIN
from translation.conversation import SourceRow
from translation.prompting.questions import LABELS

PLAIN = frozenset(
    ".,?!…⋯:;'\"“”‘’「」『』《》〈〉、。，．？！：；（）()[]［］【】·・-–—―%％‰&＆°℃×~〜～"
)
"""What stands in the rows of any language, whatever its English has."""

MOST_HEADING = 12
"""Letters of each of the two words that may stand before a colon, such as a speaker's name."""

ACRONYM = 5
"""Letters of a name that may stand in brackets behind what it is short for."""

_INVISIBLE = re.compile("[\u034f\u115f\u1160\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_FRAME = ('"', "'", "“", "‘", "「", "『", "《", "〈", "*", "`")
_FRAMED = re.compile(r"[\"'“‘「『《〈*`]+(?P<inside>[^\"“”「」『』《》〈〉*`]+)[\"'”’」』》〉*`]+")

_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"), ("(", ")"), ("（", "）"))

_HEADING = re.compile(
    rf"(?:^|[.。?!？！]\s*)(?:[^\s:：.。?？!！,，]{{1,{MOST_HEADING}}} ?){{1,2}}\s*"
    r"(?:[:：](?!\d|\s*[\"'“‘「『])|\s[-–—]+\s)"
)
_STOPS = re.compile(r"[:：]|--|\s[-–—]\s|[–—]")
_BULLET = re.compile(r"[-–—·・]\s|\(?(?:\d{1,3}|[A-Za-z])[.)]\s|~~")
_OPEN_END = re.compile(r"[-–—:：]\s*$")
_BRACKET = re.compile(r"[(（\[【]")
_ASIDE = re.compile(r"[(（]([^()（）]*)[)）]|[\[【].*")
_WORD = re.compile(rf"[{LATIN}]{{2,}}")
_VOWEL = re.compile("[aeiouy]")
_LABEL = re.compile(rf"(?<![{LATIN}\d])(?:{'|'.join(LABELS)})(?![{LATIN}\d])")
_JOINT = r"[\s\"”’.?!]*(?:[:：/\-–—]|\s[(（])\s*"


def trimmed(text: str, row: SourceRow) -> str:
    """Return a text without what surely is not of it: who says it, and quotes around the whole."""
    seen = visible(text).strip()
    if row.speaker and not row.text.startswith(row.speaker):
        seen = re.sub(rf"^{re.escape(row.speaker)}\s*[:：]\s*", "", seen)
    framed = None if row.text.startswith(_FRAME) else _FRAMED.fullmatch(seen)
    return framed["inside"].strip() if framed else seen


def visible(text: str) -> str:
    """Return a text without what nobody sees: marks of width, joining and direction."""
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return "".join(sign for sign in composed if unicodedata.category(sign) != "Cf")


def addition(source: str, text: str, known: str = "") -> str:
    """Return what a text has besides a translation, in words; empty where nothing shows.

    Args:
        source: The English row.
        text: What came of it, as it would be published.
        known: More English that may stand in it: renderings of terms.
    """
    return next(_additions(source, text, _bare(source + known)), "")


def _additions(source: str, text: str, known: str) -> Iterator[str]:
    if len(text.splitlines()) > 1:
        yield "a second line"
    if odd := {sign for sign in text if _is_odd(sign)} - set(source):
        yield f"the sign {min(odd)!a}"
    if _HEADING.search(text) and not _STOPS.search(source):
        yield "a heading"
    if _BULLET.match(text) and not _BULLET.match(source):
        yield "a mark of a list"
    if _OPEN_END.search(text) and not _OPEN_END.search(source):
        yield "an open end"
    if _is_unpaired(text) and not _is_unpaired(source):
        yield "half of a pair of quotes"
    if _LABEL.search(text) and not _LABEL.search(source):
        yield "a label"
    if not _BRACKET.search(source) and any(
        not _is_gloss(inside, known) for inside in _ASIDE.findall(text)
    ):
        yield "a remark in brackets"
    yield from (f"the word {word!r}" for word in _foreign(text, known))
    if _holds_english(source, text):
        yield "the English"


def _is_odd(sign: str) -> bool:
    is_written = sign.isalnum() and unicodedata.category(sign) != "No"
    return not (is_written or sign.isspace() or sign in PLAIN)


def _is_unpaired(text: str) -> bool:
    return text.count('"') % 2 == 1 or any(text.count(a) != text.count(b) for a, b in _PAIRS)


def _is_gloss(inside: str, known: str) -> bool:
    """Say whether brackets hold a name that stands before them in other letters, or short."""
    words = _WORD.findall(inside)
    return bool(words) and all(
        _bare(word) in known or (word.isupper() and len(word) <= ACRONYM) for word in words
    )


def _foreign(text: str, known: str) -> Iterator[str]:
    """Yield Latin words in small letters, or at the beginning, that the English does not have."""
    for found in _WORD.finditer(text):
        word = found[0]
        is_plain = word[0].islower() and _VOWEL.search(_bare(word))
        is_first = found.start() == 0 and not word.isupper()
        if (is_plain or is_first) and _bare(word) not in known:
            yield word


def _holds_english(source: str, text: str) -> bool:
    """Say whether the row itself stands before or behind its translation."""
    english = re.escape(source.strip(' .?!"“”'))
    pattern = rf"{english}{_JOINT}\S|\S{_JOINT}{english}[\s.?!)）]*$"
    return bool(english) and re.search(pattern, text, re.IGNORECASE) is not None


def _bare(text: str) -> str:
    """Return the letters alone, without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text).lower()
    return "".join(sign for sign in plain if sign.isalnum())
