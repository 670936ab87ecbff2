"""Draw who speaks when: a self-contained SVG picture with one lane for each speaker.

A lane shows the turns that the diarizer found as a pale band and the lines of the page as bars in
it, so that a turn without a line, or a line without a turn, can be seen. Neighbouring spans that
no screen can tell apart are drawn as one, so that the picture stays small however long the
episode is. The same record gives the same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from outputs.markup.escaping import shorten
from outputs.markup.timestamps import clock
from outputs.quality.measures import quality_of
from outputs.quality.timeline_layout import Axis
from outputs.record.quality_types import Quality, SpeakerShare
from outputs.record.record_types import EpisodeRecord
from podcast.intervals import merge_spans
from podcast.timeline import Interval

# All sizes are in the units of the picture, which are pixels where it is shown at full size.
WIDTH, MARGIN = 1200, 24
NAME_WIDTH, SHARE_WIDTH = 150, 56
LEFT = MARGIN + NAME_WIDTH
PLOT = WIDTH - LEFT - SHARE_WIDTH - MARGIN
TOP, LANE, LANE_GAP, TURN, LINE = 76, 34, 6, 22, 12
MARK = 5
"""Half the width of the mark of a line to look at or a dropped word."""
NUMBER_GAP = 40.0
"""Marks with a number that are nearer than this are one mark, such as "0021+3"."""
NARROWEST = 1.0
LONGEST_NAME, LONGEST_TITLE, LONGEST_SHOW = 19, 110, 150

LANE_COLOURS = (
    ("#0072B2", "#004E7A"),  # blue
    ("#E69F00", "#8F6300"),  # orange
    ("#009E73", "#00694C"),  # bluish green
    ("#CC79A7", "#94406E"),  # reddish purple
    ("#56B4E9", "#1F6F9F"),  # sky blue
)
"""Fill and edge of the bars, by Okabe and Ito, which colour-blind people can tell apart.

