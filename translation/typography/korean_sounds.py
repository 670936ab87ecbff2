"""How a word ends when a Korean says it: in a vowel, in ㄹ or in another consonant. Pure.

Particles depend on it: "Gemma를", "LLM을", "model로", "3으로". For a Latin word it is the ending of
the Korean loanword that counts ("Slack" 슬랙, "network" 네트워크): the rules below are those of
loanwords, and the exceptions those of usage.
"""

import re
from enum import Enum, auto

from translation.typography.characters import LATIN


class Ending(Enum):
    """What the last syllable ends in."""

    OPEN = auto()
    RIEUL = auto()
    CLOSED = auto()


Endings = tuple[Ending, ...]
"""All endings that are in use for a word, the usual one first; empty where nobody can say."""

OPEN: Endings = (Ending.OPEN,)
RIEUL: Endings = (Ending.RIEUL,)
CLOSED: Endings = (Ending.CLOSED,)

_SINO_DIGITS = dict(zip("0123456789", "CROCOOCRRO", strict=True))
_ENGLISH_DIGITS = dict(zip("0123456789", "OCOOOOOCCC", strict=True))
_BY_CODE = {"O": OPEN, "R": RIEUL, "C": CLOSED}
_TEENS = {"10", "11", *(str(n) for n in range(13, 20))}
_N_FINALS, _FINAL_RIEUL = 28, 8  # of a syllable in Unicode: none, 27 consonants
_TRILLION_ZEROS = range(12, 16)  # 조, the only power of ten that ends in a vowel

_SYMBOLS = {"%": OPEN, "‰": OPEN, "℃": OPEN, "°": OPEN, "+": OPEN, "&": OPEN, "#": CLOSED}
# 달러, 유로, 파운드, 엔, 원
_CURRENCIES = {"$": OPEN, "€": OPEN, "£": OPEN, "¥": CLOSED, "₩": CLOSED}
_OPEN_UNITS = "km m cm mm nm ms l ml gb mb kb tb hz khz mhz ghz"
_UNITS = dict.fromkeys(_OPEN_UNITS.split(), OPEN) | dict.fromkeys(("kg", "mg", "g"), CLOSED)
_UNITS["db"] = RIEUL

# Read as a word although it is written in capitals; where the last letter's name would mislead.
_OPEN_ACRONYMS = "LIDAR RADAR RAG SONAR"
_CLOSED_ACRONYMS = "ASIC BASIC JPEG MPEG NASDAQ NET OPEC TOEIC ZIP"
_WORDS_IN_CAPITALS: dict[str, Endings] = {
    **dict.fromkeys(_OPEN_ACRONYMS.split(), OPEN),
    **dict.fromkeys(_CLOSED_ACRONYMS.split(), CLOSED),
}

# Loanwords that go against the rules, and those in use in two forms, as the dictionaries have them.
_OPEN_WORDS = (
    "acme anime ballet bit buffet check chevrolet chile coup debut depot finale fit github hit hub "
    "hyperbole jet loop mat merlot nut ok pinot resume scout simile soup sub theme ukulele"
)
_CLOSED_WORDS = "bag big god good nasdaq"
_IN_TWO_FORMS = "credit set kit tweet net"  # 세트, 셋
_EXCEPTIONS: dict[str, Endings] = {
    **dict.fromkeys(_OPEN_WORDS.split(), OPEN),
    **dict.fromkeys(_CLOSED_WORDS.split(), CLOSED),
    **dict.fromkeys(_IN_TWO_FORMS.split(), (Ending.CLOSED, Ending.OPEN)),
}

# The first that matches the end of the lower-case word decides.
_SPELLINGS: tuple[tuple[str, Endings], ...] = (
    (r"l+e?", RIEUL),  # model 모델, Google 구글, Apple 애플, file 파일
    (r"[mn]e?|mb|ng(?:ue)?", CLOSED),  # team 팀, Python 파이썬, phone 폰, bomb 밤, king 킹
    (r"[aeiouy](?:c|ck|que)|ook", CLOSED),  # Mac 맥, Slack 슬랙, technique 테크닉, notebook 노트북
    (r"[aeiouy](?:p|pp|b|bb)|type", CLOSED),  # app 앱, deep 딥, web 웹, prototype 프로토타입
    # After one vowel letter only: chat 챗, TikTok 틱톡, but light 라이트, week 위크, boot 부트.
    (r"(?<![aeiouy])[aeiouy](?:k|t|tt)|out", CLOSED),
    (r"", OPEN),  # Gemma, cache 캐시, code 코드, server 서버, Kubernetes, Android, bug 버그
)
_SPELLING = tuple((re.compile(f"(?:{pattern})$"), found) for pattern, found in _SPELLINGS)

