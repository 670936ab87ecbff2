"""Find pieces of text that mean themselves in every language: addresses, handles, code. Pure."""

from translation.typography.characters import CJK

_SIGN = "[!-'*-~]"  # what addresses are written in, but for brackets
_BRACKET = rf"\({_SIGN}*\)"
# A Chinese or Japanese part begins behind a sign of the address: example.com/中文, but b吧.
_OWN = rf"(?<=[/=_-])[{CJK}]+(?![{CJK}])"
_REST = rf"(?:{_SIGN}|{_BRACKET}|{_OWN})*(?:[A-Za-z0-9_/]|{_BRACKET}|{_OWN})"
_W = "[A-Za-z0-9_]"
_DOMAINS = "com|org|net|edu|gov|io|ai|dev|app|co|fm|tv|info|me|us|uk|de|fr|jp|kr|cn"

ADDRESS = "|".join((
    rf"https?://{_REST}",
    rf"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]+@{_W}[A-Za-z0-9_-]*(?:\.{_W}+)+",
    rf"(?<![A-Za-z0-9_@./-])(?:[A-Za-z0-9-]+\.)+(?:{_DOMAINS})(?![A-Za-z0-9_-])(?:/{_REST})?",
))  # fmt: skip
"""Web and mail addresses, also without their scheme: example.com/a?b=1."""

LITERAL = "|".join((
    ADDRESS,
    r"`[^`]+`",
    rf"(?<![A-Za-z0-9_./-])(?:~|\.\.?)?(?:/[A-Za-z0-9_.-]*{_W}){{2,}}/?",
    rf"(?<![A-Za-z0-9_./-])(?:[A-Za-z0-9_.-]+/)+[A-Za-z0-9_-]+\.[a-z]{_W}+",
    rf"(?<![A-Za-z0-9_\\])[A-Za-z]:\\[A-Za-z0-9_.\\-]*{_W}",
    rf"(?<![A-Za-z0-9_.]){_W}+(?:\.{_W}+)*\(\)",
    r"(?<![A-Za-z0-9_-])_*[A-Za-z0-9]+_[A-Za-z0-9_]+",
    rf"(?<![A-Za-z0-9_@#/.&])[@#][A-Za-z]{_W}*(?:[.-]{_W}+)*",
    r"(?<![A-Za-z0-9_-])--[a-z][A-Za-z0-9_-]*",
    r"(?<![A-Za-z0-9_.])v?\d+(?:\.\d+){2,}(?:-[A-Za-z][A-Za-z0-9_.]*)?",
))  # fmt: skip
"""Whatever must come through a translation as it is: paths, snake_case, calls, @handles, #tags."""

FILE = rf"(?<![A-Za-z0-9_.-])(?=[0-9_-]*[A-Za-z])[A-Za-z0-9_-]+(?:\.[a-z]{_W}*)+"
"""A name with dots: llama.cpp. It may be that of a file, or a sentence without a space."""
