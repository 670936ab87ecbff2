"""Tell what a model writes around a translation, by signs that its English does not have. Pure.

Translators of other kinds do not talk about their work. What is found here is not cut off: where a
note ends and the translation begins is told by nothing.
"""

import re
import unicodedata
from collections.abc import Iterator

from podcast.language import SOURCE, Language
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

SHORT = 8
"""Words of a row up to which it is not said in more sentences than it has clauses."""

_INVISIBLE = re.compile("[\u034f\u115f\u1160\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_FRAME = ('"', "'", "“", "‘", "「", "『", "《", "〈", "*", "`")
_FRAMED = re.compile(r"[\"'“‘「『《〈*`]+(?P<inside>[^\"“”「」『』《》〈〉*`]+)[\"'”’」』》〉*`]+")

_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"), ("(", ")"), ("（", "）"))

_HEADING = re.compile(
    rf"(?:^|[.。?!？！]\s*)(?:[^\s:：.。?？!！,，]{{1,{MOST_HEADING}}} ?){{1,2}}\s*"
    r"(?:[:：](?!\d|\s*[\"'“‘「『])|\s[-–—]+\s)"
)
_STOPS = re.compile(r"[:：]|--|\s[-–—]\s|[–—]")
_BULLET = re.compile(
    r"[-–—·・]\s|\(?(?:\d{1,3}|[A-Za-z])[.)]\s|\d{1,3}．|(?:\d{1,3}|[一二三四五六七八九十])、|~~"
)
_OPEN_END = re.compile(r"[-–—:：]\s*$")
_END = re.compile(r"(?<!\.\.)[.?!][\"'”’)]*\s*$")
_DECIMAL = re.compile(r"(?<=[A-Za-z\d])\.(?=[A-Za-z\d])|\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St)\.")
_SENTENCE = re.compile(r"[^.?!。？！…]*\w[^.?!。？！…]*")
_CLAUSE = re.compile(r"[^.?!…,;:\"“–—-]*\w[^.?!…,;:\"“–—-]*")
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


def declines(source: str, text: str, target: Language) -> bool:
    """Say whether a model answers that it will not, in place of a translation."""
    declined = re.search(target.profile.doubts.declines or "$^", text)
    may_be_said = re.search(SOURCE.profile.doubts.declines, source, re.IGNORECASE)
    return declined is not None and may_be_said is None


def _additions(source: str, text: str, known: str) -> Iterator[str]:
    yield from (f"the sign {sign!a}" for sign in sorted(set(text) - set(source)) if _is_odd(sign))
    yield from (f"the word {word!r}" for word in _foreign(text, known))
    asides = () if _BRACKET.search(source) else _ASIDE.findall(text)
    told = {
        "a second line": len(text.splitlines()) > 1,
        "a heading": _HEADING.search(text) and not _STOPS.search(source),
        "a mark of a list": _BULLET.match(text) and not _BULLET.match(source),
        "a label": _LABEL.search(text) and not _LABEL.search(source),
        "a remark in brackets": any(not _is_gloss(inside, known) for inside in asides),
        "the English": _holds_english(source, text),
        "half of a pair of quotes": (_is_unpaired(text) and not _is_unpaired(source))
        or (text.count("'") % 2 and "'" not in source),
        "an open end": _OPEN_END.search(text) and _END.search(source),
        "a sentence more": _says_more(source, text),
    }
    yield from (what for what, is_there in told.items() if is_there)


def _says_more(source: str, text: str) -> bool:
    """Say whether a short row has become more sentences than it has clauses."""
    is_short = len(source.split()) <= SHORT
    return (
        is_short
        and _END.search(source) is not None
        and len(_parts(_SENTENCE, text)) > len(_parts(_CLAUSE, source))
    )


def _parts(form: re.Pattern[str], text: str) -> list[str]:
    return form.findall(_DECIMAL.sub("", text))


def _is_odd(sign: str) -> bool:
    is_written = sign.isalnum() and unicodedata.category(sign) != "No"
    return not (is_written or sign.isspace() or sign in PLAIN)


def _is_unpaired(text: str) -> bool:
    return text.count('"') % 2 == 1 or any(text.count(a) != text.count(b) for a, b in _PAIRS)


def _is_gloss(inside: str, known: str) -> bool:
    """Say whether brackets hold a name that stands before them in other letters, or short."""
    words = _WORD.findall(inside)
    return bool(words) and all(
        _bare(word).lower() in known.lower() or (word.isupper() and len(word) <= ACRONYM)
        for word in words
    )


def _foreign(text: str, known: str) -> Iterator[str]:
    """Yield Latin words in small letters, or at the beginning, that the English has not so."""
    for found in _WORD.finditer(text):
        word, bare = found[0], _bare(found[0])
        is_plain = word[0].islower() and _VOWEL.search(bare) and bare not in known
        is_first = found.start() == 0 and not word.isupper() and bare.lower() not in known.lower()
        if is_plain or is_first:
            yield word


def _holds_english(source: str, text: str) -> bool:
    """Say whether the row itself stands before or behind its translation."""
    english = re.escape(source.strip(' .?!"“”'))
    pattern = rf"{english}{_JOINT}\S|\S{_JOINT}{english}[\s.?!)）]*$"
    return bool(english) and re.search(pattern, text, re.IGNORECASE) is not None


def _bare(text: str) -> str:
    """Return the letters alone, without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if sign.isalnum())