_SPELT = re.compile(r"(?:^|[^A-Z])[A-Z]{1,5}$|^[A-Za-z]$|^[^AEIOUYaeiouy]+$")
_PLURAL = re.compile(r"[A-Z]s$")
_NUMBER = re.compile(r"([$€£¥₩]?) ?(\d[\d,]*)(\.\d+)?$")
_NAMED_NUMBER = re.compile(rf"[{LATIN}][ -]?\d[\d.]*$")
_FRACTION = re.compile(r"\d/\d+$")
_UNIT = re.compile(r"\d ?([A-Za-z]{1,3})$")
_LATIN_WORD = re.compile(rf"[{LATIN}]+(?:['’][a-z]+)?$")
_CLOSING = "\"'”’»」』》〉]"
_BRACKET = re.compile(r"\s?\(([^()]*)\)$")


def endings(text: str) -> Endings:
    """Return what the text may end in when it is read aloud in Korean.

    Args:
        text: A word, or a text of which the last word counts: "Gemma", "Gemma 4", "5%", "사람".
    """
    text = text.rstrip().rstrip(_CLOSING)
    if bracket := _BRACKET.search(text):
        return _merged(endings(text[: bracket.start()]), endings(bracket[1]))
    return _of_sign(text[-1:]) or _of_number(text) or _of_word(text)


def _merged(*found: Endings) -> Endings:
    return tuple(dict.fromkeys(ending for endings in found for ending in endings))


def _of_sign(sign: str) -> Endings:
    if not "가" <= sign <= "힣":
        return _SYMBOLS.get(sign, ())
    final = (ord(sign) - ord("가")) % _N_FINALS
    if final == 0:
        return OPEN
    return RIEUL if final == _FINAL_RIEUL else CLOSED


def _of_number(text: str) -> Endings:
    number = _NUMBER.search(text)
    if not number or _FRACTION.search(text):  # 1/2 is said from below: 이분의 일
        return ()
    currency, whole, fraction = number.groups()
    if currency:
        return _CURRENCIES[currency]
    digits = whole.replace(",", "")
    sino = _BY_CODE[_SINO_DIGITS[(fraction or digits)[-1]]]
    zeros = len(digits) - len(digits.rstrip("0"))
    if not fraction and zeros in _TRILLION_ZEROS:
        sino = OPEN
    if _NAMED_NUMBER.search(text):  # "Gemma 3" is said 쓰리 as well as 삼
        return _merged(sino, _in_english(digits, fraction))
    return sino


def _in_english(digits: str, fraction: str | None) -> Endings:
    if fraction is None and digits[-2:] in _TEENS:
        return CLOSED
    return _BY_CODE[_ENGLISH_DIGITS[(fraction or digits)[-1]]]


def _of_word(text: str) -> Endings:
    unit, word = _UNIT.search(text), _LATIN_WORD.search(text)
    if unit and not unit[1].isupper() and unit[1].lower() in _UNITS:
        return _UNITS[unit[1].lower()]
    return _of_latin(word[0]) if word else ()


def _of_latin(word: str) -> Endings:
    lower = word.lower()
    if known := _WORDS_IN_CAPITALS.get(word) or _EXCEPTIONS.get(lower):
        return known
    if not _PLURAL.search(word) and _SPELT.search(word):
        return _of_letter(lower[-1])
    return next(found for pattern, found in _SPELLING if pattern.search(lower))


def _of_letter(letter: str) -> Endings:
    """엘, 엠 and 엔 end in a consonant; R is 아르 in the dictionary and 알 in most mouths."""
    if letter == "r":
        return (Ending.RIEUL, Ending.OPEN)
    return {"l": RIEUL, "m": CLOSED, "n": CLOSED}.get(letter, OPEN)
