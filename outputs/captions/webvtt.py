"""Write captions as WebVTT in one language or in two, with the speaker's name on every cue."""

from collections import Counter
from collections.abc import Iterable, Iterator

from outputs.captions.cues import cues_in, pair_cues_in
from outputs.captions.line_cues import Cue, PairCue
from outputs.linepairs import timestamp
from outputs.markup.pair_order import PairOrder, in_order, span_of
from outputs.record.record_types import EpisodeRecord
from podcast.language import Language

_MS = 1000

# "-->" may stand neither in a cue nor in a name, so ">" is written as a reference as well.
_REFERENCES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def render_webvtt(record: EpisodeRecord, language: Language) -> str:
    """Write the cues of an episode in one language.

    Raises:
        BadInputError: The record does not hold that language.
    """
    return webvtt_of(cues_in(record, language), language)


def webvtt_of(cues: Iterable[Cue], language: Language) -> str:
    """Write cues, which are in time order, as WebVTT.

    The language stands in a note, for the header has no place for it.
    """
    head = f"WEBVTT\n\nNOTE Language: {language.tag}\n"
    return head + "".join(_blocks((cue, _rows(cue.rows)) for cue in cues))


def render_pair_webvtt(
    record: EpisodeRecord, target: Language, order: PairOrder = PairOrder.SOURCE_FIRST
) -> str:
    """Write the cards of an episode in English and one other language.

    The translation is always the one inside a language span, whatever the order: it is by that
    span that a player finds the right shapes for Chinese characters.

    Raises:
        BadInputError: The record does not hold that language.
    """
    cards = ((cue, _both(cue, target, order)) for cue in pair_cues_in(record, target))
    return "WEBVTT\n" + "".join(_blocks(cards))


def _blocks(shown: Iterable[tuple[Cue | PairCue, str]]) -> Iterator[str]:
    """Write cues and their texts.

    A cue is called after its line, "000702" for the second cue of line 0007: programs that know
    SubRip only expect a number.
    """
    count: Counter[str] = Counter()
    for cue, text in shown:
        count[cue.line] += 1
        start, end = (timestamp(at / _MS) for at in span_of(cue, _MS))
        name = f"{cue.line}{count[cue.line]:02d}"
        yield f"\n{name}\n{start} --> {end}\n{_spoken(cue.speaker, text)}\n"


def _both(cue: PairCue, target: Language, order: PairOrder) -> str:
    translation = f"<lang {target.tag}>{_rows(cue.target)}</lang>"
    return "\n".join(in_order(_rows(cue.source), translation, order))


def _spoken(speaker: str, text: str) -> str:
    """Say who speaks on every cue: a voice span ends with its cue."""
    name = _escape(speaker)
    if name.endswith("--"):  # with the end of the tag, this would be an arrow
        name = f"{name[:-1]}&#45;"
    return f"<v {name}>{text}</v>" if name else text


def _rows(rows: Iterable[str]) -> str:
    return "\n".join(map(_escape, rows))


def _escape(text: str) -> str:
    return " ".join(text.split()).translate(_REFERENCES)
