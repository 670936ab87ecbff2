"""Cut attributed words into readable lines: one sentence of one speaker each. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from podcast.language import Language
from podcast.timeline import Interval, Span, SpokenWord, overlap
from podcast.transcript import DroppedWord, Flag, Line, Transcript
from speech.lines.long_lines import split_long
from speech.lines.sentences import (
    LONGEST_PAUSE,
    LONGEST_SENTENCE,
    cut_sentences,
    ends_sentence,
    is_reply,
)

MIN_DURATION = 0.02
"""Seconds that a line lasts at least: the step of Whisper's clock."""

OVERLAP_SHARE = 0.5
"""A line is flagged when at least this share of it is spoken over by somebody else."""

BESIDE = 1.0
"""Seconds at most between speech in another language and a line that is flagged for it: the edge of
what is cut out may have taken a word of the line, or left it one."""


@dataclass(frozen=True, slots=True)
class LineWords:
    """Words that make one line."""

    words: Sequence[SpokenWord]
    flags: tuple[str, ...] = ()


def build_transcript(
    language: Language,
    words: Sequence[SpokenWord],
    duration: float,
    overlaps: Sequence[Span] = (),
    foreign: Sequence[Interval] = (),
) -> Transcript:
    """Cut words into lines.

    Args:
        language: In which the words are spoken.
        words: Every recognised word with its speaker, in any order.
        duration: Of the recording in seconds; words reach to its end at most.
        overlaps: Where several people speak at once.
        foreign: Where somebody speaks another language.
    """
    inside = sorted((w for w in words if w.word.start < duration), key=lambda w: w.word.start)
    pieces = _pieces([_within(word, duration) for word in inside])
    lines = [_line(n, piece, duration) for n, piece in enumerate(pieces, 1)]
    return Transcript(
        language=language,
        lines=tuple(replace(x, flags=(*_flags(x, overlaps, foreign), *x.flags)) for x in lines),
        dropped=tuple(
            DroppedWord(w.word, "after the end of the recording")
            for w in words
            if w.word.start >= duration
        ),
    )


def _within(spoken: SpokenWord, duration: float) -> SpokenWord:
    word = replace(spoken.word, end=min(spoken.word.end, duration))
    return replace(spoken, word=word)


def _pieces(words: Sequence[SpokenWord]) -> Iterator[LineWords]:
    """Cut at sentence ends, long pauses and changes of speaker, then where it is too long."""
    runs = [
        (list(run), len(sentence) > LONGEST_SENTENCE)
        for sentence in cut_sentences(words)
        for _, run in groupby(sentence, key=lambda word: word.speaker)
    ]
    followers = (run[0] for run, _ in runs[1:])
    for (run, is_unpunctuated), follower in zip_longest(runs, followers):
        *whole, last = split_long(run)
        yield from map(LineWords, whole)
        # Where the recogniser has forgotten its end marks, their lack shows nothing.
        is_interrupted = not is_unpunctuated and _is_interrupted(run, follower)
        yield LineWords(last, (Flag.INTERRUPTED,) if is_interrupted else ())


def _is_interrupted(run: Sequence[SpokenWord], follower: SpokenWord | None) -> bool:
    last = run[-1]
    return (
        follower is not None
        and not is_reply(word.word.text for word in run)
        and follower.speaker != last.speaker
        and not ends_sentence(last.word.text)
        and follower.word.start - last.word.end <= LONGEST_PAUSE
    )


def _line(n: int, piece: LineWords, duration: float) -> Line:
    words = tuple(w.word for w in piece.words)
    start = min(words[0].start, max(0.0, duration - MIN_DURATION))
    end = min(duration, max(start + MIN_DURATION, *(w.end for w in words), words[-1].end))
    return Line(
        id=f"{n:04d}",
        start=start,
        end=end,
        speaker=piece.words[0].speaker,
        speaker_confidence=_mean_confidence(piece.words),
        text=" ".join(w.text for w in words),
        meant="",
        flags=piece.flags,
        words=words,
    )


def _mean_confidence(words: Sequence[SpokenWord]) -> float:
    """Weigh every word by its length in time."""
    lengths = [max(MIN_DURATION, w.word.end - w.word.start) for w in words]
    weighed = sum(w.confidence * n for w, n in zip(words, lengths, strict=True))
    return round(min(1.0, weighed / sum(lengths)), 3)


def _flags(span: Interval, overlaps: Sequence[Span], foreign: Sequence[Interval]) -> Iterator[str]:
    if _is_spoken_over(span, overlaps):
        yield Flag.OVERLAP
    if any(overlap(span, other) >= -BESIDE for other in foreign):
        yield Flag.FOREIGN


def _is_spoken_over(span: Interval, overlaps: Sequence[Span]) -> bool:
    shared = sum(max(0.0, overlap(span, other)) for other in overlaps)
    return shared >= OVERLAP_SHARE * (span.end - span.start)
