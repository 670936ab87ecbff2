"""Take the files of the speech field apart: a record on each line, fields with spaces between."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from podcast.errors import BadInputError

COMMENT = ";;"


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a format look.

    Attributes:
        shape: In words, for an error.
        n_fields: At least so many fields are in a line.
        n_splits: Fields after so many are not taken apart.
        recording: The field that names the recording.
        kind: What the first field of a line must be; other lines are passed over.
    """

    shape: str
    n_fields: int
    n_splits: int = -1
    recording: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A line of a file, in its fields."""

    name: str
    number: int
    fields: tuple[str, ...]

    def time(self, field: int) -> float:
        """Read a field as seconds."""
        try:
            seconds = float(self.fields[field])
        except ValueError:
            seconds = -1.0
        if not (isfinite(seconds) and seconds >= 0):
            raise self.error(f"{self.fields[field]!r} is no time in seconds")
        return seconds

    def error(self, problem: str) -> BadInputError:
        """Say what is wrong with this line."""
        return BadInputError(
            f"{self.name}, line {self.number}: {problem}. Correct the line, or say with --format "
            "what kind of file this is."
        )


def read_rows(text: str, name: str, layout: Layout) -> Iterator[ReferenceRow]:
    """Take a file apart into its lines, without comments.

    Raises:
        BadInputError: A line has too few fields, or is of another recording than the first one.
    """
    recording = None
    for number, line in enumerate(text.split("\n"), start=1):
        row = ReferenceRow(name, number, tuple(line.split(maxsplit=layout.n_splits)))
        is_of_kind = not layout.kind or row.fields[:1] == (layout.kind,)
        if not row.fields or row.fields[0].startswith(COMMENT) or not is_of_kind:
            continue
        if len(row.fields) < layout.n_fields:
            raise row.error(f"a line should read '{layout.shape}'")
        recording = recording or row.fields[layout.recording]
        if row.fields[layout.recording] != recording:
            raise BadInputError(
                f"{name}, line {number}: this is of the recording "
                f"{row.fields[layout.recording]!r}, the lines before are of {recording!r}. "
                "Keep the lines of one recording."
            )
        yield row
