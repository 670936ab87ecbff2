"""The body of an answer, decoded in small steps and only as it was asked for."""

import zlib
from collections.abc import Iterator

import httpx

from podcast.errors import BadInputError, NetworkError

STEP = 1 << 16
"""Bytes that are decoded at once, at most."""

_ENCODINGS = frozenset({"gzip", "x-gzip", "deflate", "compress", "x-compress", "br", "zstd"})
"""Those that change a body. Other words in Content-Encoding, such as "utf-8", are mistakes."""

_GZIP = 16 + zlib.MAX_WBITS


def decoded(response: httpx.Response, shown: str) -> Iterator[bytes]:
    """Yield a body in small pieces, whatever it swells to.

    Args:
        response: To a request that told in Accept-Encoding what it takes: gzip or nothing.
        shown: The address without its secrets.

    Raises:
        BadInputError: It is encoded in another way, or more than once.
        NetworkError: It is not what it says, or its end is missing.
    """
    encodings = _encodings(response.headers)
    if not encodings:
        yield from response.iter_raw()
    elif encodings == ["gzip"] and "gzip" in response.request.headers["Accept-Encoding"]:
        yield from _unzipped(response.iter_raw(), shown)
    else:
        raise BadInputError(
            f"The server of {shown} sent it encoded as {', '.join(encodings)}, which it was not "
            "asked for. Tell its owner, or fetch the file with a browser and give its path."
        )


def read_body(response: httpx.Response, shown: str, max_bytes: int, kind: str) -> bytes:
    """Return a whole body.

    Raises:
        BadInputError: It is larger than this kind of thing ever is, or see `decoded`.
        NetworkError: See `decoded`.
    """
    content = bytearray()
    for piece in decoded(response, shown):
        content += piece
        if len(content) > max_bytes:
            raise BadInputError(f"{shown} is larger than {max_bytes:,} bytes: no {kind}. Check it.")
    return bytes(content)


def _encodings(headers: httpx.Headers) -> list[str]:
    named = (name.strip().lower() for name in headers.get("content-encoding", "").split(","))
    return [name.removeprefix("x-") for name in named if name in _ENCODINGS]


def _unzipped(pieces: Iterator[bytes], shown: str) -> Iterator[bytes]:
    stream = zlib.decompressobj(_GZIP)
    try:
        for piece in pieces:
            yield stream.decompress(piece, STEP)
            while stream.unconsumed_tail and not stream.eof:
                yield stream.decompress(stream.unconsumed_tail, STEP)
            if stream.eof:  # what follows would only be gathered
                return
    except zlib.error as error:
        raise _damaged(shown) from error
    raise _damaged(shown)


def _damaged(shown: str) -> NetworkError:
    return NetworkError(f"{shown} arrived damaged: it is no whole gzip stream. Try again.")
