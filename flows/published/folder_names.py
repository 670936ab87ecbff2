"""Names of folders: readable, safe on every file system, and each of one text only. Pure.

A name is the slug of a text. Where the slug does not lead back to the text, the name ends in a mark
of the text's hash, so that two texts that differ in letter case, punctuation or accents never meet.
"""

import hashlib
import re

from slugify import slugify

from outputs.library.published_folder import SCHEMAS_FOLDER

MAX_LENGTH = 80

DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
"""What Windows takes for a device, whatever folder it is in."""

RESERVED = DEVICES | {SCHEMAS_FOLDER}

LOOKS_MARKED = re.compile(r"(.*-)?[0-9a-f]{8}")

SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://(www\.)?", re.IGNORECASE)
"""What many guids begin with and no reader needs."""

EARLIER_PLAIN = re.compile(r"[A-Za-z0-9 ,.:;!?'’\"()—–-]*")
"""Texts that got no mark in earlier versions, whatever the slug lost of them."""


def show_names(show: str) -> tuple[str, ...]:
    """Return the names that a show's folder may have, the best one first.

    "Open Ears" is `open-ears`, or has a mark if that is taken by a show of an earlier version.
    """
    spelled = " ".join(word.capitalize() for word in slugify(show).split("-"))
    return _names(show, spelled, _mark(show))


def title_names(title: str) -> tuple[str, ...]:
    """Return the names that the folder of an episode without a guid may have, the best one first.

    "Small models" is `small-models`.
    """
    spelled = slugify(title).replace("-", " ").capitalize()
    return _names(title, spelled, _mark(f"title\n{title}"))  # a guid is one line, and not this one


def guid_name(guid: str) -> str:
    """Return the name of the folder of an episode with a guid, which always has a mark."""
    return _marked(SCHEME.sub("", guid), _mark(guid))


def earlier_name(text: str) -> str:
    """Return the name that earlier versions gave to a show or a title."""
    slug = slugify(text, max_length=MAX_LENGTH)
    is_plain = len(text) <= MAX_LENGTH and EARLIER_PLAIN.fullmatch(text)
    return slug if slug and slug != SCHEMAS_FOLDER and is_plain else _marked(text, _mark(text))


def _names(text: str, spelled: str, mark: str) -> tuple[str, ...]:
    slug, marked = slugify(text), _marked(text, mark)
    is_exact = slug and text == spelled and len(slug) <= MAX_LENGTH
    is_plain = is_exact and slug not in RESERVED and not LOOKS_MARKED.fullmatch(slug)
    return (slug, marked) if is_plain else (marked,)


def _marked(text: str, mark: str) -> str:
    slug = slugify(text, max_length=MAX_LENGTH)
    return f"{slug}-{mark}" if slug else mark


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]
