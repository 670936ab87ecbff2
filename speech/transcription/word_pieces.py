"""Put together the words that a recogniser hands out in pieces. Pure.

Whisper's words end where its alphabet of word pieces meets a mark: "3.1" comes as " 3" and ".1",
"10-hour" as " 10" and "-hour", "llama.cpp" as " llama" and ".cpp". Only a leading space says that
a new word begins.
"""

import math
from collections.abc import Iterable

from speech.transcription.word_times import TimedWord


def whole_words(pieces: Iterable[TimedWord]) -> tuple[TimedWord, ...]:
    """Join every piece without a leading space to the word before it.

    Args:
        pieces: Of one segment, in order, their texts as the recogniser gives them. The first one
            begins a word in any case.

    Returns:
        The words without spaces around them; none is empty. A word runs from the start of its
        first piece to the last end that is known, and is as sure as its letters on average.
    """
    words: list[TimedWord] = []
    begins = True
    for piece in pieces:
        begins = begins or piece.text[:1].isspace()
        if not piece.text.strip():
            continue
        if begins or not words:
            words.append(_stripped(piece))
        else:
            words[-1] = _joined(words[-1], _stripped(piece))
        begins = piece.text[-1:].isspace()
    return tuple(words)


def _stripped(piece: TimedWord) -> TimedWord:
    return TimedWord(piece.start, piece.end, piece.text.strip(), piece.probability)


def _joined(word: TimedWord, piece: TimedWord) -> TimedWord:
    sure = word.probability * len(word.text) + piece.probability * len(piece.text)
    text = word.text + piece.text
    is_open = piece.end is None or math.isnan(piece.end)
    return TimedWord(word.start, word.end if is_open else piece.end, text, sure / len(text))
