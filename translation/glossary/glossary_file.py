"""Read a show's glossary from TOML, or say which entry is wrong and how to mend it."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn

from podcast.errors import BadInputError
from podcast.language import TARGETS, Language
from translation.glossary.show_glossary import Glossary, GlossaryTerm

MAX_HOTWORDS = 12
"""Measured not to hurt: docs/glossary.md."""
"""The recogniser has room for about 220 tokens; a name takes three to five of them."""

FILE_KEYS = ("correct_page", "term")
TERM_KEYS = ("source", "heard", "hotword", "keep", *(language.value for language in TARGETS))

CODES = ", ".join(f'"{language.value}"' for language in TARGETS)


def parse_glossary(text: str, name: str) -> Glossary:
    """Read a glossary.

    Args:
        text: The content of the file.
        name: The file, for messages.

    Raises:
        BadInputError: Something in it cannot be used; the message says where, and what to do.
    """
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"{name} is no TOML file: {error}. Mend that place.") from error
    file = _Place(name)
    file.check_keys(data, FILE_KEYS)
    corrects_page = file.claim(data, "correct_page")
    tables = data.get("term", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        file.refuse('"term" is no list of tables. Begin every term with a line [[term]].')
    if not tables:
        file.refuse("it has no terms. Add a [[term]], or leave the glossary out.")
    places = _places(name, text, tables)
    entries = tuple(_read(table, place) for table, place in zip(tables, places, strict=True))
    _check_spellings(entries, places)
    _check_hotwords(entries, file)
    return Glossary(entries, corrects_page)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the file something stands, and how to read it there or to refuse it."""

    name: str

    def refuse(self, message: str) -> NoReturn:
        raise BadInputError(f"{self.name}: {message}")

    def check_keys(self, table: dict[str, Any], known: Sequence[str]) -> None:
        for key in table:
            if key not in known:
                near = get_close_matches(key.lower(), known, n=1)
                hint = f'Did you mean "{near[0]}"?' if near else f"Known are {', '.join(known)}."
                self.refuse(f'unknown key "{key}". {hint}')

    def claim(self, table: dict[str, Any], key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self.refuse(f"{key} is {value!r}. Write {key} = true or {key} = false.")
        return bool(value)

    def text(self, table: dict[str, Any], key: str) -> str:
        value = table[key]
        if not isinstance(value, str):
            self.refuse(f'{key} is {value!r}. Write text in quotes: {key} = "...".')
        return self.one_line(str(value), key)

    def texts(self, table: dict[str, Any], key: str) -> tuple[str, ...]:
        values = table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.refuse(f'{key} is {values!r}. Write a list: {key} = ["...", "..."].')
        return tuple(self.one_line(value, key) for value in values)

    def one_line(self, value: str, key: str) -> str:
        if not any(character.isalnum() for character in value) or len(value.splitlines()) > 1:
            self.refuse(f"{key} is {value!r}. It must be one line with a word in it.")
        return " ".join(value.split())


def _places(name: str, text: str, tables: Sequence[dict[str, Any]]) -> tuple[_Place, ...]:
    """Return where each term begins; the line is left out where the file is laid out otherwise."""
    lines = text.splitlines()
    begins = [n for n, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*term\s*\]\]", line)]
    known = len(begins) == len(tables)
    return tuple(
        _Place(
            f"{name}, "
            + (f"line {begins[n]}, " if known else "")
            + f'term {n + 1} "{table.get("source", "?")}"'
        )
        for n, table in enumerate(tables)
    )


def _read(table: dict[str, Any], place: _Place) -> GlossaryTerm:
    place.check_keys(table, TERM_KEYS)
    if "source" not in table:
        place.refuse('it has no source. Write its right English spelling: source = "...".')
    source = place.text(table, "source")
    term = GlossaryTerm(
        source=source,
        heard=place.texts(table, "heard"),
        is_hotword=place.claim(table, "hotword"),
        renderings=tuple(_renderings(source, table, place)),
    )
    if not (term.heard or term.is_hotword or term.renderings):
        place.refuse("nothing is said about it. Add heard, hotword, keep, or a rendering.")
    return term


def _renderings(
    source: str, table: dict[str, Any], place: _Place
) -> Iterator[tuple[Language, str]]:
    kept = _kept(table, place)
    for language in TARGETS:
        if language.value in table:
            if language in kept and table["keep"] is not True:
                place.refuse(f"it is kept in {language.label} and has a rendering. Remove one.")
            yield language, place.text(table, language.value)
        elif language in kept:
            yield language, source


def _kept(table: dict[str, Any], place: _Place) -> tuple[Language, ...]:
    keep = table.get("keep", [])
    if isinstance(keep, bool):
        return TARGETS if keep else ()
    if not isinstance(keep, list) or not all(code in TARGETS for code in keep):
        place.refuse(f"keep is {keep!r}. Write keep = true or a list of {CODES}.")
    return tuple(Language(code) for code in keep)


def _check_spellings(entries: Sequence[GlossaryTerm], places: Sequence[_Place]) -> None:
    """Refuse a spelling that says two things, or one thing twice."""
    seen: dict[str, _Place] = {}
    for entry, place in zip(entries, places, strict=True):
        if entry.source in entry.heard:
            place.refuse(f'heard repeats the right spelling "{entry.source}". Remove it there.')
        own = {entry.source.casefold()}
        for spelling in (entry.source, *entry.heard):
            key = spelling.casefold()
            if key in seen:
                place.refuse(f'"{spelling}" stands in {seen[key].name} already. Remove one.')
            if spelling != entry.source and key in own - {entry.source.casefold()}:
                place.refuse(f'heard has "{spelling}" twice. Remove one.')
            own.add(key)
        seen.update(dict.fromkeys(own, place))


def _check_hotwords(entries: Sequence[GlossaryTerm], file: _Place) -> None:
    count = sum(entry.is_hotword for entry in entries)
    if count > MAX_HOTWORDS:
        file.refuse(
            f"{count} hotwords are too many: with a long list the recogniser hears them where "
            f"nobody says them. Keep at most {MAX_HOTWORDS}, those that it gets wrong most often."
        )
