"""What each published file is, told from its name. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from podcast.language import SOURCE, Language

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is.

    Attributes:
        type: MIME type. `text/plain` where none is registered for the format.
        role: What it is for, in a word of ours.
        languages: BCP 47 tags of what can be read in it.
    """

    type: str
    role: str
    languages: tuple[str, ...] = ()


BY_NAME = {
    "episode.json": FileKind("application/json", "record"),
    "report.md": FileKind("text/markdown", "report", (SOURCE.tag,)),
    "timeline.svg": FileKind("image/svg+xml", "timeline"),
    "podcast-transcripts.xml": FileKind("application/xml", "feed-tags"),
}

ROLES = {
    "txt": ("text/plain", "line-pairs"),
    "annotated.txt": ("text/plain", "annotated-line-pairs"),
    "html": ("text/html", "page"),
    "vtt": ("text/vtt", "captions"),
    "srt": ("application/x-subrip", "captions"),
    "ass": ("text/x-ssa", "captions"),
    "ttml": ("application/ttml+xml", "captions"),
    "lrc": ("text/plain", "lyrics"),
    "podcast.json": ("application/json", "transcript"),
    "podcast.html": ("text/html", "transcript"),
    "plain.txt": ("text/plain", "transcript"),
    "md": ("text/markdown", "document"),
    "docx": (WORD, "document"),
    "csv": ("text/csv", "table"),
}
"""By what follows the languages in the name."""

WITH_ENGLISH = ("txt", "annotated.txt", "html")
"""Named after the other language alone."""


def kind_of(name: str) -> FileKind:
    """Say what a published file is.

    Raises:
        KeyError: It is none of ours.
    """
    if name in BY_NAME:
        return BY_NAME[name]
    head, _, ending = name.partition(".")
    codes = joined_codes(head, Language)
    if ending in WITH_ENGLISH:
        codes = (SOURCE.value, *codes)
    return FileKind(*ROLES[ending], tuple(Language(code).tag for code in codes))


def joined_codes(head: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the language codes that the head of a name joins: en, pt-BR of "en-pt-BR".

    Raises:
        KeyError: It is not made of known codes.
    """
    code = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    if not re.fullmatch(f"(?:{code})(?:-(?:{code}))*", head):
        raise KeyError(head)
    return tuple(re.findall(f"(?:{code})(?=-|$)", head))
