"""When a cue shows: from the times of the recognised words, and for long enough to be read."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from outputs.captions.cue_limits import CueOptions, width_of
from podcast.language import SOURCE
from podcast.timeline import Span, Word

_NEAR = 0.15
"""How far from its place a cut may be moved to fall into a pause, as a share of the line."""

_TIE = 1e-9
_SHORTEST = 0.02
"""Seconds. No word takes less; times that say so are not believed."""


def words_between(words: Sequence[Word], first: int, after: int) -> tuple[Word, ...]:
    """Take the words that stand at some characters of the text that they make.

    A word that is cut in two gives both sides a piece of it, with its share of the time.

    Args:
        words: Joined by one space, they are the text.
        first: Index of the first character.
        after: Index after the last character.
    """
    begins = list(accumulate((len(word.text) + 1 for word in words), initial=0))
    found = []
    for at in range(max(0, bisect_left(begins, first + 1) - 1), bisect_left(begins, after)):
        part = _part(words[at], first - begins[at], after - begins[at])
        if part.text:
            found.append(part)
    return tuple(found)


def spans_by_words(parts: Sequence[Sequence[Word]], whole: Span) -> tuple[Span, ...]:
    """Return when cues are spoken whose words are known.

    Args:
        parts: The words of every cue, none empty.
        whole: When the line is spoken.
    """
    shares = [len(part) for part in parts]
    spans = [Span(part[0].start, part[-1].end) for part in parts]
    spans[0] = replace(spans[0], start=whole.start)
    spans[-1] = replace(spans[-1], end=whole.end)
    reached = list(accumulate(shares))[:-1]
    return _valid(spans, whole) or spans_by_share([n / sum(shares) for n in reached], whole)


def spans_by_text(shares: Sequence[float], words: Sequence[Word], whole: Span) -> tuple[Span, ...]:
    """Return when cues show whose words have no times, as those of a translation.

    Each cut is put where the same share of the English has been said, or into a pause near it.

    Args:
        shares: How much of the text stands before each cut, 0 to 1, rising.
        words: What was said meanwhile.
        whole: When the line is spoken.
    """
    spoken = list(accumulate(width_of(word.text, SOURCE) + 1 for word in words))
    cuts: list[int] = []
    for n, share in enumerate(shares):
        low, high = (cuts[-1] if cuts else 0) + 1, len(words) - (len(shares) - n)
        if low > high:
            return spans_by_share(shares, whole)
        cuts.append(_nearest(share, spoken, words, range(low, high + 1)))
    begins = [whole.start, *(words[cut].start for cut in cuts)]
    ends = [*(words[cut - 1].end for cut in cuts), whole.end]
    spans = [Span(begin, end) for begin, end in zip(begins, ends, strict=True)]
    return _valid(spans, whole) or spans_by_share(shares, whole)


def spans_by_share(shares: Sequence[float], whole: Span) -> tuple[Span, ...]:
    """Divide a span; each cue ends where the next one begins."""
    edges = [0.0, *shares, 1.0]
    if any(after <= before for before, after in pairwise(edges)):  # the text has no width
        shares = [n / (len(shares) + 1) for n in range(1, len(shares) + 1)]
    times = [whole.start + share * (whole.end - whole.start) for share in shares]
    return tuple(Span(start, end) for start, end in pairwise([whole.start, *times, whole.end]))


def shown(
    spans: Sequence[Span], needs: Sequence[float], limit: float, options: CueOptions
) -> list[Span]:
    """Lengthen and shorten cues so that they can be read; none begins after it is spoken.

    A cue that is too short to be seen or read is shown longer, first after it was spoken and then
    before, and a short pause is filled, as far as other cues leave room. A cue that is long enough
    makes room for a gap before the next one.

    Args:
        spans: When the cues are spoken, in the order of their starts.
        needs: Seconds that it takes to read each of them.
        limit: Seconds; the end of the recording.
        options: How long cues may be.
    """
    spoken = [span.start for span in spans]
    following = [bisect_left(spoken, span.end, lo=at + 1) for at, span in enumerate(spans)]
    over = max([limit, *(span.end for span in spans)])
    starts = [*spoken, over + options.gap]  # as if one more began when all is over
    for at in reversed(range(len(spans))):
        end = _end(spans[at], needs[at], starts[following[at]], options)
        earliest = _earliest(spans[at - 1] if at else Span(0.0, 0.0), spans[at], options)
        starts[at] = min(spoken[at], max(earliest, end - needs[at]))
    moved = [Span(start, span.end) for start, span in zip(starts, spans, strict=False)]
    return [
        Span(span.start, _end(span, needs[at], starts[following[at]], options))
        for at, span in enumerate(moved)
    ]


def _end(span: Span, need: float, next_start: float, options: CueOptions) -> float:
    """Return when a cue disappears that appears and is spoken at some time."""
    room = next_start - options.gap
    wanted = max(options.min_duration, min(need, span.end - span.start + options.linger))
    end = max(span.end, min(span.start + wanted, room))
    if next_start - end < options.gap:
        end = max(room, min(end, span.start + options.min_duration))
    elif next_start - end < options.bridge:
        end = room
    return min(end, span.start + options.max_duration)


def _earliest(before: Span, span: Span, options: CueOptions) -> float:
    """Return when a cue may begin; the one before it stays long enough to be seen."""
    if before.end > span.start:  # both are spoken at once
        return span.start
    return max(span.start - options.lead, before.start + options.min_duration + options.gap)


def _part(word: Word, first: int, after: int) -> Word:
    first, after = max(0, first), min(len(word.text), after)
    if first == 0 and after == len(word.text):
        return word
    second = (word.end - word.start) / len(word.text)
    return replace(
        word,
        start=word.start + first * second,
        end=word.start + after * second,
        text=word.text[first:after],
    )


def _nearest(share: float, spoken: Sequence[float], words: Sequence[Word], cuts: range) -> int:
    """Choose the word before which to cut: near the share, better still in a pause."""

    def cost(cut: int) -> float:
        pause = max(0.0, words[cut].start - words[cut - 1].end)
        return abs(spoken[cut - 1] / spoken[-1] - share) - min(pause, 1.0) * _NEAR

    return min(cuts, key=cost)


def _valid(spans: Sequence[Span], whole: Span) -> tuple[Span, ...]:
    """Return spans that follow each other within a whole, or none if they do not."""
    following = [*(span.start for span in spans[1:]), whole.end]
    clipped = tuple(
        Span(span.start, min(span.end, start)) for span, start in zip(spans, following, strict=True)
    )
    is_valid = spans[0].start >= whole.start - _TIE and all(
        span.start + _SHORTEST <= span.end for span in clipped
    )
    return clipped if is_valid else ()
