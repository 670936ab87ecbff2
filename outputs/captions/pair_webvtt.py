"""Write WebVTT with both languages on every card, for players on the web."""

import re
from collections import Counter
from collections.abc import Iterator

from outputs.captions.cues import pair_cues_in
from outputs.captions.line_cues import PairCue
from outputs.linepairs import timestamp
from outputs.markup.pair_order import PairOrder, in_order, span_of
from outputs.record.record_types import EpisodeRecord
from podcast.language import Language

_MS = 1000

# "-->" may not stand in a card, so ">" is written as a reference as well.
_REFERENCES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def render_pair_webvtt(
    record: EpisodeRecord, target: Language, order: PairOrder = PairOrder.SOURCE_FIRST
) -> str:
    """Write the cards of an episode in English and one other language.

    The translation is always the one inside a language span, whatever the order: it is by that
    span that a player finds the right shapes for Chinese characters. A card is called after its
    line, "000702" for the second card of line 0007.

    Raises:
        BadInputError: The record does not hold that language.
    """
    cards: Counter[str] = Counter()
    return "WEBVTT\n" + "".join(_cards(pair_cues_in(record, target), target, order, cards))


def _cards(
    cues: tuple[PairCue, ...], target: Language, order: PairOrder, cards: Counter[str]
) -> Iterator[str]:
    for cue in cues:
        cards[cue.line] += 1
        start, end = span_of(cue, _MS)
        times = f"{timestamp(start / _MS)} --> {timestamp(end / _MS)}"
        yield f"\n{cue.line}{cards[cue.line]:02d}\n{times}\n{_payload(cue, target, order)}\n"


def _payload(cue: PairCue, target: Language, order: PairOrder) -> str:
    """Say who speaks on every card: a voice span ends with its card."""
    target_rows = f"<lang {target.tag}>{_rows(cue.target)}</lang>"
    text = "\n".join(in_order(_rows(cue.source), target_rows, order))
    name = re.sub("-$", "&#45;", _escape(cue.speaker))  # ">" follows, and "-->" may not stand
    return f"<v {name}>{text}</v>" if name else text


def _rows(rows: tuple[str, ...]) -> str:
    return "\n".join(_escape(row) for row in rows)


def _escape(text: str) -> str:
    return " ".join(text.split()).translate(_REFERENCES)
