"""Join lines of one speaker whose captions would flash by or race. Pure.

A line of a page may be one word that takes a third of a second. As a caption it shares a cue with
the line beside it, where the same person says that one without a long pause between the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from outputs.captions.cue_limits import CueOptions, reading_time, width_of
from outputs.record.record_types import EpisodeRecord, RecordedLine
from podcast.language import SOURCE
from podcast.timeline import Span

_ROWS = 2


@dataclass(frozen=True, slots=True)
class JoinedLines:
    """Lines that are cut into cues as one.

    Attributes:
        lines: At least one, all of one speaker, in time order.
        is_change: Somebody else, or nobody, spoke before.
        is_overlapped: Somebody else speaks meanwhile.
    """

    lines: tuple[RecordedLine, ...]
    is_change: bool
    is_overlapped: bool


def join_lines(record: EpisodeRecord, options: CueOptions) -> tuple[JoinedLines, ...]:
    """Join the lines of an episode, in the order of their starts, as far as captions need it."""
    groups: list[_Group] = []
    singles = _singles(record, options)
    for group, rival in zip(singles, [*singles[1:], None], strict=False):
        if groups and _is_better_joined(groups[-1], group, rival, options):
            groups[-1] = groups[-1].joined(group)
        else:
            groups.append(group)
    return tuple(_in_context(groups))


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines as one: `after` is when the next one starts, in seconds."""

    lines: tuple[RecordedLine, ...]
    after: float

    def joined(self, other: "_Group") -> "_Group":
        return _Group((*self.lines, *other.lines), other.after)

    @property
    def span(self) -> Span:
        return Span(self.lines[0].start, self.lines[-1].end)

    @property
    def speaker(self) -> str:
        return self.lines[0].speaker

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    def shown_for(self, options: CueOptions) -> float:
        """Return the seconds for which a cue of it can be seen."""
        spoken, need = self.span.end - self.span.start, reading_time([self.text], SOURCE)
        wanted = max(spoken, options.min_duration, min(need, spoken + options.linger))
        return min(wanted, self.after - options.gap - self.span.start)

    def flashes(self, options: CueOptions) -> bool:
        return self.shown_for(options) < options.min_duration

    def races(self, options: CueOptions) -> bool:
        return self.shown_for(options) < reading_time([self.text], SOURCE)


def _singles(record: EpisodeRecord, options: CueOptions) -> list[_Group]:
    ordered = sorted(record.lines, key=lambda line: line.start)
    over = max([record.recording.duration, *(line.end for line in ordered)]) + options.gap
    following = [*(line.start for line in ordered[1:]), over][: len(ordered)]
    return [_Group((line,), after) for line, after in zip(ordered, following, strict=True)]


def _is_better_joined(
    before: _Group, group: _Group, rival: _Group | None, options: CueOptions
) -> bool:
    """Tell whether two groups help each other, and the second has no nearer help after it."""
    if not _helps(before, group, options):
        return False
    is_helped = before.flashes(options) or before.races(options)
    if is_helped or rival is None or not _helps(group, rival, options):
        return True
    return _pause(before, group) <= _pause(group, rival)


def _helps(before: _Group, after: _Group, options: CueOptions) -> bool:
    """Tell whether two groups are better seen or read as one, or are the same words again."""
    if before.speaker != after.speaker or not 0 <= _pause(before, after) <= options.max_pause:
        return False
    if before.flashes(options) or after.flashes(options):
        is_one_line = len(before.lines) == 1
        return is_one_line or before.span.end - before.span.start <= options.max_duration
    joined = before.joined(after)
    if not _fits(joined, options):
        return False
    races = before.races(options) or after.races(options)
    return _is_repeated(before.lines[-1], after.lines[0], options) or (
        races and not joined.races(options)
    )


def _is_repeated(before: RecordedLine, after: RecordedLine, options: CueOptions) -> bool:
    """Tell whether somebody says the same short thing again."""
    is_short = max(before.end - before.start, after.end - after.start) < options.min_duration
    return is_short and before.text == after.text


def _fits(group: _Group, options: CueOptions) -> bool:
    """Tell whether one cue has room for a group."""
    is_short = group.span.end - group.span.start <= options.max_duration
    return is_short and width_of(group.text, SOURCE) <= _ROWS * options.widths[SOURCE]


def _pause(before: _Group, after: _Group) -> float:
    return after.span.start - before.span.end


def _in_context(groups: Sequence[_Group]) -> list[JoinedLines]:
    speakers = ["", *(group.speaker for group in groups)]
    overlapped = _overlapped(groups)
    return [
        JoinedLines(group.lines, speaker != group.speaker, n in overlapped)
        for n, (group, speaker) in enumerate(zip(groups, speakers, strict=False))
    ]


def _overlapped(groups: Sequence[_Group]) -> set[int]:
    """Return which groups begin while another one lasts, and which that one is."""
    found, longest = set(), 0
    for n in range(1, len(groups)):
        if groups[n].span.start < groups[longest].span.end:
            found |= {longest, n}
        if groups[n].span.end > groups[longest].span.end:
            longest = n
    return found
