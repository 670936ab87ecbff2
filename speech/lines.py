"""Cut attributed words into readable lines: one sentence of one speaker each. Pure."""

import re
from collections.abc import Iterable, Sequence

from podcast.language import Language
from podcast.timeline import Span, SpokenWord, Word, overlap
from podcast.transcript import DroppedWord, Line, Transcript

SENTENCE_END = re.compile(r"[.?!…][\"'”’)\]]*$")
ABBREVIATION = re.compile(
    # Not "No." and not "I.", which are answers and ends far more often than they are short forms.
    r"^[\"'“‘(\[]*(?:(?!I\.$)(?:[A-Za-z]\.)+|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|approx|Inc|Ltd|Co)\.?$"
)
LONGEST_PAUSE = 2.0
"""Seconds of silence after which a speaker starts a new line, even in mid-sentence."""

MIN_DURATION = 0.02
"""Seconds that a line lasts at least: the step of Whisper's clock."""

OVERLAP_FLAG = "overlap"
OVERLAP_SHARE = 0.5
"""A line is flagged when at least this share of it is spoken over by somebody else."""


def build_transcript(
    language: Language,
    words: Sequence[SpokenWord],
    duration: float,
    overlaps: Sequence[Span] = (),
) -> Transcript:
    """Cut words into lines.

    Args:
        language: In which the words are spoken.
        words: Every recognised word with its speaker, in any order.
        duration: Of the recording in seconds; words reach to its end at most.
        overlaps: Where several people speak at once.
    """
    inside = sorted((w for w in words if w.word.start < duration), key=lambda w: w.word.start)
    groups = _split([SpokenWord(_within(w.word, duration), w.speaker) for w in inside])
    return Transcript(
        language=language,
        lines=tuple(_line(n, group, duration, overlaps) for n, group in enumerate(groups, 1)),
        dropped=tuple(
            DroppedWord(w.word, "after the end of the recording")
            for w in words
            if w.word.start >= duration
        ),
    )


def ends_sentence(text: str) -> bool:
    """Say whether a word closes a sentence: "7." does, "2.5", "Dr." and "a.m." do not."""
    return bool(SENTENCE_END.search(text)) and not ABBREVIATION.match(text)


def _within(word: Word, duration: float) -> Word:
    end = min(word.end, duration)
    return word if end == word.end else Word(word.start, end, word.text, word.probability)


def _split(words: Iterable[SpokenWord]) -> list[list[SpokenWord]]:
    groups: list[list[SpokenWord]] = []
    for word in words:
        if groups and not _starts_line(groups[-1][-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _starts_line(previous: SpokenWord, word: SpokenWord) -> bool:
    return (
        word.speaker != previous.speaker
        or ends_sentence(previous.word.text)
        or word.word.start - previous.word.end > LONGEST_PAUSE
    )


def _line(n: int, group: Sequence[SpokenWord], duration: float, overlaps: Sequence[Span]) -> Line:
    words = tuple(w.word for w in group)
    start = min(words[0].start, max(0.0, duration - MIN_DURATION))
    span = Span(start, max(start + MIN_DURATION, *(w.end for w in words), words[-1].end))
    return Line(
        id=f"{n:04d}",
        start=span.start,
        end=min(span.end, duration),
        speaker=group[0].speaker,
        text=" ".join(w.text for w in words),
        words=words,
        flags=(OVERLAP_FLAG,) if _is_spoken_over(span, overlaps) else (),
    )


def _is_spoken_over(span: Span, overlaps: Sequence[Span]) -> bool:
    shared = sum(max(0.0, overlap(span, other)) for other in overlaps)
    return shared >= OVERLAP_SHARE * (span.end - span.start)
