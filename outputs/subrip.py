"""Write captions in one language as SubRip for podcast apps: short rows, a name on each change."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from outputs.cue_limits import WIDTHS, CueOptions
from outputs.cues import cues_in
from outputs.line_cues import Cue
from outputs.linepairs import timestamp
from outputs.recorded import EpisodeRecord
from outputs.timeline_layout import shorten
from podcast.language import SOURCE, Language

WIDTH = 32
"""Characters in a row that podcast apps allow; video players allow more."""

ROWS = 2
"""Rows on a card."""

SUBRIP_CUES = CueOptions(widths=WIDTHS | {Language.EN: float(WIDTH)})
_MS = 1000
_TIED = "\N{NO-BREAK SPACE}"
_JOINER = "\N{WORD JOINER}"  # takes no room, allows no line break, and is no part of any markup
_MARKUP = re.compile(r"(?<=<)(?=\s*[/A-Za-z])|(?<=\\)(?=[Nnh])|(?<=--)(?=>)")
_BRACES = str.maketrans("{}", "｛｝")  # some players hide all that stands in braces


@dataclass(frozen=True, slots=True)
class _Card:
    start: float
    end: float
    rows: tuple[str, ...]


def render_subrip(record: EpisodeRecord, language: Language) -> str:
    r"""Write the cues of an episode in one language.

    A cue that is too wide for podcast apps becomes two cards or more. SubRip has no escapes, while
    players read HTML tags, ``{\an8}`` and ``\N`` in it: an invisible joiner inside such a piece
    of text, and full-width braces, make it be shown.

    Raises:
        BadInputError: The record does not hold that language.
    """
    return subrip_of(cues_in(record, language, SUBRIP_CUES), language)


def subrip_of(cues: Iterable[Cue], language: Language) -> str:
    """Write cues, which are in time order, as SubRip."""
    cards = _cards(cues, language)
    return "\n".join(_render(number, card) for number, card in enumerate(cards, start=1))


def _cards(cues: Iterable[Cue], language: Language) -> Iterator[_Card]:
    speaker = ""
    for cue in cues:
        name = "" if cue.speaker == speaker else shorten(_one_line(cue.speaker), WIDTH - 1)
        rows = _rows(cue, name, language)
        yield from _timed(cue, [rows[first : first + ROWS] for first in range(0, len(rows), ROWS)])
        speaker = cue.speaker


def _rows(cue: Cue, name: str, language: Language) -> tuple[str, ...]:
    """Put the name before the text, where it fits, and cut the text anew where it is too wide."""
    texts = tuple(_one_line(row) for row in cue.rows)
    rows = (f"{name}: {texts[0]}", *texts[1:]) if name else texts
    if all(len(row) <= WIDTH for row in rows):
        return rows
    if language is SOURCE:
        tied = f"{name}: ".replace(" ", _TIED, name.count(" ")) if name else ""
        return _wrap(tied + " ".join(texts))
    # Where there are few spaces to cut at, the rows stay as they are.
    return (f"{name}:", *texts) if name else texts


def _wrap(text: str) -> tuple[str, ...]:
    """Cut a text into as few cards as it needs, with rows that are about equally long."""
    narrowest = min(WIDTH, max(map(len, text.split(" "))))
    enough = -(-len(_wrapped(text, WIDTH)) // ROWS) * ROWS
    tries = (_wrapped(text, width) for width in range(narrowest, WIDTH + 1))
    rows = next(rows for rows in tries if len(rows) <= enough)
    return tuple(row.replace(_TIED, " ") for row in rows)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)


def _timed(cue: Cue, cards: Sequence[tuple[str, ...]]) -> Iterator[_Card]:
    """Share the time of a cue out among its cards."""
    starts = [cue.start, *_later_starts(cue, cards), cue.end]
    for rows, (start, end) in zip(cards, pairwise(starts), strict=True):
        yield _Card(start, end, rows)


def _later_starts(cue: Cue, cards: Sequence[tuple[str, ...]]) -> Iterator[float]:
    """Find out when the second card and the others begin: with their first words, if known."""
    text = _text(cards)
    heard = [word.text for word in cue.words]
    is_as_heard = bool(heard) and text.split()[-len(heard) :] == heard
    for number in range(1, len(cards)):
        rest = _text(cards[number:])
        if is_as_heard:
            yield cue.words[-len(rest.split())].start
        else:
            yield cue.end - len(rest) / len(text) * (cue.end - cue.start)


def _text(cards: Iterable[Iterable[str]]) -> str:
    return " ".join(row for rows in cards for row in rows)


def _render(number: int, card: _Card) -> str:
    """Write a card, which must keep a length when its times are rounded."""
    start = round(card.start * _MS)
    end = max(start + 1, round(card.end * _MS))
    times = f"{timestamp(start / _MS)} --> {timestamp(end / _MS)}".replace(".", ",")
    rows = "\n".join(_MARKUP.sub(_JOINER, row.translate(_BRACES)) for row in card.rows)
    return f"{number}\n{times}\n{rows}\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())
