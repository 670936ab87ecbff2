"""Find the words of an English row that must not be translated freely: terms and Latin names."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile

_TOKEN = re.compile(r"\.?[A-Za-z0-9](?:[A-Za-z0-9+#&'’-]|\.(?=[a-z0-9]))*")
_HAS_LOWER = re.compile(r"[a-z]")
_POSSESSIVE = re.compile(r"['’](?:s|re|ll|ve|d|m)?$")
_PLURAL = re.compile(r"^([A-Z][A-Za-z]*[A-Z]|[A-Z]+\d+)s$")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*(?:\+\+)?")
_MIXED_CASE = re.compile(r"[A-Za-z]*[a-z][A-Z][A-Za-z]*|[A-Z]{2,}[a-z]+[A-Za-z]*|v[A-Z]+[a-z]*")
_WITH_DIGITS = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9.]+")
_DOTTED = re.compile(r"\.?[A-Za-z][A-Za-z0-9]*(?:\.[a-z][a-z0-9]+)+|\.[A-Z]{2,}")
_SYMBOLS = re.compile(r"[A-Z](?:\+\+|#)")
_QUANTITY = re.compile(
    r"(?:\d+(?:\.\d+)?(?:st|nd|rd|th|s|am|pm|AM|PM|[kKmMbBtTxX]|bn|kg|km|cm|mm|mi|ft|hr|min|sec|ms|h)"
    r"|\d[\d.,]*(?:tn|mn|mph|lbs?)|\d+[xX]\d+m?|'?\d+'?s|\d[\d.,]*)"
)
_ROMAN = re.compile(r"[IVX]{2,}")
_FAMILY_NAME = re.compile(r"(?:Mc|Mac|O|D|De|Di|Du|La|Le|Van|Von|Fitz|St)[A-Z][a-z]+")

_TRANSLATED = """
    I A OK AI AM PM TV DVD UK US USA EU UN DC LA NYC SF CEO CTO CFO HR PR ID DIY VIP FAQ AC BC
    AD BBC NASA FBI CIA PhD MD BA MA MBA GDP DNA HIV AIDS COVID ATM ASAP FYI BTW LOL OMG WTF AKA
    RIP IQ EQ NBA NFL MLB NHL UFO POV WiFi
    BCE CE NATO WHO UNESCO UNICEF IMF WTO OPEC ESA IAEA IOC ICC OECD ASEAN UAE GMT MRI PTSD NGO MP
    G7 G8 G20 CO2 H2O IRS SEC DOJ FDA CDC EPA FCC FTC NSA NHS DHS FAA NOAA NIH LDP MIT CNN FIFA UEFA
    CERN ISS Q1 Q2 Q3 Q4
"""
TRANSLATED = frozenset(_TRANSLATED.split())
"""Acronyms that Korean, Chinese or Japanese usually say in words of their own."""

_SHOUTED_WORDS = """
    NO NOT YES SO VERY AND BUT ALL THE IS IT DO GO OH WOW HEY WHAT WHY NOW
"""
_SHOUTED = frozenset(_SHOUTED_WORDS.split())


@dataclass(frozen=True, slots=True)
class Term:
    """A word or name with its one right translation.

    Attributes:
        source: The right English.
        rendering: What must stand in the translation; the English itself where it stays.
        misheard: Spellings under which speech recognition writes it.
    """

    source: str
    rendering: str
    misheard: tuple[str, ...] = ()


def terms_in(text: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return the terms that an English text names, as whole words, in the order given.

    A term with capitals after its first letter ("GPU", "DeepMind", "Hugging Face") is found in
    exactly this case only; any other ("Gemma", "weights") in every case. A plural "s" or a
    possessive may follow. A term inside a longer one ("Gemma" in "Gemma Scope") is not meant.
    """
    rest = unicodedata.normalize("NFKC", text)
    given = tuple(term for term in terms if term.source.strip())
    found: set[Term] = set()
    for term in sorted(given, key=lambda term: -len(term.source)):
        rest, times = _pattern(term).subn("\0", rest)
        if times:
            found.add(term)
    return tuple(term for term in given if term in found)


def _pattern(term: Term) -> re.Pattern[str]:
    source = r"\s+".join(re.escape(word) for word in term.source.split())
    is_exact = any(letter.isupper() for letter in term.source[1:])
    return re.compile(
        rf"(?<![A-Za-z0-9]){source}(?:s|['’]s)?(?![A-Za-z0-9])", 0 if is_exact else re.IGNORECASE
    )


@lru_cache(maxsize=4096)  # each row is asked about three times, for each language
def latin_terms(text: str) -> tuple[str, ...]:
    """Return what ought to stay in Latin letters in a translation, once each, in order.

    These are acronyms (GPU), mixed case (DeepMind, iPhone, vLLM), names with digits or dots (E2B,
    GPT-4, llama.cpp), without plural and possessive endings. Ordinary capitalised names are not
    among them (Tom is rightly 톰), nor acronyms that are usually translated: see `TRANSLATED`.
    """
    is_shouted = not _HAS_LOWER.search(text)
    found: list[str] = []
    for token in _TOKEN.findall(text):
        bare = _bare(token)
        found.extend(part for part in _technical(bare) if not (is_shouted and part.isalpha()))
    return tuple(dict.fromkeys(found))


def is_latin_term(word: str) -> bool:
    """Say whether a single word looks like a name that stays in Latin letters."""
    return bool(_technical(_bare(word)))


def _bare(token: str) -> str:
    token = _POSSESSIVE.sub("", token.strip("-'’." if not token.startswith(".") else "-'’"))
    return _PLURAL.sub(r"\1", token)


def _technical(token: str) -> tuple[str, ...]:
    """Return the parts of a token that stay: all of "GPT-4", only "GPU" of "GPU-accelerated"."""
    parts = [_PLURAL.sub(r"\1", part) for part in token.split("-")]
    if len(parts) == 1:
        return (token,) if _is_technical(token) else ()
    if any(_is_technical(part) for part in parts) and not any(
        _HAS_LOWER.match(part) for part in parts
    ):
        return (token,)
    if _ACRONYM.fullmatch(parts[0]) and parts[0] in TRANSLATED:
        return ()
    return tuple(dropwhile(str.isdigit, [part for part in parts if _is_technical(part)]))


def _is_technical(word: str) -> bool:
    if word in TRANSLATED or word in _SHOUTED:
        return False
    if any(shape.fullmatch(word) for shape in (_QUANTITY, _ROMAN, _FAMILY_NAME)):
        return False
    shapes: Sequence[re.Pattern[str]] = (_ACRONYM, _MIXED_CASE, _WITH_DIGITS, _DOTTED, _SYMBOLS)
    return any(shape.fullmatch(word) for shape in shapes)
