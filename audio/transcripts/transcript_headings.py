"""Take the headings out of a transcript: names and times, in whatever order they stand.

Tools write them in many forms. What all have in common is that they come again: so all lines are
looked at first, and a heading is believed when others are like it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from audio.transcripts.clock_times import without_stamps
from audio.transcripts.lone_names import names_apart, names_beside_times
from audio.transcripts.speaker_names import is_handle, is_name
from audio.transcripts.transcript_rows import Head, TranscriptRow, read_rows
from podcast.names import name_key
from podcast.publisher_transcript import Passage

_IN_TURN = {"question", "answer"}
"""Somebody who reads out questions says one of these words, and nobody says both in turn."""


def without_headings(lines: Sequence[Passage]) -> Iterator[Passage]:
    """Yield what is said and by whom.

    Args:
        lines: Line by line, empty ones as well; with a speaker where that is known.
    """
    rows = read_rows(lines)
    by_time = _known_by_time(rows)
    known = by_time | _known_by_colon(rows)
    beside = names_beside_times(rows)
    alone = beside if beside or known else names_apart(rows)
    timed = (n for n, r in enumerate(rows) if n in beside or _is_headed(r, Head.TIMED, by_time))
    first = _end_of_title(rows, next(timed, 0))
    spellings = {row.key: row.name for row in reversed(rows)}
    speaker = ""
    for n, row in enumerate(rows[first:], first):
        if row.speaker:
            said = row.said if row.key == name_key(row.speaker) else row.line
            yield Passage(without_stamps(said), row.speaker, row.source.span)
        elif n in alone:
            speaker = alone[n]
        elif row.head is not Head.NOTHING and row.key in known:
            speaker = spellings[row.key]
            yield Passage(without_stamps(row.said), speaker, row.source.span)
        else:
            yield Passage(without_stamps(row.line), speaker, row.source.span)


def _known_by_time(rows: Iterable[TranscriptRow]) -> set[str]:
    """Return who stands before a time, surely or more than once."""
    said = [row for row in rows if row.line]
    timed = [row for row in said if row.head is Head.TIMED]
    is_usual = len(timed) > 1 and 2 * len(timed) >= len(said)
    timed = [row for row in timed if is_usual or row.is_sure or not row.said]
    counts = Counter(row.key for row in timed)
    return {
        row.key
        for row in timed
        if counts[row.key] > 1 or (is_name(row.name) and (row.is_sure or len(timed) > 1))
    }


def _known_by_colon(rows: Iterable[TranscriptRow]) -> set[str]:
    """Return who stands before a colon more than once, or where most lines begin with a name."""
    said = [row for row in rows if row.line]
    named = [r for r in said if r.head is Head.NAMED and (is_name(r.name) or is_handle(r.name))]
    counts = Counter(row.key for row in named)
    is_usual = len(counts) > 1 and 2 * len(named) >= len(said)
    known = {row.key for row in named if counts[row.key] > 1 or (is_usual and is_name(row.name))}
    return known if known >= _IN_TURN else known - _IN_TURN


def _is_headed(row: TranscriptRow, head: Head, known: set[str]) -> bool:
    return row.head is head and row.key in known


def _end_of_title(rows: Sequence[TranscriptRow], first_heading: int) -> int:
    """Return where the talk begins: what stands before the first of headings with times is none."""
    before = rows[:first_heading]
    return 0 if any(row.is_stamped or row.speaker for row in before) else first_heading
