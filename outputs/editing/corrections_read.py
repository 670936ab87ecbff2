"""Turn a YAML document into corrections; every mistake in it is named with its place. Pure."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from podcast.editing.corrections import Correction, Corrections, line_id, plain_text, same_text
from podcast.errors import BadInputError
from podcast.language import Language, parse_targets

DOCUMENT_KEYS = ("corrections", "titles")
ENTRY_KEYS = ("line", "at", "was", "text", "speaker", "translations")


def read_document(document: Any, name: str) -> Corrections:
    """Read a document whose values are all text.

    Args:
        document: As the YAML library gives it: mappings, lists and text; None if it is empty.
        name: What to call it in an error.

    Raises:
        BadInputError: It says something else than corrections.
    """
    top = _mapping(document or {}, name)
    _check_keys(top, DOCUMENT_KEYS, name)
    found = top.get("corrections") or []
    if not isinstance(found, list):
        raise BadInputError(f"{name}: `corrections` must be a list; begin each entry with `- `.")
    entries = tuple(_entry(entry, f"{name}, entry {n}") for n, entry in enumerate(found, 1))
    _check_duplicates(entries, name)
    return Corrections(entries, _texts(top.get("titles") or {}, f"{name}, `titles`"))


def _entry(value: Any, where: str) -> Correction:
    entry = _mapping(value, where)
    if isinstance(entry.get("line"), str) and entry["line"].isprintable():
        where = f"{where} (line {entry['line']})"
    _check_keys(entry, ENTRY_KEYS, where)
    for key in ("line", "was"):
        if key not in entry:
            raise BadInputError(f"{where} has no `{key}`. {_meaning(key)}")
    correction = Correction(
        line=line_id(_text(entry, "line", where)),
        was=_text(entry, "was", where),
        text=_text(entry, "text", where),
        speaker=_text(entry, "speaker", where),
        translations=_texts(entry.get("translations", {}), f"{where}, `translations`"),
        at=_seconds(_text(entry, "at", where), where),
    )
    if not (correction.text or correction.speaker or correction.translations):
        raise BadInputError(
            f"{where} corrects nothing. Add `text`, `speaker` or `translations`, or delete it."
        )
    return correction


def _meaning(key: str) -> str:
    if key == "line":
        return 'Add the id of the line, such as "0012".'
    return "Add the English of the line as it stands on the page."


def _mapping(value: Any, where: str) -> Mapping[Any, Any]:
    if isinstance(value, dict):
        return value
    raise BadInputError(f"{where} must be made of `key: value`, not {_kind(value)}.")


def _check_keys(mapping: Mapping[Any, Any], known: tuple[str, ...], where: str) -> None:
    for key in mapping:
        if key not in known:
            raise BadInputError(f"{where}: unknown key {key!r}. Known are {', '.join(known)}.")


def _check_duplicates(entries: tuple[Correction, ...], name: str) -> None:
    first: dict[tuple[str, str], int] = {}
    for n, entry in enumerate(entries, 1):
        other = first.setdefault((entry.line, same_text(entry.was)), n)
        if other != n:
            raise BadInputError(
                f"{name}: entries {other} and {n} correct the same line {entry.line}. "
                "Make one entry of them."
            )


def _text(mapping: Mapping[Any, Any], key: str, where: str) -> str:
    """Return the text of a key, made one line; "" without the key."""
    if key not in mapping:
        return ""
    value = mapping[key]
    if not isinstance(value, str):
        raise BadInputError(
            f"{where}: `{key}` must be text, not {_kind(value)}. Put it into double quotes."
        )
    try:
        return plain_text(value)
    except BadInputError as error:
        raise BadInputError(f"{where}: `{key}` {error}.") from error


def _texts(value: Any, where: str) -> tuple[tuple[Language, str], ...]:
    mapping = _mapping(value, where)
    texts = [(_language(key, where), _text(mapping, key, where)) for key in mapping]
    for n, (language, _) in enumerate(texts):
        if language in dict(texts[:n]):
            raise BadInputError(f"{where}: {language.label} stands there twice. Keep one of them.")
    return tuple(texts)


def _language(code: Any, where: str) -> Language:
    try:
        (language,) = parse_targets([str(code)])
    except BadInputError as error:
        raise BadInputError(f"{where}: {error}") from error
    return language


def _seconds(text: str, where: str) -> float | None:
    """Read 390.5 or 00:06:30.500."""
    if not text:
        return None
    try:
        seconds = 0.0
        for part in text.split(":"):
            seconds = seconds * 60 + float(part)
    except ValueError:
        seconds = -1.0
    if seconds >= 0 and isfinite(seconds):
        return seconds
    raise BadInputError(f"{where}: `at` must be seconds or HH:MM:SS, not {text!r}.")


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else "this kind of value"
