"""Read a transcript from a page of HTML, line by line."""

import re
from collections.abc import Iterator

from lxml import etree

from podcast.publisher_transcript import Passage


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNSHOWN = _words("button head nav noscript script style svg template")
_INLINE = _words("""
    a abbr bdi bdo code data dfn em font i ins kbd mark q rp rt ruby s samp small span
    strike sub sup tt u var wbr
""")
"""Elements that part no words; all others begin and end a line."""
_LINE, _CITED, _BOLD, _LIGHT = "\ue000\ue001\ue002\ue003"
"""Stand between lines, before the name of a speaker, and around bold words: no font has them."""
_SIGNS = {
    **dict.fromkeys(_INLINE | _UNSHOWN, ("", "")),
    **dict.fromkeys(("b", "strong"), (_BOLD, _LIGHT)),
    **dict.fromkeys(("dt", "h1", "h2", "h3", "h4", "h5", "h6"), (f"{_LINE}# ", _LINE)),
    "br": ("", _LINE),
    "cite": (_LINE + _CITED, _LINE),
    "time": (" [", "] "),
}
"""What stands for the beginning and the end of an element; of others, a new line."""
_DEEPEST = 500
"""Elements in one another, which the parser looks through at every end tag."""
_STEP = 2**16
"""Letters that are parsed at once; the parser looks at errors of ours between two steps."""
_NO_SIGNS = str.maketrans("", "", _CITED + _BOLD + _LIGHT)


class _Layout:
    """Lays out a page as plain text while it is read; a tree takes long to build and to walk."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._depth = self._n_unshown = self._n_paragraphs = self._n_verbatim = 0

    def start(self, tag: str, _attributes: object) -> None:
        """Begin an element."""
        self._count(tag, 1)
        if self._depth > _DEEPEST:
            raise ValueError(f"more than {_DEEPEST} of its elements are in one another")
        self._put(self._signs(tag)[0])

    def end(self, tag: str) -> None:
        """End an element."""
        self._put(self._signs(tag)[1])
        self._count(tag, -1)

    def data(self, text: str) -> None:
        """Take text in, or a part of one."""
        self._put(text.replace("\n", _LINE) if self._n_verbatim else text)

    def close(self) -> str:
        """Return all that is shown."""
        return "".join(self._pieces)

    def _count(self, tag: str, step: int) -> None:
        self._depth += step
        self._n_unshown += step * (tag in _UNSHOWN)
        self._n_paragraphs += step * (tag == "p")
        self._n_verbatim += step * (tag == "pre")

    def _signs(self, tag: str) -> tuple[str, str]:
        is_title = tag == "cite" and self._n_paragraphs > 0
        return ("", "") if is_title else _SIGNS.get(tag, (_LINE, _LINE))

    def _put(self, piece: str) -> None:
        if not self._n_unshown:
            self._pieces.append(piece)


def lines_of_page(text: str) -> Iterator[Passage]:
    """Yield the lines that a reader of the page sees; `<cite>` says who speaks from there on.

    Raises:
        ValueError: There is no page in it, or one that nobody wrote.
    """
    page = re.sub(r"^<\?xml[^<>]*\?>", "", text)
    parser = etree.HTMLParser(target=_Layout())
    try:
        for at in range(0, len(page), _STEP):
            parser.feed(page[at : at + _STEP])
        shown = parser.close()
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error
    speaker = ""
    for line in re.sub(r"\s+", " ", shown).split(_LINE):
        if line.startswith(_CITED):
            speaker = line.translate(_NO_SIGNS).strip(" :")
        else:
            yield Passage(_marked(line.strip()), speaker)


def _marked(line: str) -> str:
    """Mark a line that is bold as a whole like a heading in Markdown."""
    words = line.strip(f"{_BOLD}{_LIGHT} ")
    is_bold = line[:1] == _BOLD and line[-1:] == _LIGHT and _LIGHT not in words
    return f"# {words}" if is_bold else line.translate(_NO_SIGNS)
