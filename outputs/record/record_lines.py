"""Read an episode in one language: who says what, and when. Every line is one of the page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from unicodedata import east_asian_width

from outputs.markup.page_labels import page_labels
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError
from podcast.language import Language

_WIDE = frozenset({"W", "F"})
_NUMBERED = re.compile(r"(Speaker|Guest) ([0-9]+)")
"""How somebody is called whose name is not known."""


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A line in one language.

    Attributes:
        start: Seconds.
        end: Seconds.
        speaker: The name, "" for none.
        text: What is said, or its translation.
    """

    start: float
    end: float
    speaker: str
    text: str


def said_in(record: EpisodeRecord, language: Language) -> tuple[SaidLine, ...]:
    """Take the lines out of a record, in the language spoken or in another one.

    Raises:
        BadInputError: The record does not hold that language.
    """
    check_holds(record, language)
    names = speaker_names(record, language)
    is_source = language.value == record.language
    return tuple(
        SaidLine(
            line.start,
            line.end,
            names.get(line.speaker, ""),
            line.text if is_source else line.translations[language.value].text,
        )
        for line in record.lines
    )


def speaker_names(record: EpisodeRecord, language: Language) -> dict[str, str]:
    """Return what readers of a language call each speaker, by id; "Speaker 1" is translated."""
    return {
        speaker.id: _translated(" ".join(speaker.name.split()), language)
        for speaker in record.speakers
    }


def _translated(name: str, language: Language) -> str:
    numbered = _NUMBERED.fullmatch(name)
    if numbered is None:
        return name
    labels = page_labels(language.value)
    return f"{labels.speaker if numbered[1] == 'Speaker' else labels.guest} {numbered[2]}"


def join_texts(texts: Iterable[str], language: Language) -> str:
    """Join sentences; in Chinese and Japanese a space stands only beside narrow characters."""
    is_spaced = language.profile.punctuation.is_spaced
    return " ".join(texts) if is_spaced else reduce(_join_spaceless, texts)


def _join_spaceless(before: str, after: str) -> str:
    is_wide = east_asian_width(before[-1]) in _WIDE and east_asian_width(after[0]) in _WIDE
    return before + after if is_wide else f"{before} {after}"


def title_in(record: EpisodeRecord, language: Language) -> str:
    """Take the title out of a record.

    Raises:
        BadInputError: The record does not hold that language.
    """
    check_holds(record, language)
    is_source = language.value == record.language
    return record.title if is_source else record.titles[language.value].text


def check_holds(record: EpisodeRecord, language: Language) -> None:
    """Check that an episode can be read in a language.

    Raises:
        BadInputError: The record does not hold that language.
    """
    if language.value not in {record.language, *record.titles}:
        raise BadInputError(f"The record of {record.title!r} holds no {language.label}.")
