r"""Write captions as SubRip: for podcast apps in one language, for any player in two.

SubRip has no escapes, while players read HTML tags, ``{\an8}`` and ``\N`` in it: an invisible
joiner inside such a piece of text, and full-width braces, make it be shown.
"""

import re
from collections.abc import Iterable

from outputs.captions.cue_limits import WIDTHS, CueOptions
from outputs.captions.cues import cues_in, pair_cues_in
from outputs.captions.line_cues import Cue, PairCue
from outputs.linepairs import timestamp
from outputs.markup.pair_order import PairOrder, in_order, span_of
from outputs.record.record_types import EpisodeRecord
from podcast.language import SOURCE, Language

WIDTH = 32
"""Characters in a row that podcast apps allow; video players allow more."""

SUBRIP_CUES = CueOptions(widths=WIDTHS | {Language.EN: float(WIDTH)}, labelled=frozenset(Language))
_MS = 1000
_JOINER = "\N{WORD JOINER}"  # takes no room, allows no line break, and is no part of any markup
_MARKUP = re.compile(r"(?<=<)(?=\s*[/A-Za-z])|(?<=\\)(?=[Nnh])|(?<=--)(?=>)")
_BRACES = str.maketrans("{}", "｛｝")  # some players hide all that stands in braces


def render_subrip(record: EpisodeRecord, language: Language) -> str:
    """Write the cues of an episode in one language: short rows, a name on each change of speaker.

    Raises:
        BadInputError: The record does not hold that language.
    """
    return subrip_of(cues_in(record, language, SUBRIP_CUES))


def subrip_of(cues: Iterable[Cue]) -> str:
    """Write cues, which are in time order, as SubRip."""
    return _numbered((cue, _shown(cue.rows)) for cue in cues)


def render_pair_subrip(
    record: EpisodeRecord, target: Language, order: PairOrder = PairOrder.SOURCE_FIRST
) -> str:
    """Write the cards of an episode in two languages; a new speaker's name begins the upper text.

    Raises:
        BadInputError: The record does not hold that language.
    """
    upper, _ = in_order(SOURCE, target, order)
    cues = pair_cues_in(record, target, CueOptions(labelled=frozenset({Language(upper)})))
    return _numbered(
        (cue, "\n".join(in_order(_shown(cue.source), _shown(cue.target), order))) for cue in cues
    )


def _numbered(shown: Iterable[tuple[Cue | PairCue, str]]) -> str:
    return "\n".join(_card(number, cue, text) for number, (cue, text) in enumerate(shown, start=1))


def _card(number: int, cue: Cue | PairCue, text: str) -> str:
    start, end = (timestamp(at / _MS).replace(".", ",") for at in span_of(cue, _MS))
    return f"{number}\n{start} --> {end}\n{text}\n"


def _shown(rows: Iterable[str]) -> str:
    return "\n".join(_MARKUP.sub(_JOINER, " ".join(row.split()).translate(_BRACES)) for row in rows)
