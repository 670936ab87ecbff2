"""Check that a model's files are there and whole, without loading a model."""

import json
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from podcast.errors import SetupError
from translation.engines.argos_packages import read_package

LISTS_BYTE_COUNTS = 4
"""From this version of CTranslate2's format on, each variable says how many bytes it has."""


def check_whisper(folder: Path) -> tuple[str, ...]:
    """Return what is wrong with a folder that faster-whisper should load."""
    return (
        *_check_ctranslate2(folder / "model.bin", "WhisperSpec"),
        *_check_json(folder / "config.json"),
        # Without this file faster-whisper would fetch a tokenizer that may not fit.
        *_check_json(folder / "tokenizer.json"),
        *_check_any(folder, "vocabulary.*"),
    )


def check_package(folder: Path) -> tuple[str, ...]:
    """Return what is wrong with an unpacked Argos package."""
    try:
        read_package(folder)
    except SetupError as error:
        return (str(error),)
    return (
        *_check_ctranslate2(folder / "model" / "model.bin", "TransformerSpec"),
        *_check_any(folder / "model", "*vocabulary*"),
    )


def check_diarization(folder: Path) -> tuple[str, ...]:
    """Return what is wrong with a folder that pyannote.audio should load as a pipeline."""
    config = folder / "config.yaml"
    try:
        text = config.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return (f"{config} is missing or not readable",)
    if not re.search(r"^pipeline:", text, re.MULTILINE):
        return (f"{config} describes no pipeline",)
    parts = dict.fromkeys(re.findall(r"\$model/([\w-]+)", text))
    return tuple(problem for part in parts for problem in _check_part(folder / part))


def _check_part(folder: Path) -> Iterator[str]:
    """Check the checkpoints or tables of one step; both are zip files with check sums."""
    files = [p for p in sorted(folder.glob("*")) if p.suffix in {".bin", ".npz", ".ckpt"}]
    if not files:
        yield f"{folder} is missing or holds no weights"
    for file in files:
        if not zipfile.is_zipfile(file):
            yield f"{file} is cut or no checkpoint"
        elif _has_damage(file):
            yield f"{file} is damaged"


def _has_damage(path: Path) -> bool:
    with zipfile.ZipFile(path) as file:
        return file.testzip() is not None


def _check_json(path: Path) -> Iterator[str]:
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        yield f"{path} is missing"
    except ValueError:
        yield f"{path} is cut or no JSON"


def _check_any(folder: Path, pattern: str) -> Iterator[str]:
    if not any(folder.glob(pattern)):
        yield f"{folder / pattern} is missing"


def _check_ctranslate2(path: Path, kind: str) -> Iterator[str]:
    """Walk from variable to variable to the end: that finds a cut file and reads no weights."""
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
