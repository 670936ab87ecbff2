"""Prove the promises of the product before anything is published. Pure.

1. Every language has exactly the same rows, with the same English, in the same order.
2. No cell is empty, and none holds more than one line.
3. No line holds words of two speakers; lines are in time order, 0 <= start < end <= duration.
4. Every recognised word is in exactly one line, or dropped with a reason.
5. Readers see the old episode or the new one: `outputs.library.atomic_publish` swaps whole folders.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from podcast.errors import InvariantError
from podcast.timeline import SpokenWord, Word
from podcast.transcript import BilingualTranscript, Line, Transcript

TOLERANCE = 1e-6
"""Seconds; times pass through floating point."""

WordKey = tuple[float, str]


def check_decodings(
    first: Iterable[Word], second: Iterable[Word], kept: Iterable[Word], dropped: Iterable[Word]
) -> None:
    """Check the fourth promise where two decodings were weighed against each other.

    Args:
        first: What was recognised.
        second: What was recognised where the recogniser decoded again.
        kept: What is believed.
        dropped: What was recognised first and is not.

    Raises:
        InvariantError: A recognised word has vanished, or one was never recognised.
    """
    recognised, again = Counter(map(_key, first)), Counter(map(_key, second))
    gone = Counter(map(_key, dropped))
    accounted = Counter(map(_key, kept)) + gone
    lost = recognised - accounted
    added = (accounted - recognised - again) + (gone - recognised)
    if lost or added:
        raise InvariantError(f"Words were lost {_texts(lost)} or added {_texts(added)}.")


def check_transcript(transcript: Transcript, spoken: Sequence[SpokenWord], duration: float) -> None:
    """Check the third and fourth promise.

    Args:
        transcript: The lines and the dropped words.
        spoken: Every recognised word with its speaker.
        duration: Of the recording, in seconds.

    Raises:
        InvariantError: A promise is broken.
    """
    for line in transcript.lines:
        _check_times(line, duration)
    _check_order(transcript.lines)
    _check_speakers(transcript.lines, spoken)
    _check_words(transcript, spoken)


def check_pairs(transcript: Transcript, bilinguals: Iterable[BilingualTranscript]) -> None:
    """Check the first and second promise.

    Raises:
        InvariantError: A promise is broken.
    """
    for bilingual in bilinguals:
        if tuple(pair.source for pair in bilingual.pairs) != transcript.lines:
            raise InvariantError(f"The {bilingual.target.label} rows are not the English rows.")
        _check_cell("the title", bilingual.title.text, bilingual)
        for pair in bilingual.pairs:
            _check_cell(f"line {pair.source.id}", pair.source.text, bilingual)
            _check_cell(f"line {pair.source.id}", pair.target.text, bilingual)


def _check_cell(where: str, text: str, bilingual: BilingualTranscript) -> None:
    if not text.strip():
        raise InvariantError(f"A cell of {where} is empty in {bilingual.target.label}.")
    if len(text.splitlines()) != 1:
        raise InvariantError(f"A cell of {where} holds two lines in {bilingual.target.label}.")


def _check_times(line: Line, duration: float) -> None:
    if not 0 <= line.start < line.end <= duration + TOLERANCE:
        raise InvariantError(
            f"Line {line.id} runs from {line.start} to {line.end} s in a recording of {duration} s."
        )


def _check_order(lines: Sequence[Line]) -> None:
    for before, after in pairwise(lines):
        if after.start < before.start:
            raise InvariantError(f"Line {after.id} starts before line {before.id}.")


def _check_speakers(lines: Sequence[Line], spoken: Sequence[SpokenWord]) -> None:
    said = {(w.word.start, w.word.text, w.speaker) for w in spoken}
    for line in lines:
        for word in line.words:
            if (word.start, word.text, line.speaker) not in said:
                raise InvariantError(f"Line {line.id} holds a word that {line.speaker} never said.")


def _check_words(transcript: Transcript, spoken: Sequence[SpokenWord]) -> None:
    kept = Counter(_key(w) for line in transcript.lines for w in line.words)
    kept.update(_key(dropped.word) for dropped in transcript.dropped)
    recognised = Counter(_key(w.word) for w in spoken)
    if kept != recognised:
        lost, added = recognised - kept, kept - recognised
        raise InvariantError(f"Words were lost {_texts(lost)} or added {_texts(added)}.")
    for line in transcript.lines:
        if line.text != " ".join(word.text for word in line.words):
            raise InvariantError(f"The text of line {line.id} is not its words.")


def _key(word: Word) -> WordKey:
    return (word.start, word.text)


def _texts(words: Counter[WordKey]) -> list[str]:
    return [text for _, text in list(words)[:5]]
