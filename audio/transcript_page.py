"""Read a transcript from a page of HTML, line by line."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from podcast.passage import Passage


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNSHOWN = "|".join(
    f"//{name}"
    for name in (
        *("comment()", "processing-instruction()"),
        *("script", "style", "head", "nav", "noscript", "template", "button", "svg"),
    )
)
_INLINE = _words("""
    a abbr b bdi bdo cite code data dfn em font i ins kbd mark q rp rt ruby s samp small span
    strike strong sub sup time tt u var wbr
""")
"""Elements that part no words; all others begin and end a line."""
_HEADINGS = _words("dt h1 h2 h3 h4 h5 h6")
_CITED = "\ue000"
"""Stands before the name of a speaker on a line of its own; a sign that no font has."""


def lines_of_page(text: str) -> Iterator[Passage]:
    """Yield the lines that a reader of the page sees; `<cite>` says who speaks from there on.

    Raises:
        ValueError: There is no page in it.
    """
    try:
        page = html.document_fromstring(re.sub(r"^<\?xml[^<>]*\?>", "", text))
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error
    for element in page.xpath(_UNSHOWN):
        element.drop_tree()
    for element in page.iter():
        _lay_out(element)
    speaker = ""
    for line in page.text_content().split("\n"):
        if line.startswith(_CITED):
            speaker = line.strip(f"{_CITED} :")
        else:
            yield Passage(line.strip(), speaker)


def _lay_out(element: Any) -> None:
    """Put lines and marks of plain text where the page has elements for them."""
    is_verbatim = element.tag == "pre"
    inner = (element.text or "") if is_verbatim else _folded(element.text)
    before, after = ("", "") if element.tag in _INLINE else ("\n", "\n")
    if element.tag == "time":
        before, after = " [", "] "
    elif element.tag == "cite" and not any(element.iterancestors("p")):
        before, after = f"\n{_CITED}", "\n"
    elif element.tag in _HEADINGS or _is_strong_line(element):
        before += "# "
    elif element.tag == "br":
        before = ""
    element.text = before + inner
    element.tail = after + _folded(element.tail)


def _is_strong_line(element: Any) -> bool:
    """Whether a bold element is a line of its own."""
    if element.tag not in {"b", "strong"} or (element.tail or "").strip():
        return False
    before, after = element.getprevious(), element.getnext()
    is_first = before is None and not (element.getparent().text or "").strip()
    is_begun = before is not None and before.tag == "br" and not (before.tail or "").strip()
    return (is_first or is_begun) and (after is None or after.tag == "br")


def _folded(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
