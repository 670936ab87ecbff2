"""Cut a text into cues of one or two rows, at the best of the places where it may break."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from outputs.captions.cue_limits import width_of
from outputs.captions.wrapping import TextPiece, offsets_of, pieces_of
from podcast.language import Language

_LINE_BREAKS = re.compile(r"\s{2,}|[\t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]")

_SPACE_WIDTH = 1.0
"""No space between two rows is wider."""

_CUE_COST = 1.0
"""What one more cue costs; it is worth it where all other breaks are poor."""

_EVENNESS = 8.0
_TOP_HEAVY = 0.3
_ORPHAN = 2.5
_ORPHAN_WIDTH = 0.25
_LONELY_LABEL = 2.0
"""What a row costs that holds the label alone."""

_LEAST_WIDTH = 0.2
"""Of a row. A translation is not torn into less to keep step with the other language."""

_MANY = 20
"""From so many cues on, one more makes no difference to the others."""

_BAND = 1
"""How many cues a cut may lie away from its even place; this bounds the work on long texts."""

_REMEMBERED = 4096
"""Texts whose breaks are kept: ten files of an episode are cut at the same places."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a text, such as the name of who says it; no part of the text.

    Attributes:
        text: With what parts it from the text; "" for none.
        is_repeated: Every cue of the text begins with it, not the first alone.
    """

    text: str = ""
    is_repeated: bool = False


NO_LABEL = Label()


@dataclass(frozen=True, slots=True)
class Breakable:
    """A text and where it may break.

    Attributes:
        text: Without spaces around it.
        pieces: What stays on one row.
        widths: Before every character of the text, and of the whole.
        limit: Width of a row.
        label: What stands before it on the first row of its cues.
        label_width: Width of the label.
    """

    text: str
    pieces: tuple[TextPiece, ...]
    widths: tuple[float, ...]
    limit: float
    label: Label = NO_LABEL
    label_width: float = 0.0

    def label_at(self, first: int) -> str:
        """Return what stands before a cue that begins with the piece `first`."""
        return self.label.text if first == 0 or self.label.is_repeated else ""

    def taken(self, first: int) -> float:
        """Return the width that the label takes of a cue that begins with the piece `first`."""
        return self.label_width if self.label_at(first) else 0.0

    def width(self, first: int, after: int) -> float:
        """Return the width of the pieces `first` to before `after`."""
        return self.widths[self.pieces[after - 1].end] - self.widths[self.pieces[first].start]

    def row(self, first: int, after: int) -> str:
        """Return the text of the pieces `first` to before `after`."""
        return self.text[self.pieces[first].start : self.pieces[after - 1].end]

    def share(self, piece: int) -> float:
        """Return how much of the text stands before a piece, 0 to 1."""
        total = self.widths[-1]
        if piece == len(self.pieces):
            return 1.0
        return self.widths[self.pieces[piece].start] / total if total else 0.0


Cuts = tuple[int, ...]
"""Where the cues of a text begin and the last one ends, as indexes of pieces."""


@lru_cache(maxsize=_REMEMBERED)
def breakable(text: str, language: Language, limit: float, label: Label = NO_LABEL) -> Breakable:
    """Find where a text may break into rows of a width; the label must be narrower than that."""
    text = _LINE_BREAKS.sub(" ", text).strip()
    pieces = pieces_of(text, language, limit)
    widths, label_width = offsets_of(text, language), width_of(label.text, language)
    return Breakable(text, pieces, widths, limit, label, label_width)


def fewest_cues(text: Breakable) -> int:
    """Return in how many cues a text has room, with its rows as full as they can be."""
    count = first = 0
    while first < len(text.pieces):
        first = _fill_row(text, _fill_row(text, first, text.taken(first)))
        count += 1
    return count


def most_cues(text: Breakable) -> int:
    """Return into how many cues a text may be cut before they hold next to nothing."""
    most = int(text.widths[-1] / (_LEAST_WIDTH * text.limit))
    return max(fewest_cues(text), min(len(text.pieces), most), 1)


def cut_evenly(text: Breakable, count: int) -> tuple[Cuts, float]:
    """Cut a text into that many cues of about the same size.

    Returns:
        The cuts, and what they cost; the less, the better.

    Args:
        text: With at least as many pieces as cues, and no more than have room in them.
        count: How many cues.
    """
    return cut_near(text, tuple(cue / count for cue in range(1, count)))


def cut_near(text: Breakable, shares: Sequence[float]) -> tuple[Cuts, float]:
    """Cut a text close to where these shares of it end; see `cut_evenly`."""
    total = text.widths[-1]
    desired = [share * total for share in (*shares, 1.0)]
    starts = [text.widths[piece.start] for piece in text.pieces] + [total]
    cuts, cost = _cheapest(text, starts, desired, _BAND * 2 * text.limit)
    return (cuts, cost) if cuts else _cheapest(text, starts, desired, total + 1)


def best_count(text: Breakable) -> int:
    """Return in how many cues a text reads best: the fewest, or one more for better breaks."""
    fewest = fewest_cues(text)
    if fewest in {1, len(text.pieces)} or fewest > _MANY:
        return fewest
    cost = cut_evenly(text, fewest)[1]
    if cost <= _CUE_COST:
        return fewest
    return fewest + (cut_evenly(text, fewest + 1)[1] + _CUE_COST < cost)


def rows_of(text: Breakable, first: int, after: int) -> tuple[str, ...]:
    """Wrap the pieces of one cue into one or two rows."""
    if first == after:
        return ()
    label = text.label_at(first)
    middle, _ = _wrap(text, first, after)
    if middle == after:
        return (label + text.row(first, after),)
    if middle == first:
        return label.rstrip(), text.row(first, after)
    return label + text.row(first, middle), text.row(middle, after)


_Layer = dict[int, tuple[float, int]]
"""TextPiece that a cut stands before -> the least cost up to there, and the cut before it."""


def _cheapest(
    text: Breakable, starts: Sequence[float], desired: Sequence[float], band: float
) -> tuple[Cuts, float]:
    """Find the cheapest cuts that lie in a band around where they are desired.

    Returns:
        The cuts and their cost; no cuts where the band holds none.
    """
    count, n_pieces = len(desired), len(text.pieces)
    cost_of = _costs(text, count)
    layers: list[_Layer] = [{0: (0.0, 0)}]
    for cue, want in enumerate(desired, 1):
        low, high = max(cue, bisect_left(starts, want - band)), bisect_right(starts, want + band)
        if cue == count:
            low, high = n_pieces, n_pieces + 1
        layer: _Layer = {}
        for after in range(low, min(high, n_pieces - (count - cue) + 1)):
            off = ((starts[after] - want) / (2 * text.limit)) ** 2 * _EVENNESS
            found = _cheapest_before(text, layers[-1], after, cost_of)
            if found:
                layer[after] = (found[0] + off, found[1])
        layers.append(layer)
    if n_pieces not in layers[-1]:
        return (), float("inf")
    cuts = [n_pieces]
    for layer in reversed(layers[1:]):
        cuts.append(layer[cuts[-1]][1])
    return tuple(reversed(cuts)), layers[-1][n_pieces][0]


def _cheapest_before(
    text: Breakable, layer: _Layer, after: int, cost_of: Callable[[int, int], float]
) -> tuple[float, int] | None:
    best: tuple[float, int] | None = None
    for first in range(after - 1, -1, -1):
        if text.width(first, after) > 2 * text.limit + _SPACE_WIDTH:
            break
        if first in layer:
            cost = layer[first][0] + cost_of(first, after)
            if cost < float("inf") and (best is None or cost < best[0]):
                best = (cost, first)
    return best


def _costs(text: Breakable, count: int) -> Callable[[int, int], float]:
    """Return what the cue of the pieces `first` to before `after` costs, each computed once."""

    @cache
    def cost_of(first: int, after: int) -> float:
        cost = _wrap(text, first, after)[1]
        if after < len(text.pieces):
            cost += text.pieces[after - 1].penalty
        if count > 1:
            cost += _orphan_cost(text, first, after)
        return cost

    return cost_of


def _wrap(text: Breakable, first: int, after: int) -> tuple[int, float]:
    """Find the best beginning of the second row and what it costs.

    The second row begins with the piece `after` where there is none, and with `first` where the
    label has a row of its own.
    """
    label = text.taken(first)
    if label + text.width(first, after) <= text.limit:
        return after, 0.0
    best = (after, float("inf"))
    if label and text.width(first, after) <= text.limit:
        best = (first, _LONELY_LABEL)
    for middle in range(after - 1, first, -1):
        top, bottom = label + text.width(first, middle), text.width(middle, after)
        if bottom > text.limit:
            break
        if top <= text.limit:
            cost = _row_cost(text, top, bottom) + text.pieces[middle - 1].penalty
            cost += _orphan_cost(text, first, middle) + _orphan_cost(text, middle, after)
            best = min(best, (middle, cost), key=lambda wrap: wrap[1])
    return best


def _row_cost(text: Breakable, top: float, bottom: float) -> float:
    heavy = _TOP_HEAVY * max(0.0, top - bottom) / text.limit
    return ((top - bottom) / text.limit) ** 2 + heavy


def _orphan_cost(text: Breakable, first: int, after: int) -> float:
    is_orphan = text.width(first, after) < _ORPHAN_WIDTH * text.limit
    return _ORPHAN if is_orphan else 0.0


def _fill_row(text: Breakable, first: int, taken: float = 0.0) -> int:
    """Return the piece after the longest row that begins with a piece, beside what is taken."""
    after = first
    while after < len(text.pieces) and taken + text.width(first, after + 1) <= text.limit:
        after += 1
    return after
