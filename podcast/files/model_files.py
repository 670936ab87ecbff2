"""Check that a model's files are there and whole, without loading a model."""

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

LISTS_BYTE_COUNTS = 4
"""From this version of CTranslate2's format on, each variable says how many bytes it has."""


def check_json(path: Path) -> Iterator[str]:
    """Say what is wrong with a JSON file."""
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        yield f"{path} is missing"
    except ValueError:
        yield f"{path} is cut or no JSON"


def check_any(folder: Path, pattern: str) -> Iterator[str]:
    """Say whether no file of a folder has such a name."""
    if not any(folder.glob(pattern)):
        yield f"{folder / pattern} is missing"


def check_ctranslate2(path: Path, kind: str) -> Iterator[str]:
    """Say what is wrong with the weights of a CTranslate2 model.

    Walk from variable to variable to the end: that finds a cut file and reads no weights.

    Args:
        path: The file.
        kind: What CTranslate2 calls such a model.
    """
    try:
        with path.open("rb") as file:
            found, is_whole = _walk(file, path.stat().st_size)
    except OSError:
        yield f"{path} is missing"
    except (struct.error, UnicodeDecodeError):
        yield f"{path} is cut or no CTranslate2 model"
    else:
        if found != kind:
            yield f"{path} is a {found[:40]!r} model where a {kind} is needed"
        elif not is_whole:
            yield f"{path} is cut"


def _walk(file: BinaryIO, size: int) -> tuple[str, bool]:
    """Return the kind of a CTranslate2 model and whether the file ends where it says."""
    version = _number(file, "<I")
    kind = _text(file)
    _number(file, "<I")  # the kind's revision
    if version < LISTS_BYTE_COUNTS:
        return kind, True
    for _ in range(_number(file, "<I")):
        _text(file)
        file.seek(4 * _number(file, "<B") + 1, 1)  # the dimensions and the type
        file.seek(_number(file, "<I"), 1)
    for _ in range(_number(file, "<I")):
        _text(file)
        _text(file)
    return kind, file.tell() == size


def _number(file: BinaryIO, code: str) -> int:
    (value,) = struct.unpack(code, file.read(struct.calcsize(code)))
    return int(value)


def _text(file: BinaryIO) -> str:
    """Read a string that says its length and ends with a zero byte."""
    length = _number(file, "<H")
    (text,) = struct.unpack(f"{length}s", file.read(length))
    return str(text[:-1], "utf-8")
