"""Make any text fit for an XML file, for Markdown, or for the room that there is."""

import re
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_line(text: str) -> str:
    """Put a text on one line, without the control characters that XML cannot hold at all."""
    return " ".join(_NOT_IN_XML.sub("", text).split())


_SPECIAL = re.compile(r"[\\`*_\[\]~$#]")


_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"})


def escape_markdown(text: str) -> str:
    """Make a text stand in Markdown, also in a table, as it is: one line without any markup."""
    marked = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    return marked.translate(_ENTITIES)


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]], align: str = "") -> str:
    """Lay out a table; `align` holds an "l" or an "r" for each column."""
    rules = ["--:" if side == "r" else "---" for side in align.ljust(len(heads), "l")]
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rules, *rows])


def shorten(text: str, most: int) -> str:
    """Cut a text that is too wide and put an ellipsis there.

    Args:
        text: One line.
        most: Letters that there is room for; those of the Far East count 2.
    """
    if sum(map(_width, text)) <= most:
        return text
    kept, room = "", most - 1
    for letter in text:
        room -= _width(letter)
        if room < 0:
            break
        kept += letter
    return kept.rstrip() + "…"


def _width(letter: str) -> int:
    return 2 if east_asian_width(letter) in "WF" else 1
