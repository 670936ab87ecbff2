"""Give Korean rows ASCII punctuation with the spaces that Korean wants. Pure."""

import re

from translation.typography.characters import HANGUL, LATIN
from translation.typography.literals import LITERAL

_ASCII_FORMS = str.maketrans(
    {
        "，": ",", "、": ",", "､": ",", "。": ".", "｡": ".", "．": ".", "？": "?", "！": "!",
        "：": ":", "；": ";", "（": "(", "）": ")", "～": "~", "〜": "~", "・": "·", "⋯": "…",
    }
)  # fmt: skip
_NAME_END = rf"{LATIN}\d{HANGUL}"

_POINTS = r"(?:\.(?: ?\.){2,}|…)"

_RULES: tuple[tuple[str, str], ...] = (
    # One sign for an ellipsis; two points are none.
    (rf"{_POINTS}(?: ?{_POINTS})*", "…"),
    (r"(?<=\S) +(?=,)", ""),
    (r"(?<=\S) +(?=[.?!…)](?:[\s,.?!…)\"'”’]|$))", ""),
    (r"(?<=[^\s\d]) +(?=[:;](?:\s|$))", ""),
    (r"(?<=\() +", ""),
    (r",(?: ?,)+", ","),
    (r",+ ?(?=[.?!])", ""),
    (r"(?<=[?!]) ?,+|(?<=[?!])(?: ?\.)+(?![\da-z])", ""),
    (r"(?<!\.)\.\.(?!\.)", "."),
    (rf",(?=[{LATIN}{HANGUL}])|(?<=\D),(?=\d)", ", "),
    (rf"(?<=[{HANGUL}])([.;])(?=[{HANGUL}A-Z])", r"\1 "),
    (rf"(?<=[{_NAME_END}])([?!]+)(?=[{_NAME_END}])(?!라[고는며면])", r"\1 "),
    (rf"(?<=[{HANGUL}{LATIN}]):(?=[{HANGUL}])", ": "),
    # A Latin gloss stands right behind its word: 언어 모델(LLM).
    (rf"(?<=[{_NAME_END}]) \((?=[^()]*[{LATIN}][^()]*\))(?![^()]*[{HANGUL}])", "("),
    (r"(?<=\d) +(?=[%‰])", ""),
)
_COMPILED = tuple((re.compile(pattern), form) for pattern, form in _RULES)
_LITERAL = re.compile(f"({LITERAL})")


def fold_korean_marks(text: str) -> str:
    """Return the text with ASCII marks for full-width ones."""
    return text.translate(_ASCII_FORMS)


def set_korean_marks(text: str) -> str:
    """Return a text with ASCII marks, no space before one and one behind a comma or a stop."""
    pieces = _LITERAL.split(text)
    # Every second piece is an address or code.
    return "".join(piece if n % 2 else _set(piece) for n, piece in enumerate(pieces))


def _set(text: str) -> str:
    for pattern, form in _COMPILED:
        text = pattern.sub(form, text)
    return text
