"""What the product knows of a language, as values that every package may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from podcast.languages.line_breaks import LineBreaks
from podcast.languages.units import Unit
from podcast.register import Register, SentenceEndings


class Han(StrEnum):
    """Which Chinese characters a language writes."""

    SIMPLIFIED = "simplified"
    JAPANESE = "Japanese"


@dataclass(frozen=True, slots=True)
class Script:
    """The letters of a language, as what stands between the brackets of a pattern.

    Attributes:
        own: All of them.
        foreign: Those that only other languages have.
        han: Which Chinese characters it writes; None for a language without.
        glossed: Letters that may stand in brackets to explain a word: 사인(死因).
        needed: Letters that no longer row is without,
        needed_name: and how they are called.
        takes_loans: It makes names of English words, with a capital: Web, App, Agent.
        loans: English words that it also writes in small letters.
    """

    own: str
    foreign: str = ""
    han: Han | None = None
    glossed: str = ""
    needed: str = ""
    needed_name: str = ""
    takes_loans: bool = False
    loans: frozenset[str] = frozenset()


class RowStyle(StrEnum):
    """How rows are set: which spaces and widths of marks they have."""

    PLAIN = "as they come"
    KOREAN = "ASCII marks, and particles that fit the word before them"
    WIDE = "full-width marks"


@dataclass(frozen=True, slots=True)
class Punctuation:
    """How a language writes what English writes in ASCII.

    Attributes:
        marks: The form of each mark that is not as in English.
        is_spaced: A space follows a mark, and stands between sentences.
        quotes: Left and right, around what is said.
        inner_quotes: Left and right, of what is quoted within that.
        has_single_quotes: Inner quotes may stand on their own.
        dash: Between two words; empty leaves it as it comes.
        rows: How rows are set.
        sentence_end: Pattern of what ends a sentence without any mark; empty if nothing does.
    """

    marks: Mapping[str, str] = field(default_factory=dict)
    is_spaced: bool = True
    quotes: tuple[str, str] = ("“", "”")
    inner_quotes: tuple[str, str] = ("‘", "’")
    has_single_quotes: bool = True
    dash: str = ""
    rows: RowStyle = RowStyle.PLAIN
    sentence_end: str = ""

    @property
    def gap(self) -> str:
        """What stands between a mark and the next word."""
        return " " if self.is_spaced else ""

    def written(self, marks: str) -> str:
        """Return marks of English as the language writes them."""
        return "".join(self.marks.get(mark, mark) for mark in marks)


class Numerals(StrEnum):
    """How numbers are written."""

    DIGITS = "digits"
    HAN = "digits and Chinese characters"
    KOREAN = "digits and Korean words"


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a language says numbers. Patterns stand behind the number.

    Attributes:
        units: The words of what is counted; the first that fits counts.
        numerals: How the numbers themselves are written.
        words: Numbers that have a word of their own besides.
        hour: What makes it a time of day; empty if nothing does.
        is_shorthand: A last digit counts the next lower unit, 一万二, and minutes need no sign.
    """

    units: Mapping[Unit, str]
    numerals: Numerals = Numerals.DIGITS
    words: Mapping[str, int] = field(default_factory=dict)
    hour: str = ""
    is_shorthand: bool = False


class Heading(StrEnum):
    """What a model may put before a translation, up to a colon."""

    TRANSLATION = "that it is one"
    LANGUAGE = "the language"
    ORIGINAL = "that the English follows"
    ANSWER = "that it is an answer"
    SPEAKER = "who says it"


@dataclass(frozen=True, slots=True)
class Doubts:
    """By which forms a row is told to deny, to ask or to repeat, and what is no talk at all.

    Attributes:
        denies: Pattern of each word that may deny; an empty one is found everywhere.
        asks: Pattern of all that may ask.
        reduplicates: Pattern of what is said twice in a row in good style; empty if anything is.
        site_words: The furniture of web pages, on which engines are trained, with a pattern of the
            English that it may be.
        declines: Pattern of how an assistant says that it will not, and in English of what may be
            translated so.
        headings: Pattern of each heading, and in English of what may be translated as one.
    """

    denies: str = ""
    asks: str = ""
    reduplicates: str = ""
    site_words: Mapping[str, str] = field(default_factory=dict)
    declines: str = ""
    headings: Mapping[Heading, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long a translation may be, in its letters for each letter of the English.

    Attributes:
        shortest: Below, something is missing.
        longest: Above, something was made up.
    """

    shortest: float
    longest: float


@dataclass(frozen=True, slots=True)
class Captions:
    """What fits on the screen, in characters of the language.

    Attributes:
        width: Of one row.
        speed: Characters a second that adults read with ease; people often speak faster.
        has_half_widths: A Latin letter takes half the room of a character of the language.
    """

    width: float
    speed: float
    has_half_widths: bool = True


@dataclass(frozen=True, slots=True)
class Fonts:
    """The lettering of a language.

    Attributes:
        office: The font that Office brings for it.
        locale: The locale whose proofing tools Office is to use.
        video: The font of burnt-in subtitles.
        video_size: Its size in a picture of 1920 by 1080.
        web: CSS of text in the language; empty leaves it as English is.
    """

    office: str
    locale: str
    video: str
    video_size: float
    web: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageProfile:
    """All that is known of one language.

    Attributes:
        code: ISO 639-1, which Whisper and Argos use as well.
        tag: BCP 47.
        label: The English name.
        lengths: Of a translation from English.
        registers: How politely its sentences may end; nothing where their ends do not tell.
    """

    code: str
    tag: str
    label: str
    script: Script
    punctuation: Punctuation
    numbers: Numbers
    lengths: Lengths
    doubts: Doubts = Doubts()
    registers: Mapping[Register, SentenceEndings] = field(default_factory=dict)
    captions: Captions
    line_breaks: LineBreaks
    fonts: Fonts
