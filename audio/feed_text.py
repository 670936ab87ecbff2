"""The text of a feed from its bytes: decoded whatever they claim to be, and mended for parsers."""

import html
import re

from feedparser.encodings import convert_to_utf8

from podcast.errors import BadInputError

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_INTERNAL_SUBSET = re.compile(
    r"\A(?:\s|<\?.*?\?>|<!--.*?-->)*<!DOCTYPE[^>\[]*\[", re.DOTALL | re.IGNORECASE
)
_CDATA_OR_AMPERSAND = re.compile(r"<!\[CDATA\[.*?\]\]>|&(#?\w+;)?", re.DOTALL)
_OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def read_feed_text(data: bytes, shown: str) -> str:
    """Decode a feed and mend what keeps parsers from reading it.

    Named characters of HTML become characters, a bare "&" becomes "&amp;", and what XML does not
    allow goes. The XML declaration goes, since it is often wrong.

    Args:
        data: The feed.
        shown: Its name in messages.

    Raises:
        BadInputError: It is empty, or defines entities of its own, as attacks do.
    """
    result: dict[str, object] = {}
    text = convert_to_utf8({}, data, result).decode("utf-8", "replace").lstrip("\ufeff")
    text = _DECLARATION.sub("", text, count=1)
    if not text.strip():
        raise BadInputError(f"The feed {shown} is empty. Check its address.")
    if _INTERNAL_SUBSET.match(text):
        raise BadInputError(
            f"The feed {shown} defines entities of its own, as no podcast's feed needs to. "
            "Ask its publisher for one without."
        )
    return _CDATA_OR_AMPERSAND.sub(_mend, _NO_XML.sub("", text))


def _mend(found: re.Match[str]) -> str:
    name = found[1]
    if name is None:
        return "&amp;" if found[0] == "&" else found[0]
    if name in _OF_XML:
        return found[0]
    character = _NO_XML.sub("", html.unescape(found[0]))
    return html.escape(character)
