"""A stretch of a transcript that a publisher wrote."""

from dataclasses import dataclass

from podcast.timeline import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """What one person says, as its publisher wrote it down.

    Attributes:
        text: One line of words.
        speaker: As the transcript calls them; empty where it does not say.
        span: When, where the transcript tells and that is of use; else None.
    """

    text: str
    speaker: str = ""
    span: Span | None = None
