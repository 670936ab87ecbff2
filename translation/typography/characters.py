"""Which characters are Chinese, Japanese, Korean or Latin, and one width for each of them. Pure."""

import re
import unicodedata

HAN = "\u2e80-\u2fdf\u3005-\u3007\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
CJK = HAN + KANA
"""Chinese and Japanese characters, as the inside of a regular expression's brackets."""

HANGUL = "\uac00-\ud7a3"
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"

WIDE_MARKS = "。、，！？：；（）「」『』《》〈〉【】〔〕“”…・～〜"
"""Punctuation that brings its own white space."""

MASKS = "\ufdd0\ufdd1\ufdd2"
"""Noncharacters that stand for a protected piece of text while a row is being set."""

_FOLDED_SYMBOLS = "％＄＋＝＃＆＠＊＜＞"
_TO_ASCII = {
    **{code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)},
    **{code: code - 0xFEE0 for code in range(0xFF21, 0xFF3B)},
    **{code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)},
    **{ord(symbol): ord(symbol) - 0xFEE0 for symbol in _FOLDED_SYMBOLS},
}
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff" + MASKS))
_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
_CHINESE_OR_JAPANESE = re.compile(f"[{CJK}{WIDE_MARKS}]")
_KOREAN = re.compile(f"[{HANGUL}]")


def fold_width(text: str) -> str:
    """Return the text in NFC on one line, with half-width Latin and full-width kana.

    NFKC would do the same and also turn "，" into "," and "①" into "1".
    """
    text = " ".join(text.translate(_INVISIBLE).split())
    text = _HALF_WIDTH.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    return unicodedata.normalize("NFC", text.translate(_TO_ASCII))


def has_chinese_or_japanese(text: str) -> bool:
    """Say whether there is a Chinese or Japanese character or mark."""
    return _CHINESE_OR_JAPANESE.search(text) is not None


def has_korean(text: str) -> bool:
    """Say whether there is a Korean syllable."""
    return _KOREAN.search(text) is not None
