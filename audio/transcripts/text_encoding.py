"""Decode a text of which nobody says how it is encoded."""

import re

_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_UNSEEN = re.compile(r"[\ufeff\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")


def decode_text(data: bytes) -> str:
    """Return a text without signs that nobody sees, and with line feeds alone.

    Args:
        data: In UTF-8, UTF-16 or Windows-1252.

    Raises:
        ValueError: It is no text.
    """
    is_wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ("utf-16",) if is_wide else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return _UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    raise ValueError("it is no text")
