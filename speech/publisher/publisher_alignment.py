"""Put the words that a publisher wrote in the place of those that were recognised. Pure.

Both are laid side by side, as few words as possible apart. The publisher's words get the times of
those that were recognised in their place. What the publisher left out at length, such as an
advertisement that a host has put in, stays as it was recognised.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from podcast.publisher_transcript import Passage
from podcast.timeline import Segment, Word
from podcast.transcript import DroppedWord
from speech.lines.sentences import ends_sentence
from speech.plausibility.suspect_words import key_of

ENOUGH = 0.7
"""Share of the words of both that must be the same ones; two texts of one talk share more."""

LONG = 12
"""So many words in a row that only one of both has are no slip and no tidying up."""

FASTEST = 8.0
"""Words a second; more of them were not said here."""

SPARSEST = 60
"""Words to a sentence end; where there are more, the text has no punctuation to cut lines by."""

LEFT_OUT = "left out by the publisher's transcript"
OTHERWISE = "written otherwise in the publisher's transcript"

SHORT_RUN = 3
"""Words; a run of the same ones that is not longer may lie in the wrong place by chance."""


@dataclass(frozen=True, slots=True)
class PublishedText:
    """What was said, in the publisher's words.

    Attributes:
        segments: As the recogniser cut them, with other words.
        labels: For every word of the segments, in order, who says it as the transcript calls
            them; empty where it does not say.
        dropped: Words that were recognised and are in no segment any more.
        share: Of the recognised words, those that the publisher wrote, too, 0 to 1.
    """

    segments: tuple[Segment, ...]
    labels: tuple[str, ...]
    dropped: tuple[DroppedWord, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a transcript is not of this sound, or not of use."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Written:
    """A word of the publisher's; its key is empty for mere signs."""

    text: str
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word of the result, in the segment with this index."""

    word: Word
    label: str
    segment: int


def take_published(
    segments: Sequence[Segment], passages: Sequence[Passage]
) -> PublishedText | Mismatch:
    """Put a publisher's words in the place of the recognised ones.

    Args:
        segments: What was recognised.
        passages: What the publisher wrote.
    """
    recognised = [(word, n) for n, segment in enumerate(segments) for word in segment.words]
    written = _written(passages)
    if not recognised or not written:
        return Mismatch("there are no words in it")
    ends = sum(ends_sentence(word.text) for word in written)
    if ends * SPARSEST < len(written):
        return Mismatch("it has no punctuation")
    if len(recognised) < ENOUGH * len(written):
        return Mismatch(f"it has {len(written)} words, and only {len(recognised)} were recognised")
    keys = [key_of(word.text) for word, _ in recognised]
    pairs = _same(keys, [word.key for word in written])
    if len(pairs) < ENOUGH * len(written):
        return Mismatch(f"only {len(pairs)} of its {len(written)} words were recognised")
    if len(pairs) < ENOUGH * len(recognised):
        return Mismatch(f"it has only {len(pairs)} of the {len(recognised)} recognised words")
    placed: list[_Placed] = []
    dropped: list[DroppedWord] = []
    ends_of_gaps = [*pairs, (len(recognised), len(written))]
    r, w = 0, 0
    for next_r, next_w in ends_of_gaps:
        gap = _Gap(recognised, r, next_r, tuple(written[w:next_w]))
        placed += gap.placed()
        dropped += gap.dropped()
        if next_r < len(recognised):
            word, segment = recognised[next_r]
            placed.append(_Placed(_said(word, written[next_w]), written[next_w].label, segment))
        r, w = next_r + 1, next_w + 1
    words: list[list[Word]] = [[] for _ in segments]
    for one in placed:
        words[one.segment].append(one.word)
    return PublishedText(
        tuple(map(_filled, segments, words)),
        tuple(p.label for p in placed),
        tuple(dropped),
        len(pairs) / len(recognised),
    )


@dataclass(frozen=True, slots=True)
class _Gap:
    """A stretch between two words that both have.

    Attributes:
        recognised: All recognised words, with the index of their segment.
        first: The first of them in the stretch.
        stop: The first one behind it.
        written: What the publisher has there.
    """

    recognised: Sequence[tuple[Word, int]]
    first: int
    stop: int
    written: tuple[_Written, ...]

    @property
    def _taken(self) -> int:
        """Return the first word in whose place written ones come; those before it stay."""
        more = self.stop - self.first - len(self.written)
        if not self._is_said:
            return self.stop
        return self.first + more if more >= LONG else self.first

    @property
    def _is_said(self) -> bool:
        """Whether there is time to say what is written; else it belongs to another sound."""
        start, end = self._span(self.first)
        return len(self.written) < LONG or len(self.written) <= FASTEST * (end - start)

    def placed(self) -> Iterator[_Placed]:
        """Yield the words of the result."""
        taken = self._taken
        for word, segment in self.recognised[self.first : taken]:
            yield _Placed(word, "", segment)
        if not self._is_said:
            return
        start, end = self._span(taken)
        step = (end - start) / max(1, len(self.written))
        _, segment = self.recognised[taken if taken < self.stop else max(0, taken - 1)]
        for m, written in enumerate(self.written):
            times = round(start + m * step, 3), round(start + (m + 1) * step, 3)
            yield _Placed(Word(*times, written.text, 1.0), written.label, segment)

    def dropped(self) -> Iterator[DroppedWord]:
        """Yield the recognised words that are not in the result."""
        reason = OTHERWISE if self.written else LEFT_OUT
        for word, _ in self.recognised[self._taken : self.stop]:
            yield DroppedWord(word, reason)

    def _span(self, taken: int) -> tuple[float, float]:
        """Return when the written words are said: in place of recognised ones, else between two."""
        if taken < self.stop:
            return self.recognised[taken][0].start, self.recognised[self.stop - 1][0].end
        after = self.recognised[taken][0].start if taken < len(self.recognised) else None
        before = self.recognised[taken - 1][0].end if taken > 0 else 0.0
        end = before if after is None else after
        return min(before, end), end


def _written(passages: Sequence[Passage]) -> list[_Written]:
    words: list[_Written] = []
    for passage in passages:
        texts = passage.text.split()
        starts = [n for n, text in enumerate(texts) if key_of(text)]
        for start, end in pairwise([*starts, len(texts)]):  # a dash is of the word before it
            text, key = " ".join(texts[start:end]), key_of(texts[start])
            words.append(_Written(text, passage.speaker, key))
    return words


def _same(recognised: Sequence[str], written: Sequence[str]) -> list[tuple[int, int]]:
    """Return the words that both have, as their indices, in order."""
    runs = [
        [op.src_start, op.dest_start, op.src_end - op.src_start]
        for op in Levenshtein.opcodes(recognised, written)
        if op.tag == "equal"
    ]
    # "the" before an advertisement is as near as one in it: short runs join their neighbours.
    for run, after in zip(runs[-2::-1], runs[:0:-1], strict=True):
        _join(run, after[0] - run[2], recognised, is_next=run[1] + run[2] == after[1])
    for before, run in pairwise(runs):
        _join(run, before[0] + before[2], recognised, is_next=before[1] + before[2] == run[1])
    return [(r + m, w + m) for r, w, n in runs for m in range(n)]


def _join(run: list[int], place: int, recognised: Sequence[str], *, is_next: bool) -> None:
    """Move a short run to another place if the same words were recognised there."""
    first, _, n = run
    is_same = list(recognised[place : place + n]) == list(recognised[first : first + n])
    if is_next and n <= SHORT_RUN and is_same:
        run[0] = place


def _said(word: Word, written: _Written) -> Word:
    """Return a word as it is written; nobody doubts what a human wrote and a machine heard."""
    return replace(word, text=written.text, probability=1.0)


def _filled(segment: Segment, words: Sequence[Word]) -> Segment:
    return replace(segment, words=tuple(words), text=" ".join(word.text for word in words))
