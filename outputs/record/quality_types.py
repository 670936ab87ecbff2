"""What the quality of an episode is said in. `outputs.quality.measures` measures it."""

from dataclasses import dataclass

from podcast.timeline import SpeakerTurn


@dataclass(frozen=True, slots=True)
class SpeakerShare:
    """How much one speaker says.

    Attributes:
        id: The id of the voice.
        name: As it stands above the lines.
        lines: Number of lines.
        words: Number of words in them, as recognised.
        seconds: Length of the lines together.
        share: Of the speaking time of all, 0 to 1.
    """

    id: str
    name: str
    lines: int
    words: int
    seconds: float
    share: float


@dataclass(frozen=True, slots=True)
class LanguageQuality:
    """How the rows of one target language came out; the title counts apart.

    Attributes:
        rungs: Rung of the ladder -> rows that come from it. See `podcast.transcript.Translation`.
        failed: Kind of check ("number", "term", ...) -> rows in which it found something.
        term_violations: Terms of the glossary that are missing in their row, one by one.
        number_violations: Numbers that are missing or wrong in their row, one by one.
        english_kept: Rows that still hold the English.
        title_made: Rung of the ladder that the title comes from.
        title_checks: What the checks found wrong with the title.
    """

    rungs: dict[str, int]
    failed: dict[str, int]
    term_violations: int
    number_violations: int
    english_kept: int
    title_made: str
    title_checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaptionSpeed:
    """How fast the captions in some files are to be read in one language; nothing is cut for it.

    Attributes:
        files: Their names.
        language: Code of the language.
        limit: Characters a second that adults read with ease.
        cues: How many there are.
        over_limit: How many are to be read faster.
        worst: Characters a second of the fastest one.
    """

    files: tuple[str, ...]
    language: str
    limit: float
    cues: int
    over_limit: int
    worst: float


@dataclass(frozen=True, slots=True)
class UncertainLine:
    """A line and how sure the recogniser is of its words: their mean probability, 0 to 1."""

    line: str
    probability: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why to look at a line.

    Attributes:
        language: Code of the translation that it concerns; empty for the English.
        says: What is the matter, in plain English.
    """

    language: str
    says: str


@dataclass(frozen=True, slots=True)
class LineToCheck:
    """A line that a person should look at.

    Attributes:
        line: Its id.
        weight: How bad it is; more is worse. Weights only put lines in order.
        reasons: Why, those of the English first.
    """

    line: str
    weight: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """What can be said of an episode without a reference.

    Attributes:
        lines: Number of lines.
        words: Number of words in them, as recognised.
        speakers: In the order of the record.
        speech_share: Part of the recording in which somebody says a line, 0 to 1.
        longest_gap: Longest stretch without a line, in seconds.
        longest_gap_start: Where that stretch begins, in seconds.
        dropped: Reason -> words that are in no line because of it.
        flags: Flag -> lines that carry it.
        languages: Code -> how the rows came out.
        mean_word_probability: Of the words in lines, 0 to 1; 0 where there is no word.
        uncertain_lines: The lines with the lowest word probability, the lowest first.
        mean_speaker_confidence: Of the lines, 0 to 1; 0 where there is no line.
        unsure_speakers: Lines whose speaker is unsure: a confidence below 0.6.
        to_check: Lines that a person should look at, the worst first; the list is bounded.
        n_to_check: How many such lines there are, with those that the list leaves out.
        captions: How fast the captions are to be read, file by file.
        unheard_share: Part of what is spoken that has no words, 0 to 1; None if nobody has looked.
        turns_without_line: Turns of some length in which no word of a line is.
        speakers_without_line: Ids of the voices that say no line.
    """

    lines: int
    words: int
    speakers: tuple[SpeakerShare, ...]
    speech_share: float
    longest_gap: float
    longest_gap_start: float
    dropped: dict[str, int]
    flags: dict[str, int]
    languages: dict[str, LanguageQuality]
    mean_word_probability: float
    uncertain_lines: tuple[UncertainLine, ...]
    mean_speaker_confidence: float
    unsure_speakers: int
    to_check: tuple[LineToCheck, ...]
    n_to_check: int
    captions: tuple[CaptionSpeed, ...] = ()
    unheard_share: float | None = None
    turns_without_line: tuple[SpeakerTurn, ...] = ()
    speakers_without_line: tuple[str, ...] = ()
