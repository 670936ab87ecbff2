"""Find pieces of text that mean themselves in every language: addresses, handles, code. Pure."""

import re

_SIGN = "[!-'*-~]"  # what addresses are written in, but for brackets
_BRACKET = rf"\({_SIGN}*\)"
_REST = rf"(?:{_SIGN}|{_BRACKET})*(?:[\w/]|{_BRACKET})"

WEB_OR_MAIL = rf"https?://{_REST}|(?<![\w.+-])[\w.+-]+@\w[\w-]*(?:\.\w+)+"
"""Web and mail addresses, in ASCII."""

_DOMAINS = "com|org|net|edu|gov|io|ai|dev|app|co|fm|tv|info|me|us|uk|de|fr|jp|kr|cn"
SITE = rf"(?<![\w@./-])(?:[\w-]+\.)+(?:{_DOMAINS})(?![\w-])(?:/{_REST})?"
"""A web address without its scheme: example.com/a?b=1."""

_FILE = r"[\w-]*[A-Za-z][\w-]*(?:\.[a-z]\w*)+"
LITERAL = re.compile(
    rf"""
      {WEB_OR_MAIL} | {SITE}
    | `[^`]+`
    | (?<![\w./-])(?:~|\.\.?|[\w.-]+)?(?:/[\w.-]+){{2,}}/?  # paths
    | (?<![\w./-])(?:[\w.-]+/)+{_FILE}
    | (?<![\w\\])[A-Za-z]:\\[\w.\\-]+
    | (?<![\w.]){_FILE}
    | (?<![\w.])\w+(?:\.\w+)*\(\)
    | (?<![\w-])_*[A-Za-z0-9]+_\w+
    | (?<![\w@\#/.&])[@\#][A-Za-z]\w*(?:[.-]\w+)*
    | (?<![\w-])--[a-z][\w-]*
    | (?<![\w.])v?\d+(?:\.\d+){{2,}}(?:-[A-Za-z][\w.]*)?
    """,
    re.ASCII | re.VERBOSE,
)
"""Whatever must come through a translation as it is."""
