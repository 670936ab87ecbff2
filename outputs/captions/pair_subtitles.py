"""Write subtitles with both languages on every card: SRT for any player, ASS for video tools."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from outputs.captions.cue_limits import CueOptions
from outputs.captions.cues import pair_cues_in
from outputs.captions.line_cues import PairCue
from outputs.linepairs import timestamp
from outputs.markup.pair_order import PairOrder, in_order, span_of
from outputs.record.episode_record import transcript_in
from outputs.record.record_types import EpisodeRecord
from podcast.language import SOURCE, Language

if TYPE_CHECKING:
    from pysubs2 import SSAStyle

_MS = 1000

# Neither format has an escape that every player knows. An invisible joiner within a piece of
# markup makes it stand as text. It is of no use after "{", since players leave out whatever
# braces hold: those are written as full-width ones.
_JOINER = "\u2060"
_BRACES = str.maketrans({"{": "｛", "}": "｝"})
_ASS_MARKUP = re.compile(r"(?<=\\)(?=[Nnh])")
_SRT_MARKUP = re.compile(r"(?<=<)(?=\s*[/A-Za-z])|(?<=\\)(?=[Nnh])|(?<=--)(?=>)")

_ASS_LIMIT_MS = 35_999_990  # one digit for the hours: 9:59:59.99
_CS_MS = 10
_PLAY_WIDTH, _PLAY_HEIGHT = 1920, 1080


def render_pair_srt(
    record: EpisodeRecord, target: Language, order: PairOrder = PairOrder.SOURCE_FIRST
) -> str:
    r"""Write the cards of an episode as SubRip; a new speaker's name begins the upper text.

    Players read HTML tags, ``{\an8}`` and ``\N`` in SubRip, so that text of that kind is taken
    apart by an invisible joiner, and braces are written as full-width ones.

    Raises:
        BadInputError: The record does not hold that language.
    """
    upper, _ = in_order(SOURCE, target, order)
    cues = pair_cues_in(record, target, CueOptions(labelled=frozenset({Language(upper)})))
    return "\n".join(_srt_cards(cues, order))


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
        SSAEvent(start, end, _ass_text(cue, order), style=style, name=_ass_name(cue.speaker))
        for cue in pair_cues_in(record, target)
        for start, end in [_ass_span(cue)]
        if end <= _ASS_LIMIT_MS
    ]
    return subtitles.to_string("ass", header_notice="")


def _srt_cards(cues: tuple[PairCue, ...], order: PairOrder) -> Iterator[str]:
    for number, cue in enumerate(cues, start=1):
        start, end = (timestamp(at / _MS).replace(".", ",") for at in span_of(cue, _MS))
        rows = "\n".join(in_order(_srt_rows(cue.source), _srt_rows(cue.target), order))
        yield f"{number}\n{start} --> {end}\n{rows}\n"


def _srt_rows(rows: tuple[str, ...]) -> str:
    return "\n".join(map(_srt_row, rows))


def _srt_row(row: str) -> str:
    return _plain(row, _SRT_MARKUP)


def _ass_span(cue: PairCue) -> tuple[int, int]:
    """Round to the hundredths that the format has, in milliseconds."""
    start, end = span_of(cue, _MS // _CS_MS)
    return start * _CS_MS, end * _CS_MS


def _ass_text(cue: PairCue, order: PairOrder) -> str:
    """Begin with the rows in the style of the event, then reset to the other style."""
    rows = in_order(_ass_rows(cue.source), _ass_rows(cue.target), order)
    _, style = in_order("Source", "Target", order)
    return f"\\N{{\\r{style}}}".join(rows)


def _ass_rows(rows: tuple[str, ...]) -> str:
    return r"\N".join(_plain(row, _ASS_MARKUP) for row in rows)


def _plain(row: str, markup: re.Pattern[str]) -> str:
    return markup.sub(_JOINER, " ".join(row.split()).translate(_BRACES))


def _ass_name(name: str) -> str:
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
