"""Find the names that stand alone on a line of a transcript, above what somebody says."""

import re
from collections import Counter
from collections.abc import Sequence

from audio.transcripts.speaker_names import is_name, may_be_name
from audio.transcripts.transcript_rows import Head, TranscriptRow

_NUMBERED = re.compile(r"(?:speaker|spk|host|guest|voice|person)[ _#-]{0,2}\w{1,3}", re.IGNORECASE)
_FIRST_ROWS = 3
"""A transcript with names on lines of their own has one among so many."""


def names_beside_times(rows: Sequence[TranscriptRow]) -> dict[int, str]:
    """Return the rows that are a name: behind a time, under one, or above one, always the same."""
    times = [n for n in range(len(rows)) if rows[n].is_time]
    led = [n for n, r in enumerate(rows) if r.is_stamped and r.line and r.head is Head.NOTHING]
    under = [n + 1 for n in times if _are_text(rows, n + 1, n + 2)]
    above = [
        n - 1
        for n in times
        if _are_text(rows, n - 1, n + 1) and not (n > 1 and rows[n - 2].is_time)
    ]
    behind = [n for n in led if _are_text(rows, n + 1)]
    return (
        _believed(rows, behind, len(led))
        or _believed(rows, under, max(2, len(times)))
        or _believed(rows, above, max(2, len(times)))
    )


def names_apart(rows: Sequence[TranscriptRow]) -> dict[int, str]:
    """Return the rows that are a name, in a transcript without times, if the names come again."""
    places = [n for n, row in enumerate(rows) if _are_text(rows, n, n + 1) and _is_apart(rows, n)]
    names = {n: rows[n].line for n in places if may_be_name(rows[n].line)}
    counts = Counter(names.values())
    if min(names, default=_FIRST_ROWS) >= _FIRST_ROWS or max(counts.values()) == 1:
        return {}
    return {n: name for n, name in names.items() if counts[name] > 1 or rows[n].is_marked}


def _are_text(rows: Sequence[TranscriptRow], *places: int) -> bool:
    return all(0 <= n < len(rows) and rows[n].is_text for n in places)


def _is_apart(rows: Sequence[TranscriptRow], n: int) -> bool:
    """Whether a line stands out: by its markup, its letters, or an empty line before it alone."""
    row, after = rows[n], rows[n + 1]
    is_shown = row.is_marked or row.line.isupper() or _NUMBERED.fullmatch(row.line) is not None
    return is_shown or (row.is_apart and not after.is_apart)


def _believed(rows: Sequence[TranscriptRow], places: Sequence[int], usual: int) -> dict[int, str]:
    """Take the rows at these places for names, if that is so for half of the usual number."""
    names = {n: rows[n].line.strip(" ,:") for n in places if may_be_name(rows[n].line.strip(" ,:"))}
    counts = Counter(names.values())
    if 2 * len(names) < usual:
        return {}
    return {n: name for n, name in names.items() if counts[name] > 1 or _is_above(rows, n)}


def _is_above(rows: Sequence[TranscriptRow], n: int) -> bool:
    """Whether a name is not just the beginning of a sentence that goes on in the next line."""
    said = next((rows[m].line for m in range(n + 1, len(rows)) if rows[m].line), "")
    return is_name(rows[n].line) and not said[:1].islower()
