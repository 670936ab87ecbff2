"""The corrections of an episode as a YAML file beside its folder: read, rendered, added to.

Every value is read as the text that stands there: to YAML alone, `0012` would be the number ten,
`No` a falsehood and `6:30` the number 390.
"""

import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from outputs.editing.corrections_read import ENTRY_KEYS, read_document
from podcast.editing.corrections import Correction, Corrections, line_id, same_text
from podcast.errors import BadInputError
from podcast.files.staging import staged
from podcast.language import Language, parse_targets

SUFFIX = ".corrections.yaml"
NO_FOLDING = 1_000_000
"""Columns before a text is folded: never."""

INDENTED_ENTRY = re.compile(r"^ +- ", re.MULTILINE)


def corrections_path(folder: Path) -> Path:
    """Return the place of an episode's corrections: beside its folder, which runs replace."""
    return folder.with_name(folder.name + SUFFIX)


def load_corrections_text(path: Path) -> str:
    """Read a file of corrections as it stands; one that is not there is empty.

    Raises:
        BadInputError: It cannot be read, or is not UTF-8 text.
    """
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except UnicodeDecodeError as error:
        raise BadInputError(
            f"{path} is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        ) from error
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error.strerror}.") from error


def load_corrections(path: Path) -> Corrections:
    """Read the corrections of an episode; without a file there are none.

    Raises:
        BadInputError: The file holds something else.
    """
    return parse_corrections(load_corrections_text(path), path.name)


def save_corrections(path: Path, text: str) -> None:
    """Write a file of corrections, whole or not at all.

    Raises:
        StorageError: The disk is full, or the folder cannot be written.
    """
    with staged(path) as file:
        file.write(text.encode())


def parse_corrections(text: str, name: str = "the corrections") -> Corrections:
    """Read corrections.

    Args:
        text: YAML. See docs/corrections.md.
        name: What to call it in an error.

    Raises:
        BadInputError: It is no YAML, or says something else than corrections.
    """
    return read_document(_load(text, name), name)


def render_corrections(corrections: Corrections) -> str:
    """Write corrections; the inverse of `parse_corrections`."""
    document = CommentedMap()
    if corrections.entries:
        document["corrections"] = [_entry(entry) for entry in corrections.entries]
    if corrections.titles:
        document["titles"] = _texts(corrections.titles)
    return _dump(document, "") if document else ""


def merge_correction(text: str, correction: Correction, name: str = "the corrections") -> str:
    """Add a correction to a file; what else stands there, also comments, stays.

    An entry with the same line and the same guard takes on what the new one says; otherwise the
    new one is put at the end.

    Raises:
        BadInputError: The file holds something else than corrections.
    """
    parse_corrections(text, name)
    document = _load(text, name)
    if not document:
        comment = text if not text or text.endswith("\n") else text + "\n"
        return comment + render_corrections(Corrections((correction,)))
    for entry in document.get("corrections") or ():
        if _is_same(entry, correction):
            _update(entry, correction)
            return _dump(document, text)
    if not document.get("corrections"):
        document["corrections"] = []
    document["corrections"].append(_entry(correction))
    return _dump(document, text)


def _is_same(entry: Mapping[str, str], correction: Correction) -> bool:
    is_line = line_id(entry["line"]) == correction.line
    return is_line and same_text(entry["was"]) == same_text(correction.was)


def _update(entry: CommentedMap, correction: Correction) -> None:
    for key, value in _entry(correction).items():
        if key == "translations" and key in entry:
            _add_texts(entry[key], correction.translations)
        elif key in entry:
            # The guard, the line and its time are the entry's own, as they were written.
            entry[key] = value if key in {"text", "speaker"} else entry[key]
        else:
            _insert(entry, key, value)


def _add_texts(texts: CommentedMap, added: Iterable[tuple[Language, str]]) -> None:
    """Add texts under the codes that are written already: zh-Hans is zh."""
    written = {language: key for key in texts for language in parse_targets([key])}
    for language, text in added:
        texts[written.get(language, language.value)] = _scalar(text)


def _insert(entry: CommentedMap, key: str, value: Any) -> None:
    """Insert a key where it belongs; the gap below an entry stays below it."""
    last = next(reversed(entry))
    place = sum(ENTRY_KEYS.index(other) < ENTRY_KEYS.index(key) for other in entry)
    entry.insert(place, key, value)
    gap = entry.ca.items.get(last, [None] * 3)[2]
    if place == len(entry) - 1 and gap is not None and gap.value.startswith("\n"):
        entry.ca.items[key] = entry.ca.items.pop(last)


def _entry(correction: Correction) -> CommentedMap:
    entry = CommentedMap(line=DoubleQuotedScalarString(correction.line))
    if correction.at is not None:
        entry["at"] = repr(correction.at)
    for key in ("was", "text", "speaker"):
        if text := getattr(correction, key):
            entry[key] = _scalar(text)
    if correction.translations:
        entry["translations"] = _texts(correction.translations)
    return entry


def _texts(texts: Iterable[tuple[Language, str]]) -> CommentedMap:
    return CommentedMap((language.value, _scalar(text)) for language, text in texts)


def _scalar(text: str) -> str:
    """Quote a single word, or what begins with a digit: other readers may see no text in it."""
    is_sentence = " " in text and not text[0].isdigit()
    return text if is_sentence else DoubleQuotedScalarString(text)


def _load(text: str, name: str) -> Any:
    try:
        return _yaml("").load(text)
    except (YAMLError, RecursionError, ValueError, TypeError) as error:
        raise BadInputError(
            f"{name} is not YAML that can be read: {_short(error)}. "
            "Put a text with a colon, # or quotation marks in it into double quotes."
        ) from error


def _short(error: Exception) -> str:
    """Say in one printable line what is wrong, and where."""
    problem = getattr(error, "problem", None) or str(error) or "it is nested too deep"
    line = str(problem).splitlines()[0].encode(errors="backslashreplace").decode()
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}: {line}" if mark else line


def _dump(document: CommentedMap, text: str) -> str:
    """Write a document, its entries indented as they were in `text`."""
    stream = io.StringIO()
    _yaml(text).dump(document, stream)
    return stream.getvalue()


def _yaml(text: str) -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.Resolver = _TextResolver
    yaml.preserve_quotes = True
    yaml.width = NO_FOLDING
    if INDENTED_ENTRY.search(text):
        yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


class _TextResolver(VersionedResolver):
    """Take every plain value for text."""

    @property
    def versioned_resolver(self) -> dict[str, Any]:
        return {}
