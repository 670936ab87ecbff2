"""Put the spaces of Chinese and Japanese rows in order. Pure.

None between Chinese or Japanese characters, where the tokenizers of translation models leave some,
none beside full-width marks, and one, or none, between them and Latin letters or digits.
"""

import re

from translation.typography.characters import CJK, LATIN, MASKS, WIDE_MARKS

# The title's placeholder brings its own space.
_HIDDEN = MASKS[0] + MASKS[2]
_LEFT = rf"[{LATIN}\d%‰°+{_HIDDEN}]|(?<=[{LATIN}])[.#]"
_RIGHT = rf"[{LATIN}\d{_HIDDEN}]|[$€£#@.](?=[{LATIN}\d])"

_BETWEEN_WIDE = re.compile(rf"(?<=[{CJK}·]) +(?=[{CJK}·])")
_BESIDE_MARK = re.compile(rf" *([{WIDE_MARKS}]|——) *")
_BESIDE_SINGLE_QUOTE = re.compile(rf"(?<=[{CJK}]) +(?=[‘’])|(?<=[‘’]) +(?=[{CJK}])")
_BEFORE_PERCENT = re.compile(r"(?<=\d) +(?=[%‰])")
_BETWEEN_SCRIPTS = re.compile(rf"(?P<left>{_LEFT}) *(?=[{CJK}])|(?P<wide>[{CJK}]) *(?={_RIGHT})")


def set_spaces(text: str, *, latin_spacing: bool) -> str:
    """Return the text with its spaces in order.

    Args:
        text: A row with full-width marks.
        latin_spacing: One space between scripts; else none.
    """
    text = _BETWEEN_WIDE.sub("", text)
    text = _BESIDE_SINGLE_QUOTE.sub("", _BESIDE_MARK.sub(r"\1", text))
    text = _BEFORE_PERCENT.sub("", text)
    gap = " " if latin_spacing else ""
    return _BETWEEN_SCRIPTS.sub(lambda seam: (seam["left"] or seam["wide"]) + gap, text)
