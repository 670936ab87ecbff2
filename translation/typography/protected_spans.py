"""Keep pieces of a row that have a typography of their own: addresses, Latin titles, quotations.

While the row is set, one placeholder stands for each piece; the rules take it for a Latin word.
"""

import re
from dataclasses import dataclass

from translation.typography import literals
from translation.typography.characters import CJK, MASKS, WIDE_MARKS


@dataclass(frozen=True, slots=True)
class Shield:
    """One kind of piece: its placeholder and how to find it."""

    mask: str
    piece: re.Pattern[str]

    def hide(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Return the text with placeholders, and the pieces in their order."""
        pieces = tuple(found[0] for found in self.piece.finditer(text))
        return self.piece.sub(self.mask, text), pieces

    def restore(self, text: str, pieces: tuple[str, ...]) -> str:
        """Put the pieces back."""
        parts = text.split(self.mask)
        return parts[0] + "".join(p + t for p, t in zip(pieces, parts[1:], strict=True))


_FOREIGN = f'[^{CJK}{WIDE_MARKS}()"]*'
_WORD_MASK, _TITLE_MASK, _QUOTATION_MASK = tuple(MASKS)

LITERAL = Shield(_WORD_MASK, re.compile(literals.LITERAL))
"""Addresses, handles and code."""

TITLE = Shield(
    _TITLE_MASK,
    re.compile(f" [—–-] [^{CJK}{WIDE_MARKS}]*$|^[^{CJK}{WIDE_MARKS}]* [—–-] "),
)
"""The Latin part of a title after or before a dash: " — Omar Sanseviero, Google DeepMind"."""

QUOTATION = Shield(
    _QUOTATION_MASK,
    re.compile(rf"(?<=[“「『《(（]){_FOREIGN}[,.?!;:]{_FOREIGN}(?=[”」』》)）])"),
)
"""Latin with punctuation of its own between quotes or brackets: “Hello, world!”."""
