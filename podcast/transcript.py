"""What people read: lines of one speaker, and the same lines in a second language."""

from dataclasses import dataclass, field
from enum import StrEnum

from podcast.language import Language
from podcast.timeline import Word


class Flag(StrEnum):
    """What a reader should know of a line."""

    OVERLAP = "overlap"  # it is spoken over by somebody else
    FOREIGN = "foreign"  # beside it somebody speaks another language
    INTERRUPTED = "interrupted"  # it breaks off because another speaker takes over
    GLOSSARY = "glossary"  # a term of the glossary stands where something else was recognised
    CORRECTED = "corrected"  # a human has put its text or speaker right


class Fault(StrEnum):
    """A kind of error in a translation, as the checks find it."""

    EMPTY = "empty"
    COPIED = "copied"
    ENGLISH = "english"
    SCRIPT = "script"
    LOOP = "loop"
    LENGTH = "length"
    INVENTED = "invented"
    NUMBER = "number"
    LITERAL = "literal"
    TERM = "term"
    NAME = "name"
    NEGATION = "negation"
    QUESTION = "question"


class Made(StrEnum):
    """How a translation was made, the most trusted way first."""

    GIVEN = "given"  # by hand, before anything was translated
    CORRECTED = "corrected"  # by hand, afterwards
    TABLE = "table"
    MODEL = "model"
    RETRIED = "retried"
    STAND_INS = "stand-ins"
    CLAUSES = "clauses"
    OTHER_ENGINE = "other-engine"  # by another translator, after all this
    SOURCE = "source"  # the English had to stay


BY_HAND = frozenset({Made.GIVEN, Made.CORRECTED})


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of one speaker, or an interrupted piece of one.

    Attributes:
        id: Stable within the episode, "0001" and up.
        start: Seconds.
        end: Seconds, after `start`.
        speaker: Who says it.
        speaker_confidence: How sure it is that this speaker said it, 0 to 1.
        text: What the page shows: the words, one space between them, or their correction.
        meant: The text to translate where it is not the text on the page; else empty.
        flags: Some of `Flag`; the record of a later version may hold others.
        words: As they were recognised; never empty, in time order.
    """

    id: str
    start: float
    end: float
    speaker: str
    speaker_confidence: float
    text: str
    meant: str
    flags: tuple[str, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class DroppedWord:
    """A recognised word that is in no line, and why."""

    word: Word
    reason: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said, in the language in which it was said."""

    language: Language
    lines: tuple[Line, ...]
    dropped: tuple[DroppedWord, ...] = ()


UNLESS_DEFAULT = {"exclude_if": lambda value: not value and value != 0}
"""Leaves a field out of a written record where there is nothing to say; pydantic's own key."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in the target language and where it comes from.

    Attributes:
        text: Never empty, one line.
        made: How it was made: by the model or one of its fallbacks, "given" or "corrected" by hand,
            or "source" where the English had to stay.
        checks: What the checks found wrong with it; empty when all passed.
        meant: The English that was translated, where the translator took it for misheard.
        score: Mean log-probability of its tokens; None where the translator does not tell.
    """

    text: str
    made: str
    checks: tuple[str, ...] = ()
    meant: str = field(default="", metadata=UNLESS_DEFAULT)
    score: float | None = field(default=None, metadata=UNLESS_DEFAULT)


@dataclass(frozen=True, slots=True)
class LinePair:
    """A line and its translation."""

    source: Line
    target: Translation


@dataclass(frozen=True, slots=True)
class BilingualTranscript:
    """An episode in two languages: one pair for every line of the transcript, in its order."""

    source: Language
    target: Language
    title: Translation
    pairs: tuple[LinePair, ...]
