"""Write Advanced SubStation Alpha with both languages on every card, for video tools."""

import re
from typing import TYPE_CHECKING

from outputs.captions.cues import pair_cues_in
from outputs.captions.line_cues import PairCue
from outputs.markup.pair_order import PairOrder, in_order, span_of
from outputs.record.episode_record import transcript_in
from outputs.record.record_types import EpisodeRecord
from podcast.language import SOURCE, Language

if TYPE_CHECKING:
    from pysubs2 import SSAStyle

_MS = 1000

# The format has no escape that every player knows. An invisible joiner within a piece of
# markup makes it stand as text. It is of no use after "{", since players leave out whatever
# braces hold: those are written as full-width ones.
_JOINER = "\u2060"
_BRACES = str.maketrans({"{": "｛", "}": "｝"})
_MARKUP = re.compile(r"(?<=\\)(?=[Nnh])")

_LIMIT_MS = 35_999_990  # one digit for the hours: 9:59:59.99
_CS_MS = 10
_PLAY_WIDTH, _PLAY_HEIGHT = 1920, 1080


def render_pair_ass(
    record: EpisodeRecord, target: Language, order: PairOrder = PairOrder.SOURCE_FIRST
) -> str:
    """Write the cards of an episode as Advanced SubStation Alpha with a style for each language.

    Both languages stand in one event, since players are free to stack two events in any order.
    The speaker is in the field for it. Cards past 9:59:59 are left out: the format cannot say
    when they are.

    Raises:
        BadInputError: The record does not hold that language.
    """
    from pysubs2 import SSAEvent, SSAFile

    subtitles = SSAFile()
    subtitles.info = _script_info(transcript_in(record, target).title.text)
    subtitles.styles = {"Source": _style(SOURCE), "Target": _style(target)}
    style, _ = in_order("Source", "Target", order)
    subtitles.events = [
        SSAEvent(start, end, _text(cue, order), style=style, name=_name(cue.speaker))
        for cue in pair_cues_in(record, target)
        for start, end in [_span(cue)]
        if end <= _LIMIT_MS
    ]
    return subtitles.to_string("ass", header_notice="")


def _span(cue: PairCue) -> tuple[int, int]:
    """Round to the hundredths that the format has, in milliseconds."""
    start, end = span_of(cue, _MS // _CS_MS)
    return start * _CS_MS, end * _CS_MS


def _text(cue: PairCue, order: PairOrder) -> str:
    """Begin with the rows in the style of the event, then reset to the other style."""
    rows = in_order(_rows(cue.source), _rows(cue.target), order)
    _, style = in_order("Source", "Target", order)
    return f"\\N{{\\r{style}}}".join(rows)


def _rows(rows: tuple[str, ...]) -> str:
    return r"\N".join(map(_plain, rows))


def _plain(row: str) -> str:
    return _MARKUP.sub(_JOINER, " ".join(row.split()).translate(_BRACES))


def _name(name: str) -> str:
    """Keep a name within its field, which a comma ends."""
    return " ".join(name.split()).replace(",", ";")


def _script_info(title: str) -> dict[str, str]:
    return {
        "ScriptType": "v4.00+",
        "Title": " ".join(title.split()),
        "PlayResX": str(_PLAY_WIDTH),
        "PlayResY": str(_PLAY_HEIGHT),
        "WrapStyle": "0",
        "ScaledBorderAndShadow": "yes",
        "YCbCr Matrix": "None",
    }


def _style(language: Language) -> "SSAStyle":
    from pysubs2 import SSAStyle

    return SSAStyle(
        fontname=language.profile.fonts.video,
        fontsize=language.profile.fonts.video_size,
        outline=3.0,
        shadow=1.0,
        marginl=96,
        marginr=96,
        marginv=54,
    )
