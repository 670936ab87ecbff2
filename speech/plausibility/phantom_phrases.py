"""Find the phrases that Whisper says when nobody speaks: it learnt them from video captions. Pure.

People say most of them too, so none is doubted for its words alone. A sentence that is nothing but
such a phrase is doubted

- anywhere, where it lies over silence, is drawn out as no one speaks, or was hardly recognised;
- when it is a caption writer's or a video maker's and stands at the end, after a pause, with much
  more sound around it than it takes to say, or comes again and again.

What is recognised with confidence and has its own speech to itself is kept even there.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from statistics import fmean

from podcast.timeline import Span, Word
from speech.lines.sentences import sentence_ends
from speech.plausibility.speech_activity import is_over_silence, seconds_of_speech
from speech.plausibility.suspect_words import Doubt, text_of

_LEAD = r"(?:(?:and|so|okay|ok|well|please|dont forget to|be sure to|make sure to|remember to) )*"
_THANKS = (
    r"(?:thank you|thanks)(?: you| all| guys| everyone| everybody| so much| very much| again)*"
)
_SEE_YOU = r"(?:(?:ill|i will|we will|well) )?see you(?: all| guys)?"
_NEXT_VIDEO = r"(?:in|on) (?:the|my|our) next video"
_MADE = r"subtitle[sd]|caption(?:s|ed|ing)|transcri(?:pt|bed|ption)|translat(?:ed|ion)"
_MAKERS = r"wwwmooji|amaraorg|castingwords|httpsotterai|otterai|beadaholique"

FOR_VIEWERS = re.compile(
    rf"{_LEAD}{_THANKS} for (?:watching|viewing)(?: .*)?"
    rf"|{_LEAD}(?:(?:like|comment|share|and) )*subscribe(?: (?:to|for|and|if|now) .*)?"
    rf"|{_LEAD}{_SEE_YOU} {_NEXT_VIDEO}(?: .*)?"
    rf"|(?:english |closed )?(?:{_MADE})(?: and \w+)? by(?: .*)?"
    rf"|(?:.* )?(?:{_MAKERS})\w*(?: .*)?"
)
"""What video makers and caption writers leave at the end; the words by their letters."""

SPOKEN = re.compile(
    r"you|(?:bye ?)+|the end|music"
    rf"|{_LEAD}{_THANKS}(?: for (?:listening|tuning in|joining(?: us| me)?))?"
    rf"|{_LEAD}{_SEE_YOU}(?: next (?:time|week)| later| soon)?"
)
"""What people say as well."""

LOW_CONFIDENCE = 0.4
LOW_CONFIDENCE_AT_END = 0.6
"""Mean probability of the words below which a phrase was hardly recognised."""

DRAWN_OUT = 1.5
"""Seconds a word on the average, above which no one speaks."""

ROOM = 1.5
"""Seconds of speech around a phrase that are the margins of a detector; more is other sound, which
a phantom covers."""

OFTEN = 3
"""Times that nobody says a video maker's phrase in one recording."""

PAUSE_BEFORE_END = 3.0
"""Seconds after the last honest word, from which on a video maker's phrase is a phantom."""


def find_phantoms(words: Sequence[Word], speech: Sequence[Span]) -> tuple[Doubt, ...]:
    """Find the sentences that are nothing but a phantom phrase, and are doubtful or at the end.

    Args:
        words: Of the whole recording, in time order.
        speech: Where somebody speaks, in time order.
    """
    sentences = tuple(sentence_ends(words))
    texts = [text_of(w.text for w in words[first:stop]) for first, stop in sentences]
    closing = _closing(texts, sentences, words)
    said = Counter(text for text in texts if FOR_VIEWERS.fullmatch(text))
    doubts = []
    for (first, stop), text in zip(sentences, texts, strict=True):
        if not _is_phrase(text):
            continue
        limit = LOW_CONFIDENCE_AT_END if first >= closing else LOW_CONFIDENCE
        if reason := _reason(words[first:stop], speech, limit):
            doubts.append(Doubt(first, stop, f"phantom phrase {reason}"))
        elif said[text] >= OFTEN:
            doubts.append(Doubt(first, stop, f"phantom phrase {said[text]} times"))
        elif text in said and first >= closing and not _is_alone(words, closing, speech):
            doubts.append(Doubt(first, stop, "phantom phrase at the end"))
    return tuple(doubts)


def is_phantom_phrase(words: Sequence[Word]) -> bool:
    """Say whether words are nothing but a phrase that Whisper says when nobody speaks."""
    return _is_phrase(text_of(word.text for word in words))


def _closing(
    texts: Sequence[str], sentences: Sequence[tuple[int, int]], words: Sequence[Word]
) -> int:
    """Return from which word on there are only phantom phrases, behind a pause; else the end."""
    tail = len(texts)
    while tail and _is_phrase(texts[tail - 1]):
        tail -= 1
    for first, _ in sentences[tail:]:
        if first == 0 or words[first].start - words[first - 1].end >= PAUSE_BEFORE_END:
            return first
    return len(words)


def _is_phrase(text: str) -> bool:
    return bool(FOR_VIEWERS.fullmatch(text) or SPOKEN.fullmatch(text))


def _is_alone(words: Sequence[Word], closing: int, speech: Sequence[Span]) -> bool:
    """Say whether the last words have speech of their own, and hardly more of it than they take."""
    pause = Span(words[closing - 1].end if closing else 0.0, math.inf)
    seconds = words[-1].end - words[closing].start
    return seconds_of_speech(pause, speech) <= seconds + ROOM


def _reason(words: Sequence[Word], speech: Sequence[Span], limit: float) -> str | None:
    if all(is_over_silence(word, speech) for word in words):
        return "over silence"
    if fmean(word.probability for word in words) < limit:
        return "hardly recognised"
    if fmean(word.end - word.start for word in words) > DRAWN_OUT:
        return "drawn out"
    return None
