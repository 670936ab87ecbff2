"""What a human has put right in an episode: values only, and the rules for their texts. Pure."""

import re
import unicodedata
from dataclasses import dataclass

from podcast.errors import BadInputError
from podcast.language import Language
from podcast.transcript import Line, Transcript

BREAKING_SPACE = re.compile(r"[^\S\u00a0\u3000]+")
"""White space other than the no-break space and the ideographic one, which are typography."""

PLAIN_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
UNPRINTABLE = {"Cc", "Cs"}
"""Unicode categories of control characters and of half characters, which no page can hold."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a human has put right in one line.

    Attributes:
        line: Id of the line when it was corrected.
        was: The English that stood there then: the guard.
        text: The English as it should be; empty leaves it.
        speaker: Name or id of who really says it; empty leaves it.
        translations: (language, text as it should be), each language once.
        at: Start of the line in seconds; None where it is not known.
    """

    line: str
    was: str
    text: str = ""
    speaker: str = ""
    translations: tuple[tuple[Language, str], ...] = ()
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections of one episode.

    Attributes:
        entries: In the order in which they stand in the file.
        titles: (language, title as it should be).
    """

    entries: tuple[Correction, ...] = ()
    titles: tuple[tuple[Language, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UsedCorrection:
    """A correction and the line that it was laid over, as it stood before."""

    correction: Correction
    before: Line


@dataclass(frozen=True, slots=True)
class UnusedCorrection:
    """A correction, or the part of one, that could not be used, and why."""

    correction: Correction
    why: str

    @property
    def says(self) -> str:
        """One sentence for the record and for the terminal."""
        return f"Line {self.correction.line} “{self.correction.was}”: {self.why}."


@dataclass(frozen=True, slots=True)
class Applied:
    """A transcript with its corrections.

    Attributes:
        transcript: The same lines at the same times; text, speaker and flags may be others.
        used: Each with the line as the models made it.
        unused: What is left over. A correction whose speaker is unknown is in both.
    """

    transcript: Transcript
    used: tuple[UsedCorrection, ...]
    unused: tuple[UnusedCorrection, ...]


def line_id(text: str) -> str:
    """Write the id of a line in full: "12" and "0012" are the same line."""
    text = text.strip()
    return f"{int(text):04d}" if text.isascii() and text.isdecimal() else text


def plain_text(text: str) -> str:
    """Make one line of a text by hand; no-break and ideographic spaces inside it stay.

    Raises:
        BadInputError: The text is empty, or holds what no page can show.
    """
    line = BREAKING_SPACE.sub(" ", text).strip()
    if not line:
        raise BadInputError("is empty: write the text, or leave it out")
    for character in line:
        if unicodedata.category(character) in UNPRINTABLE:
            raise BadInputError(f"holds the unprintable character {character!r}: take it out")
    return line


def same_text(text: str) -> str:
    """Return what two texts share that differ in white space and in the shape of quotes only."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join(composed.translate(PLAIN_QUOTES).split())
