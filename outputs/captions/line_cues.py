"""Cut what one speaker says into cues: what a player shows at once. Pure.

Joined again, the rows of its cues are the text, with its label before it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil
from typing import Self

from outputs.captions.cue_layout import (
    Breakable,
    Cuts,
    best_count,
    cut_evenly,
    cut_near,
    fewest_cues,
    most_cues,
    rows_of,
)
from outputs.captions.cue_timing import spans_by_text, spans_by_words, words_between
from outputs.record.record_types import RecordedLine
from podcast.timeline import Span, Word

_PAUSE_WORTH = 1.5
"""How much better a second of pause makes a place to break; a longer pause counts as one."""

_REMEMBERED = 4096
"""Lines whose cues are kept: three or four files of an episode hold the same."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What a player shows at once.

    Attributes:
        line: Id of the line that it belongs to, the first where lines were joined.
        start: Seconds.
        end: Seconds, after `start`.
        speaker: The name, "" for none.
        rows: One or two rows of text, none wider than the language allows.
        label: What the first row begins with that is no part of the text; mostly nothing.
    """

    line: str
    start: float
    end: float
    speaker: str
    rows: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class PairCue:
    """What a player shows at once of both languages.

    Attributes:
        line: Id of the line that it belongs to, the first where lines were joined.
        start: Seconds.
        end: Seconds, after `start`.
        speaker: The name, "" for none.
        source: One or two rows of the language that is spoken.
        target: One or two rows of the translation.
        label: What one of the two begins with that is no part of the text; mostly nothing.
    """

    line: str
    start: float
    end: float
    speaker: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What cues depend on besides their text; see `podcast.transcript.Line`."""

    id: str
    start: float
    end: float
    speaker: str
    words: tuple[Word, ...]

    @classmethod
    def of(cls, lines: Sequence[RecordedLine]) -> Self:
        """Take it out of lines that one speaker says one after the other."""
        first, words = lines[0], tuple(word for line in lines for word in line.words)
        return cls(first.id, first.start, lines[-1].end, first.speaker, words)


@lru_cache(maxsize=_REMEMBERED)
def line_cues(line: Spoken, text: Breakable, longest: float) -> tuple[Cue, ...]:
    """Cut one text of a line, which may be a translation.

    Args:
        line: When it is spoken, by whom, and its words.
        text: What is to be shown.
        longest: Seconds that a cue may take.
    """
    return tuple(_cut(line, text, longest))


@lru_cache(maxsize=_REMEMBERED)
def line_pair_cues(
    line: Spoken, source: Breakable, target: Breakable, longest: float
) -> tuple[PairCue, ...]:
    """Cut both texts of a line into the same cues; see `line_cues`."""
    return tuple(_cut_pair(line, source, target, longest))


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Cuts of a text, and when the cues between them are spoken."""

    cuts: Cuts
    spans: tuple[Span, ...]

    @property
    def longest(self) -> float:
        return max(span.end - span.start for span in self.spans)


def _cut(line: Spoken, text: Breakable, longest: float) -> Iterator[Cue]:
    if not text.pieces:
        return
    text = _with_pauses(text, line)
    best = _cut_short(line, text, range(best_count(text), len(text.pieces) + 1), longest)
    for (first, after), span in zip(pairwise(best.cuts), best.spans, strict=True):
        rows, label = rows_of(text, first, after), text.label_at(first)
        yield Cue(line.id, span.start, span.end, line.speaker, rows, label)


def _cut_pair(
    line: Spoken, source: Breakable, target: Breakable, longest: float
) -> Iterator[PairCue]:
    if not source.pieces or not target.pieces:
        return
    source = _with_pauses(source, line)
    leading, other = source, target
    if fewest_cues(target) > fewest_cues(source):
        leading, other = target, source
    counts = range(fewest_cues(leading), most_cues(leading) + 1)
    best = _cut_short(line, leading, counts, longest)
    led = _rows(leading, best.cuts)
    followed = _rows(other, _cuts_like(other, leading, best.cuts, is_whole=other is source))
    kept = [followed[card * len(followed) // len(led)] for card in range(len(led))]
    if leading is target:
        led, kept = kept, led
    label = source.label.text or target.label.text
    for span, upper, lower in zip(best.spans, led, kept, strict=True):
        yield PairCue(line.id, span.start, span.end, line.speaker, upper, lower, label)


def _cut_short(line: Spoken, text: Breakable, counts: range, longest: float) -> _Attempt:
    """Cut evenly into as few cues as show for no longer; else into those that come nearest."""
    tried = []
    for count in counts[: 1 + ceil((line.end - line.start) / longest)]:
        attempt = _attempt(line, text, cut_evenly(text, count)[0])
        if attempt.longest <= longest:
            return attempt
        tried.append(attempt)
    return min(tried, key=lambda attempt: attempt.longest)


def _attempt(line: Spoken, text: Breakable, cuts: Cuts) -> _Attempt:
    whole = Span(line.start, line.end)
    if _is_as_recognised(line, text):
        parts = [_words(line, text, first, after) for first, after in pairwise(cuts)]
        return _Attempt(cuts, spans_by_words(parts, whole))
    shares = [text.share(cut) for cut in cuts[1:-1]]
    return _Attempt(cuts, spans_by_text(shares, line.words, whole))


def _is_as_recognised(line: Spoken, text: Breakable) -> bool:
    return bool(line.words) and text.text == " ".join(word.text for word in line.words)


def _words(line: Spoken, text: Breakable, first: int, after: int) -> tuple[Word, ...]:
    return words_between(line.words, text.pieces[first].start, text.pieces[after - 1].end)


def _with_pauses(text: Breakable, line: Spoken) -> Breakable:
    """Make the places better at which the speaker pauses."""
    if not _is_as_recognised(line, text):
        return text
    ends = accumulate(len(word.text) + 1 for word in line.words)
    pauses = {
        end - 1: max(0.0, min(1.0, after.start - before.end))
        for end, (before, after) in zip(ends, pairwise(line.words), strict=False)
    }
    pieces = (
        replace(piece, penalty=piece.penalty - _PAUSE_WORTH * pauses.get(piece.end, 0.0))
        for piece in text.pieces
    )
    return replace(text, pieces=tuple(pieces))


def _cuts_like(text: Breakable, leading: Breakable, cuts: Cuts, *, is_whole: bool) -> Cuts:
    """Cut a text near to where the leading one is cut.

    Args:
        text: With room in as many cues as the leading one has, or in fewer.
        leading: What is cut already.
        cuts: Where that is.
        is_whole: Cut the text only where it has no room, and show its cues for longer instead.
    """
    n_cards = len(cuts) - 1
    count = min(n_cards, fewest_cues(text) if is_whole else most_cues(text))
    begins = [cuts[-(-cue * n_cards // count)] for cue in range(1, count)]
    return cut_near(text, [leading.share(cut) for cut in begins])[0]


def _rows(text: Breakable, cuts: Cuts) -> list[tuple[str, ...]]:
    return [rows_of(text, first, after) for first, after in pairwise(cuts)]
