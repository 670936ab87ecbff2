"""Read the stored answers of engines: `ko/talk.en` beside `ko/talk.argos`, one row a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from podcast.errors import BadInputError
from podcast.language import SOURCE, Language

REFERENCE = "ref"
"""What a human translation is called in the place of an engine."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What one engine made of the rows of one set.

    Attributes:
        target: The language.
        name: Of the set, such as "talk".
        engine: Such as "argos"; "ref" is a human.
        rows: Line (from 1), English and translation; rows without English are left out.
    """

    target: Language
    name: str
    engine: str
    rows: tuple[tuple[int, str, str], ...]


def stored_answers(folder: Path) -> Iterator[Answers]:
    """Read all answers below a folder, by language, set and engine.

    Raises:
        BadInputError: There are none, or a file has another number of rows than its English.
    """
    sources = sorted(folder.glob(f"*/*.{SOURCE}"))
    if not sources:
        raise BadInputError(
            f"{folder} holds no rows. Lay them out as ko/talk.en and ko/talk.argos, one a line."
        )
    for source in sources:
        for path in sorted(source.parent.glob(f"{source.stem}.*")):
            if path != source:
                rows = tuple(_rows(source, path))
                yield Answers(
                    Language(source.parent.name), source.stem, path.suffix.removeprefix("."), rows
                )


def _rows(source: Path, answers: Path) -> Iterator[tuple[int, str, str]]:
    english, translated = (
        path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        for path in (source, answers)
    )
    if len(english) != len(translated):
        raise BadInputError(
            f"{answers} has {len(translated)} rows and {source.name} {len(english)}. "
            "Bring both to the same number."
        )
    rows = enumerate(zip(english, translated, strict=True), 1)
    return ((line, before, after) for line, (before, after) in rows if before.strip())
