"""The words of the reading page itself: buttons, hints and keys, in the language of its reader."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from podcast.errors import BadInputError

LABELS_FILE = Path(__file__).with_name("labels.toml")


@dataclass(frozen=True, slots=True)
class PageLabels:
    """What a reading page says of its own, in one language.

    Attributes:
        tag: The BCP 47 tag of that language.
        names: Language code -> what that language calls it.
        foreign: Where a stretch in another language is left out, with `language`, `start`, `end`.
        foreign_names: English name of another language -> its name, where it has one of its own.
    """

    tag: str
    skip: str
    tools: str
    transcript: str
    player: str
    show: str
    both: str
    search: str
    search_hint: str
    previous: str
    next: str
    nothing: str
    speaker: str
    guest: str
    next_of_speaker: str
    keys: str
    use_keys: str
    key_play: str
    key_seek: str
    key_line: str
    key_speaker: str
    key_show: str
    key_search: str
    key_escape: str
    silent: str
    open_file: str
    hint: str
    more: str
    languages: str
    downloads: str
    emphasis: str
    copy: str
    link: str
    copied: str
    speed: str
    back: str
    ahead: str
    episodes: str
    transcripts: str
    shows: str
    all_shows: str
    search_titles: str
    newer: str
    older: str
    names: dict[str, str]
    foreign: str
    foreign_names: dict[str, str]


def page_labels(code: str) -> PageLabels:
    """Return the labels in a language by its code, such as "nl".

    Raises:
        BadInputError: There are no labels in that language.
    """
    labels = all_labels()
    if code not in labels:
        raise BadInputError(
            f"There are no page labels in {code!r}. Choose from {', '.join(labels)}."
        )
    return labels[code]


@cache
def all_labels() -> dict[str, PageLabels]:
    """Return the labels in every language that there are some in, by its code."""
    tables = tomllib.loads(LABELS_FILE.read_text(encoding="utf-8"))
    return {code: PageLabels(**table) for code, table in tables.items()}
