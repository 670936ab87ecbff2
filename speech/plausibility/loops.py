"""Find phrases that the recogniser repeats as nobody speaks. Pure.

People repeat themselves, and a transcript keeps it: "Yeah. Yeah. Yeah.", "no no no no", "is is", a
slogan said twice. A recogniser that is stuck repeats until its window is full. What is honest:

- a phrase of up to four words, up to 16 times in a row, while that makes 32 words at most:
  a word or a pair 16 times, three words 10 times, four words 8 times (some ten seconds of speech);
- a phrase of five to eight words, three times in a row;
- a longer one, twice in a row: a chorus, a quotation that is read again.

Whatever goes beyond is a loop, of which the first copy is believed and the others are doubted,
unless each copy of a longer phrase has speech of its own, and as much as it takes to say it: a
slogan. Those should be decoded again, and stay unless something else is recognised.

Loops that vary a little are found by how well the text compresses when repeats are read once, so
that honest repeats cannot raise the figure.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import eq

from podcast.timeline import Span, Word
from speech.plausibility.speech_activity import is_over_silence, seconds_of_speech
from speech.plausibility.suspect_words import Doubt, key_of

SHORT_PHRASE = 4
"""Words; a phrase up to this length is often repeated in honest speech."""

SHORT_TIMES = 16
SHORT_WORDS = 32
"""Copies, and words of all copies together, up to which a short phrase is honest."""

MIDDLE_PHRASE = 8
MIDDLE_TIMES = 3
LONG_TIMES = 2

LONGEST_PHRASE = 100
"""Words; a window of 30 seconds holds hardly more."""

FASTEST_SLOGAN = 7.0
"""Words a second at which a slogan can be said; a stuck recogniser crams its copies together. Short
words in lively talk come at five to six."""

MAX_COMPRESSION = 2.4
"""Characters over zlib bytes above which Whisper itself takes a text for a loop. Half a minute of
lively talk reaches 2.1, somebody who says "we have to do this, we have to do that" 2.8."""

SENSELESS_COMPRESSION = 4.0
"""Above this nobody can have said it; a sentence in which one word changes reaches 6."""

LETTER_LOOP = re.compile(r"([^\d\s]{1,4}?)\1{16,}")
"""Seventeen times the same one to four letters or signs in one word: "!!!!!!!!!!!!!!!!!"."""

SHOWN_WORDS = 6


@dataclass(frozen=True, slots=True)
class Repeat:
    """A phrase several times in a row.

    Attributes:
        first: Index of its first word.
        stop: Index behind the last word, which may end in the middle of a copy.
        period: Words of the phrase.
    """

    first: int
    stop: int
    period: int

    @property
    def copies(self) -> int:
        """How often the whole phrase is there, at least 2."""
        return (self.stop - self.first) // self.period

    @property
    def is_loop(self) -> bool:
        """Whether nobody speaks like that."""
        if self.period <= SHORT_PHRASE:
            return self.copies > SHORT_TIMES or self.copies * self.period > SHORT_WORDS
        return self.copies > (MIDDLE_TIMES if self.period <= MIDDLE_PHRASE else LONG_TIMES)


def find_loops(words: Sequence[Word], speech: Sequence[Span] = ()) -> tuple[Doubt, ...]:
    """Find the copies of looping phrases, all but the first, and words that loop in themselves.

    Args:
        words: In time order.
        speech: Where somebody speaks, in time order; empty if unknown.
    """
    spoken = [n for n, word in enumerate(words) if key_of(word.text)]
    repeats = find_repeats([key_of(words[n].text) for n in spoken])
    loops = [
        doubt
        for repeat in repeats
        if repeat.is_loop
        for doubt in _doubts(repeat, spoken, words, speech)
    ]
    letters = [
        Doubt(n, n + 1, "loop: letters of one word")
        for n, word in enumerate(words)
        if LETTER_LOOP.search(word.text)
    ]
    return (*loops, *letters)


def find_repeats(keys: Sequence[str]) -> tuple[Repeat, ...]:
    """Find every phrase that stands at least twice in a row, by its shortest period."""
    found: list[Repeat] = []
    for period in range(1, min(LONGEST_PHRASE, len(keys) // 2) + 1):
        for first, stop in _matches(keys, period):
            # "no no no no" is "no" four times, not "no no" twice.
            if not any(r.first <= first and stop <= r.stop for r in found):
                found.append(Repeat(first, stop, period))
    return tuple(sorted(found, key=lambda repeat: (repeat.first, repeat.period)))


def compression(words: Sequence[Word]) -> float:
    """Return characters over zlib bytes of a text in which back-to-back repeats are read once."""
    keys = [key for word in words if (key := key_of(word.text))]
    copies = {
        n for repeat in find_repeats(keys) for n in range(repeat.first + repeat.period, repeat.stop)
    }
    text = " ".join(key for n, key in enumerate(keys) if n not in copies).encode()
    return len(text) / len(zlib.compress(text))


def _doubts(
    repeat: Repeat, spoken: Sequence[int], words: Sequence[Word], speech: Sequence[Span]
) -> Iterator[Doubt]:
    copies = [
        spoken[first : first + repeat.period]
        for first in range(repeat.first, repeat.stop - repeat.period + 1, repeat.period)
    ]
    reason = _reason([words[n].text for n in copies[0]], repeat)
    is_slogan = repeat.period > SHORT_PHRASE and len(copies) <= SHORT_TIMES
    if is_slogan and all(_is_said([words[n] for n in copy], speech) for copy in copies):
        yield from (Doubt(copy[0], copy[0], reason) for copy in copies[1:])
    else:
        yield Doubt(copies[1][0], spoken[repeat.stop - 1] + 1, reason)


def _is_said(copy: Sequence[Word], speech: Sequence[Span]) -> bool:
    """Say whether there is speech for all of a phrase, and time enough to say it."""
    seconds = seconds_of_speech(Span(copy[0].start, copy[-1].end), speech)
    is_in_speech = not any(is_over_silence(word, speech) for word in copy)
    return is_in_speech and len(copy) <= FASTEST_SLOGAN * seconds


def _matches(keys: Sequence[str], period: int) -> Iterator[tuple[int, int]]:
    """Yield where the words come again after a period, at least for one whole copy."""
    same = list(map(eq, keys, keys[period:]))
    if sum(same) < period:
        return  # as with nearly every period of what people say
    position = 0
    for is_same, run in groupby(same):
        length = sum(1 for _ in run)
        if is_same and length >= period:
            yield position, position + length + period
        position += length


def _reason(phrase: Sequence[str], repeat: Repeat) -> str:
    shown = " ".join(phrase[:SHOWN_WORDS]) + (" ..." if len(phrase) > SHOWN_WORDS else "")
    return f'loop: "{shown}" {repeat.copies} times in a row'
