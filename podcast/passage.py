"""A stretch of a transcript that a publisher wrote."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """What one person says, as its publisher wrote it down.

    Attributes:
        text: One line of words.
        speaker: As the transcript calls them; empty where it does not say.
    """

    text: str
    speaker: str = ""
