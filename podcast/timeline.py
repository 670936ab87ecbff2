"""What the models find, on one clock: words, segments and speaker turns. Times are in seconds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar


class Interval(Protocol):
    """Anything with a start and an end."""

    @property
    def start(self) -> float:
        """Seconds."""
        ...

    @property
    def end(self) -> float:
        """Seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Span:
    """A bare stretch of time."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word.

    Attributes:
        start: Seconds from the start of the recording.
        end: Seconds, never before `start`.
        text: The word with its punctuation, without spaces around it.
        probability: The recogniser's confidence, 0 to 1.
    """

    start: float
    end: float
    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of speech as the recogniser cut it; it knows no speaker.

    Attributes:
        start: Seconds.
        end: Seconds.
        text: The recognised text.
        words: Its words, in time order.
        avg_logprob: Mean log-probability of the tokens.
        no_speech_prob: Probability that nobody speaks here, 0 to 1.
        compression_ratio: Characters over gzip bytes; above about 2.4 the text loops.
    """

    start: float
    end: float
    text: str
    words: tuple[Word, ...]
    avg_logprob: float
    no_speech_prob: float
    compression_ratio: float


@dataclass(frozen=True, slots=True)
class LanguageSlice:
    """Some seconds of speech, and the languages that they may be in.

    Attributes:
        start: Seconds.
        end: Seconds.
        probabilities: Code of a language -> its probability; unlikely ones are left out.
    """

    start: float
    end: float
    probabilities: dict[str, float]


@dataclass(frozen=True, slots=True)
class Transcription:
    """What the recogniser made of a sound.

    Attributes:
        segments: In time order.
        speech: Where its voice activity detector found speech, in time order.
        languages: Of the speech, in time order; empty if the recogniser knows only one.
    """

    segments: tuple[Segment, ...]
    speech: tuple[Span, ...]
    languages: tuple[LanguageSlice, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerTurn:
    """A stretch in which one person speaks; it knows no text."""

    start: float
    end: float
    speaker: str


@dataclass(frozen=True, slots=True)
class Voiceprint:
    """How one speaker of this recording sounds, as a vector of the diarizer's embedding space."""

    speaker: str
    embedding: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Diarization:
    """Who spoke when.

    Attributes:
        turns: Exclusive turns in time order: one speaker at a time, for joining with words.
        overlaps: Where two or more people speak at once, in time order.
        voiceprints: One for each speaker, in the order in which they first speak.
    """

    turns: tuple[SpeakerTurn, ...]
    overlaps: tuple[Span, ...]
    voiceprints: tuple[Voiceprint, ...]

    def with_speakers(self, ids: Mapping[str, str]) -> "Diarization":
        """Return it with some speakers called otherwise: id -> new id."""
        turns = (replace(t, speaker=ids.get(t.speaker, t.speaker)) for t in self.turns)
        prints = (replace(p, speaker=ids.get(p.speaker, p.speaker)) for p in self.voiceprints)
        return replace(self, turns=tuple(turns), voiceprints=tuple(prints))


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word and who said it.

    Attributes:
        word: The word.
        speaker: Who said it.
        confidence: How sure that is, 0 to 1.
    """

    word: Word
    speaker: str
    confidence: float = 1.0


T = TypeVar("T", Segment, Word, Span, LanguageSlice)


def joined(pieces: Iterable[tuple[float, Transcription]]) -> Transcription:
    """Return what was transcribed piece by piece as if it had been one piece.

    Args:
        pieces: Where each piece starts in the recording, and its transcription, in time order.
    """
    parts = [_shifted(transcription, start) for start, transcription in pieces]
    return Transcription(
        tuple(segment for part in parts for segment in part.segments),
        tuple(span for part in parts for span in part.speech),
        tuple(language for part in parts for language in part.languages),
    )


def _shifted(piece: Transcription, seconds: float) -> Transcription:
    def later(part: T) -> T:
        return replace(part, start=round(part.start + seconds, 3), end=round(part.end + seconds, 3))

    return Transcription(
        tuple(later(replace(s, words=tuple(map(later, s.words)))) for s in piece.segments),
        tuple(map(later, piece.speech)),
        tuple(map(later, piece.languages)),
    )


def overlap(a: Interval, b: Interval) -> float:
    """Return for how many seconds two intervals overlap; negative is the gap between them."""
    return min(a.end, b.end) - max(a.start, b.start)