The edges are darker shades with a contrast of at least 4.5 to the white ground."""
FLAG, INK, FAINT, GRID, SHADE = "#D55E00", "#1A1A1A", "#595959", "#DDDDDD", "#8C8C8C"

FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', sans-serif"


def render_timeline(record: EpisodeRecord) -> str:
    """Draw the timeline of an episode as SVG."""
    quality = quality_of(record)
    axis = Axis(max(record.recording.duration, 1.0), LEFT, PLOT)
    bottom = TOP + len(record.speakers) * (LANE + LANE_GAP)
    has_dropped = bool(record.dropped)
    floor = bottom + (LANE - 6 if has_dropped else 0)
    height = floor + 92
    parts = [
        _opening(height, record, quality),
        _heading(record),
        *_ticks(axis, floor),
        *_lanes(record, quality, axis),
        *_overlaps(record.overlaps, axis, bottom),
        *_to_check(record, quality, axis),
        *(_dropped(record, axis, bottom) if has_dropped else ()),
        *_legend(floor + 58, has_dropped=has_dropped),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _opening(height: float, record: EpisodeRecord, quality: Quality) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{_n(height)}"'
        f' viewBox="0 0 {WIDTH} {_n(height)}" role="img" font-family="{escape(FONT)}"'
        ' aria-labelledby="timeline-title timeline-desc">\n'
        f'<title id="timeline-title">Who speaks when in {_text(record.title)}</title>\n'
        f'<desc id="timeline-desc">{_text(_description(record, quality))}</desc>\n'
        '<defs><pattern id="timeline-overlap" width="6" height="6" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="6" height="6" fill="{SHADE}" fill-opacity="0.18"/>'
        f'<rect width="1.5" height="6" fill="{FAINT}" fill-opacity="0.6"/></pattern></defs>\n'
        f'<rect width="{WIDTH}" height="{_n(height)}" fill="#FFFFFF"/>'
    )


def _description(record: EpisodeRecord, quality: Quality) -> str:
    speakers = "; ".join(f"{one.name} {one.share:.0%}" for one in quality.speakers)
    return (
        f"Timeline of {clock(record.recording.duration)} with {len(record.speakers)} speakers "
        f"and their share of the speaking time: {speakers}. "
        f"Stretches in which several people speak at once: {len(record.overlaps)}. "
        f"Lines to look at: {quality.n_to_check}. Words that are in no line: {len(record.dropped)}."
    )


def _heading(record: EpisodeRecord) -> str:
    under = f"{record.show} · {clock(record.recording.duration)}"
    return (
        f'<text x="{MARGIN}" y="34" font-size="18" font-weight="600" fill="{INK}">'
        f"{_text(shorten(record.title, LONGEST_TITLE))}</text>\n"
        f'<text x="{MARGIN}" y="54" font-size="13" fill="{FAINT}">'
        f"{_text(shorten(under, LONGEST_SHOW))}</text>"
    )


def _ticks(axis: Axis, floor: float) -> Iterator[str]:
    """Draw the time axis: a line and a label for every step."""
    ticks = axis.ticks()
    path = "".join(f"M{_n(axis.x(time))} {TOP - 4}V{_n(floor + 4)}" for time in ticks)
    yield f'<path d="{path}" stroke="{GRID}" fill="none"/>'
    for time in ticks:
        yield (
            f'<text x="{_n(axis.x(time))}" y="{_n(floor + 20)}" font-size="12" fill="{FAINT}"'
            f' text-anchor="middle">{clock(time)}</text>'
        )


def _lanes(record: EpisodeRecord, quality: Quality, axis: Axis) -> Iterator[str]:
    for number, share in enumerate(quality.speakers):
        turns = [turn for turn in record.turns if turn.speaker == share.id]
        lines = [line for line in record.lines if line.speaker == share.id]
        yield from _lane(number, share, turns, lines, axis)


def _lane(
    number: int,
    share: SpeakerShare,
    turns: Sequence[Interval],
    lines: Sequence[Interval],
    axis: Axis,
) -> Iterator[str]:
    """Draw one speaker: the name, the turns as a pale band, the lines as bars, the share."""
    fill, edge = LANE_COLOURS[number % len(LANE_COLOURS)]
    middle = _middle(number)
    yield f"<g><title>{_text(share.name)}: {_n_lines(share.lines)}, {clock(share.seconds)}</title>"
    yield (
        f'<text x="{LEFT - 12}" y="{_n(middle + 4.5)}" font-size="13" fill="{INK}"'
        f' text-anchor="end">{_text(shorten(share.name, LONGEST_NAME))}</text>'
    )
    if turns:
        yield f'<path d="{_bars(turns, axis, middle, TURN)}" fill="{fill}" fill-opacity="0.28"/>'
    if lines:
        bars = _bars(lines, axis, middle, LINE)
        yield f'<path d="{bars}" fill="{fill}" stroke="{edge}" stroke-width="0.6"/>'
    yield (
        f'<text x="{WIDTH - MARGIN}" y="{_n(middle + 4.5)}" font-size="13" fill="{FAINT}"'
        f' text-anchor="end">{share.share:.0%}</text></g>'
    )


def _overlaps(overlaps: Iterable[Interval], axis: Axis, bottom: float) -> Iterator[str]:
    """Shade where several people speak at once, over all lanes."""
    spans = merge_spans(overlaps, NARROWEST * axis.unit)
    if spans:
        height = bottom - LANE_GAP - TOP
        path = _bars(spans, axis, TOP + height / 2, height)
        yield f'<path d="{path}" fill="url(#timeline-overlap)"/>'


def _to_check(record: EpisodeRecord, quality: Quality, axis: Axis) -> Iterator[str]:
    """Put a diamond and a number over the bars of lines to look at."""
    doubtful = {found.line for found in quality.to_check}
    lines = [line for line in record.lines if line.id in doubtful]
    for number, speaker in enumerate(record.speakers):
        y = _middle(number) - TURN / 2
        of_speaker = (line for line in lines if line.speaker == speaker.id)
        for x, near in axis.marks(of_speaker, NUMBER_GAP):
            ids = [_text(line.id) for line in near]
            more = f"+{len(ids) - 1}" if len(ids) > 1 else ""
            yield (
                f"<g><title>{', '.join(ids)}</title>"
                f'<path d="{_diamond(x, y)}" fill="{FLAG}" stroke="#FFFFFF"/>'
                f'<text x="{_n(x)}" y="{_n(y - MARK - 2)}" font-size="9" fill="{INK}"'
                f' text-anchor="middle">{ids[0]}{more}</text></g>'
            )


def _dropped(record: EpisodeRecord, axis: Axis, bottom: float) -> Iterator[str]:
    """Mark words that are in no line with crosses, on a lane of their own."""
    y = bottom + 10
    yield (
        f'<text x="{LEFT - 12}" y="{_n(y + 4.5)}" font-size="13" fill="{FAINT}"'
        ' text-anchor="end">not on the page</text>'
    )
    marks = axis.marks(dropped.word for dropped in record.dropped)
    yield f'<path d="{"".join(_cross(x, y) for x, _ in marks)}" stroke="{INK}" stroke-width="1.6"/>'


def _legend(y: float, *, has_dropped: bool) -> Iterator[str]:
    fill, edge = LANE_COLOURS[0]
    keys = [
        (f'<path d="M0 -6h18v12h-18z" fill="{fill}" stroke="{edge}"/>', "line on the page"),
        (f'<path d="M0 -10h18v20h-18z" fill="{fill}" fill-opacity="0.28"/>', "speaker turn"),
        ('<path d="M0 -10h18v20h-18z" fill="url(#timeline-overlap)"/>', "several at once"),
        (f'<path d="{_diamond(9, 0)}" fill="{FLAG}"/>', "line to look at"),
    ]
    if has_dropped:
        cross = f'<path d="{_cross(9, 0)}" stroke="{INK}" stroke-width="1.6"/>'
        keys.append((cross, "words not on the page"))
    for number, (key, text) in enumerate(keys):
        yield (
            f'<g transform="translate({LEFT + 170 * number} {_n(y)})">{key}'
            f'<text x="26" y="4.5" font-size="12" fill="{INK}">{text}</text></g>'
        )


def _bars(spans: Iterable[Interval], axis: Axis, middle: float, height: float) -> str:
    """Return the path of bars of a height, none narrower than can be seen."""
    return "".join(
        f"M{_n(axis.x(span.start))} {_n(middle - height / 2)}"
        f"h{_n(max(axis.x(span.end) - axis.x(span.start), NARROWEST))}"
        f"v{_n(height)}H{_n(axis.x(span.start))}z"
        for span in merge_spans(spans, NARROWEST * axis.unit)
    )


def _middle(lane: int) -> float:
    return TOP + lane * (LANE + LANE_GAP) + LANE / 2


def _diamond(x: float, y: float) -> str:
    return f"M{_n(x)} {_n(y - MARK)}l{MARK} {MARK}l-{MARK} {MARK}l-{MARK} -{MARK}z"


def _cross(x: float, y: float) -> str:
    size = MARK - 1
    return (
        f"M{_n(x - size)} {_n(y - size)}l{_n(2 * size)} {_n(2 * size)}"
        f"m0 -{_n(2 * size)}l-{_n(2 * size)} {_n(2 * size)}"
    )


def _n_lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"


def _text(text: str) -> str:
    """Escape a text for XML, without the control characters that XML cannot hold."""
    return escape("".join(letter for letter in " ".join(text.split()) if letter.isprintable()))


def _n(number: float) -> str:
    """Write a number as short as a picture needs it."""
    return f"{number:.1f}".removesuffix(".0")
