"""The bytes of a feed, unpacked and in an encoding in which markup can be searched."""

import codecs
import re
import zlib
from dataclasses import dataclass

from podcast.errors import BadInputError

MAX_BYTES = 50_000_000
"""Of a feed; the largest that are known have half of that."""

_GZIP = b"\x1f\x8b"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16's does
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
"""First bytes, and the encoding that they show."""

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']""")
_KEEPS_ASCII = re.compile(
    r"iso8859-\d+|cp(?:125\d|437|850|866|874|932|949|950)|koi8-[rtu]|mac-\w+|tis-620"
    r"|gb2312|gbk|gb18030|big5(?:hkscs)?|euc_\w+|shift_jis\w*"
)
"""Encodings of feeds in which "<", ">" and "&" are never a part of another character."""
_IN_ESCAPES = re.compile(r"iso2022_\w+|hz")
_MEANT = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
"""What is declared, and the larger encoding that is meant, as on the web."""
_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class FeedText:
    """A feed whose markup can be searched.

    Attributes:
        content: Bytes of which those of ASCII mean themselves; the feed's own wherever they do.
        encoding: Of `content`.
        original: Encoding of the feed's own bytes, as Python calls it.
        mark: Byte order mark, where the feed was converted and `content` has none.
    """

    content: bytes
    encoding: str
    original: str
    mark: bytes = b""

    def decode(self, piece: bytes) -> str:
        """Read a piece of the content; a byte that is not of the encoding stops nobody."""
        errors = _LENIENT if self.encoding == "utf-8" else "replace"
        return piece.decode(self.encoding, errors)

    def restore(self, content: bytes) -> bytes:
        """Write content as the feed's own bytes were written, as far as its encoding can."""
        if self.encoding == self.original:
            return content
        return self.mark + content.decode().encode(self.original, "replace")


def read_feed_text(data: bytes, shown: str) -> FeedText:
    """Find out how a feed is written; what it says of itself is often wrong.

    Args:
        data: The feed, perhaps a gzip file.
        shown: Its name in messages.

    Raises:
        BadInputError: It is empty, or too large for a feed.
    """
    data = unpacked(data, shown)
    if not data.strip(b"\0 \t\r\n"):
        raise BadInputError(f"The feed {shown} is empty. Check its address.")
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", ""))
    if encoding in {"", "utf-8"}:
        return _of_bytes(data)
    mark = b"" if b"<" in mark else mark
    content = data[len(mark) :].decode(encoding, "replace").encode("utf-8", "replace")
    return FeedText(content, "utf-8", encoding, mark)


def unpacked(data: bytes, shown: str) -> bytes:
    """Unpack a feed that is a gzip file, once, and no more of it than a feed may have.

    Raises:
        BadInputError: It is damaged, or too large for a feed.
    """
    if data.startswith(_GZIP):
        try:
            data = zlib.decompressobj(wbits=31).decompress(data, MAX_BYTES + 1)
        except zlib.error as error:
            raise BadInputError(f"{shown} is a damaged gzip file. Get it anew.") from error
    if len(data) > MAX_BYTES:
        raise BadInputError(f"{shown} is larger than {MAX_BYTES:,} bytes: no feed. Check it.")
    return data


def _of_bytes(data: bytes) -> FeedText:
    """Read a feed whose ASCII is ASCII: what is UTF-8 by its bytes is that, whatever it says."""
    declared = _declared(data)
    if _IN_ESCAPES.fullmatch(declared):
        content = data.decode(declared, "replace").encode("utf-8", "replace")
        return FeedText(content, "utf-8", declared)
    encoding = declared if _KEEPS_ASCII.fullmatch(declared) and not _is_utf8(data) else "utf-8"
    return FeedText(data, encoding, encoding)


def _declared(data: bytes) -> str:
    """Return the encoding that a feed declares, as Python calls it; empty if none is known."""
    found = _DECLARED.search(data[:1024])
    try:
        name = codecs.lookup(found[1].decode()).name if found else ""
    except LookupError:
        return ""
    return _MEANT.get(name, name)


def _is_utf8(data: bytes) -> bool:
    """Look a piece at a time: as one text, it could take four times the memory."""
    pieces = (data[start : start + _STEP] for start in range(0, len(data), _STEP))
    try:
        for _ in codecs.iterdecode(pieces, "utf-8"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Take a byte that is not of UTF-8 for one of Windows, where such bytes mostly come from."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_LENIENT = "interlinear-windows"
codecs.register_error(_LENIENT, _as_windows)
