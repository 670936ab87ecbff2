"""Add and subtract stretches of time. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from podcast.timeline import Interval, Span


def merge_spans(spans: Iterable[Interval], gap: float = 0.0) -> list[Span]:
    """Return the time that any of the spans covers, in order.

    Args:
        spans: In any order; they may overlap.
        gap: Spans with at most this many seconds between them become one.
    """
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if merged and span.start - merged[-1].end <= gap:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(Span(span.start, span.end))
    return merged


def without(spans: Iterable[Interval], others: Sequence[Interval]) -> Iterator[Span]:
    """Yield what is left of spans where none of the others is, in the order of the spans.

    Args:
        spans: Stretches of time.
        others: In time order, without overlaps, as `merge_spans` returns them.
    """
    for span in spans:
        start = span.start
        first = bisect_right(others, start, key=lambda other: other.end)
        for n in range(first, len(others)):
            if others[n].start >= span.end:
                break
            if start < others[n].start:
                yield Span(start, others[n].start)
            start = others[n].end
        if start < span.end:
            yield Span(start, span.end)


def common(spans: Sequence[Interval], others: Iterable[Interval]) -> Iterator[Span]:
    """Yield the parts of spans in which any of the others is, in the order of the spans."""
    left = merge_spans(without(spans, merge_spans(others)))
    return without(spans, left)


def total(spans: Iterable[Interval]) -> float:
    """Return the seconds of spans that do not overlap."""
    return sum(span.end - span.start for span in spans)
