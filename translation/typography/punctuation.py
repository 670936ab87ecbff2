"""Give Chinese and Japanese rows the punctuation of their language. Pure.

Translation models mix ASCII and full-width marks. A mark belongs to the Chinese or Japanese
sentence unless it is part of a number, a file name or an abbreviation: 3.5, 6:30, llama.cpp, Dr.
"""

import re

from podcast.language import Language
from podcast.languages.profile import Punctuation
from translation.typography.characters import CJK, LATIN, MASKS

_WORD = rf"{LATIN}\d{MASKS}"
_STRENGTH = "、，：；。"  # of two marks in a row the stronger stays

_POINTS = r"(?:\.(?: ?\.){2,}|[…⋯]|。(?: ?。){2,}|・{3,})"
_ELLIPSIS = re.compile(rf"{_POINTS}(?: ?{_POINTS})*")
_DASH = re.compile(rf"(?<=[{CJK}。，！？”]) ?(?:--+|—+|――+) ?(?=[{CJK}“])")
_ITEM = rf"[{_WORD}][{_WORD} .+#'’&/_-]*"
_LATIN_LIST = re.compile(rf"(?<![{_WORD}]){_ITEM}(?:, {_ITEM}){{2,}}")
_DIGIT_LIST = re.compile(r"(?<=\d), +(?=\d)")
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_QUERY = re.compile(r"[?!](?!=)|;")
_QUERY_FORMS = str.maketrans("?!;", "？！；")
_COLON = re.compile(
    rf"(?<![:{_WORD}]):(?![:/\\])|(?<=[{LATIN}{MASKS}]):(?![:/\\\d])|(?<=\d):(?![:/\\\d])"
)
_DECIMAL = re.compile(r"(?<=\d)．(?=\d)")
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_CODE = re.compile(rf"[{LATIN}\d_]$")
_NAME = re.compile(rf"(?<![{_WORD}])[A-Z][{_WORD}-]*$")  # GPT-4, but no print
_RUN = re.compile(rf" *([{_STRENGTH}])(?: *[{_STRENGTH}])+")
_WEAK_BEFORE_STRONG = re.compile(rf"[{_STRENGTH}]+ *(?=[？！])")
_WEAK_AFTER_STRONG = re.compile(rf"(?<=[？！]) *[{_STRENGTH}]+")

_TITLES = "Dr|Mr|Mrs|Ms|Prof|Jr|Sr|Inc|Co|Ltd|Corp|vs|etc"
_FULL_STOP = re.compile(
    r"(?P<kept>(?<![A-Za-z])(?:"
    rf"(?:{_TITLES})\.|(?:[A-Za-z]\.)+[A-Za-z]\.|[A-Z]\.(?= [A-Z])|(?:No|Vol|Fig|St)\.(?= \d))"
    rf"|^\d{{1,2}}\.(?= )|(?<=[{_WORD}])\.(?=[{_WORD}])|\.(?:(?=[a-z\d])|(?=NET(?![A-Za-z]))))"
    r"|\."
)
_QUOTES = re.compile('["“”]')
_SINGLE_QUOTES = re.compile(rf"(?<![{_WORD}])['‘]([^'‘’]*[{CJK}][^'‘’]*)['’](?![{_WORD}])")

_ASCII_FORMS = str.maketrans("，？！：；（）", ",?!:;()")


def set_quotes(text: str, language: Language) -> str:
    """Return the text with the language's quotes where the quotes that it has are balanced."""
    style = language.profile.punctuation
    left, right = style.quotes
    marks = list(_QUOTES.finditer(text))
    if len(marks) % 2 == 0 and not _is_inch(text, marks):
        sides = iter((left, right) * (len(marks) // 2))
        text = _QUOTES.sub(lambda _: next(sides), text)
    return _SINGLE_QUOTES.sub(lambda quoted: _set_singles(quoted, style), text)


def _set_singles(quoted: re.Match[str], style: Punctuation) -> str:
    """Put inner quotes within others; some languages know no others outside them."""
    before = quoted.string[: quoted.start()]
    left, right = style.quotes
    is_inner = style.has_single_quotes or before.count(left) > before.count(right)
    left, right = style.inner_quotes if is_inner else style.quotes
    return f"{left}{quoted[1]}{right}"


def _is_inch(text: str, marks: list[re.Match[str]]) -> bool:
    """Say whether an opening mark stands right behind a number."""
    return any(text[mark.start() - 1 : mark.start()].isdecimal() for mark in marks[::2])


def set_marks(text: str, language: Language) -> str:
    """Return the text with full-width marks and the commas and dashes of the language."""
    text = _ELLIPSIS.sub("……", text)
    style = language.profile.punctuation
    text = _set_brackets(_set_commas(text, style.marks[","]))
    text = _QUERY.sub(lambda mark: mark[0].translate(_QUERY_FORMS), text)
    text = _COLON.sub("：", text)
    text = _DECIMAL.sub(".", text.replace("｡", "。")).replace("．", "。")
    # Not the stop of a decimal, a file name, an abbreviation, an extension or a list's number.
    text = _FULL_STOP.sub(lambda stop: stop["kept"] or "。", text)
    text = _without_doubles(text)
    return _DASH.sub(style.dash or r"\g<0>", text)


def to_ascii_marks(text: str) -> str:
    """Return the text in the style of pages that keep "。" and "、" and write the rest in ASCII."""
    return text.translate(_ASCII_FORMS)


def _set_commas(text: str, comma: str) -> str:
    text = _THOUSANDS.sub(",", text)
    # Names in a row are a list, and so are numbers: "Gemma, Llama, Qwen" is "Gemma、Llama、Qwen".
    text = _LATIN_LIST.sub(lambda names: names[0].replace(", ", "、"), text)
    text = _COMMA.sub("，", _DIGIT_LIST.sub("、", text))
    return text.replace("，", comma)


def _set_brackets(text: str) -> str:
    """Widen brackets, except around the arguments of a function: "print(x)"."""

    def widened(pair: re.Match[str]) -> str:
        before = pair.string[: pair.start()]
        is_name = _NAME.search(before) and re.match(r"[A-Z]\w", pair[1])
        is_code = _CODE.search(before) and not is_name and not re.search(f"[{CJK}]", pair[1])
        return pair[0] if is_code else f"（{pair[1]}）"

    return _BRACKETS.sub(widened, text)


def _without_doubles(text: str) -> str:
    text = _RUN.sub(lambda run: max(run[0].replace(" ", ""), key=_STRENGTH.index), text)
    return _WEAK_AFTER_STRONG.sub("", _WEAK_BEFORE_STRONG.sub("", text))
