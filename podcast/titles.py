"""Titles as people type them, which is seldom as publishers wrote them."""

import unicodedata

_UNSEEN = frozenset({"Cf", "Me", "Mn"})
"""Categories of joiners, variation selectors and marks above letters."""


def title_key(title: str) -> str:
    """Return what spellings of a title have in common.

    Capitals, white space, the shape of quotation marks and dashes, the presentation of an emoji,
    and whether accents are letters of their own do not count.
    """
    composed = unicodedata.normalize("NFKC", title).casefold()
    return " ".join("".join(map(_plain, unicodedata.normalize("NFC", composed))).split())


def loose_title_key(title: str) -> str:
    """Return the letters and digits of a title alone, without accents."""
    apart = unicodedata.normalize("NFKD", title.casefold())
    seen = (c for c in apart if unicodedata.category(c) not in _UNSEEN and c not in "'’‘`´")
    return " ".join("".join(c if c.isalnum() else " " for c in seen).split())


def _plain(character: str) -> str:
    if character in "'’‘‚‛`´′ʼ":
        return "'"
    match unicodedata.category(character):
        case "Pi" | "Pf":
            return '"'
        case "Pd":
            return "-"
        case "Cf" | "Me" | "Mn":
            return ""
    return '"' if character in "„″" else "-" if character == "−" else character
