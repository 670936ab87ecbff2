"""What the product knows of a language, as values that every package may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from podcast.languages.line_breaks import LineBreaks


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
        sentence_end: Pattern of what ends a sentence without any mark; empty if nothing does.
    """

    marks: Mapping[str, str] = field(default_factory=dict)
    is_spaced: bool = True
    quotes: tuple[str, str] = ("“", "”")
    inner_quotes: tuple[str, str] = ("‘", "’")
    has_single_quotes: bool = True
    dash: str = ""
    sentence_end: str = ""

    @property
    def gap(self) -> str:
        """What stands between a mark and the next word."""
        return " " if self.is_spaced else ""

    def written(self, marks: str) -> str:
        """Return marks of English as the language writes them."""
        return "".join(self.marks.get(mark, mark) for mark in marks)


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
    """A language.

    Attributes:
        code: ISO 639-1, which Whisper and Argos use as well.
        tag: BCP 47.
        label: The English name.
        lengths: Of a translation from English.
    """

    code: str
    tag: str
    label: str
    punctuation: Punctuation
    lengths: Lengths
    captions: Captions
    line_breaks: LineBreaks
    fonts: Fonts
