"""Tell from a file's first bytes what it is, when it is not sound. Pure."""

import re

_NOT_SOUND = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a": "a RAR archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
_PLAYLISTS = (b"#extm3u", b"[playlist]", b"ffconcat")
_SOUND = (
    b"ID3", b"OggS", b"fLaC", b"RIFF", b"RF64", b"FORM", b"caff", b"#!AMR",
    b"\x1aE\xdf\xa3", b"0&\xb2u",
)  # fmt: skip
_MPEG_FRAME = re.compile(rb"\xff[\xe2-\xe7\xf0-\xf7\xf8-\xfd]")
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_TEXT_CONTROLS = frozenset("\t\n\r\f\x1b")

HEAD_SIZE = 4096
"""Bytes that are enough to tell."""


def name_foreign(head: bytes) -> str | None:
    """Name what a file is if its first bytes show that it is no sound, such as "an HTML page"."""
    for magic, kind in _NOT_SOUND.items():
        if head.startswith(magic):
            return kind
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PLAYLISTS):
        return "a playlist"
    text = _decode(head)
    return None if text is None else _name_text(text.lstrip().lower())


def is_sound(head: bytes) -> bool:
    """Say whether the first bytes are those of a known sound or video container."""
    return head.startswith(_SOUND) or head[4:8] == b"ftyp" or bool(_MPEG_FRAME.match(head))


def _name_text(text: str) -> str:
    if text.startswith("<!doctype html") or "<html" in text[:1024]:
        return "an HTML page"
    if text.startswith(("<?xml", "<rss", "<feed")):
        return "an XML document, perhaps a podcast's feed"
    if text.startswith(("{", "[")):
        return "a JSON document"
    return "a text file"


def _decode(head: bytes) -> str | None:
    """Read bytes as text; None if they are not text."""
    encoding = next((e for mark, e in _BYTE_ORDER_MARKS.items() if head.startswith(mark)), "utf-8")
    for n_cut in range(4):  # the head may end within a character
        try:
            text = head[: len(head) - n_cut].decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        is_text = all(character >= " " or character in _TEXT_CONTROLS for character in text)
        return text if is_text and text else None
    return None
