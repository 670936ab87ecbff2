"""Write captions in one language as SubRip for podcast apps: short rows, a name on each change."""

import re
from collections.abc import Iterable

from outputs.captions.cue_limits import WIDTHS, CueOptions
from outputs.captions.cues import cues_in
from outputs.captions.line_cues import Cue
from outputs.linepairs import timestamp
from outputs.markup.pair_order import span_of
from outputs.record.record_types import EpisodeRecord
from podcast.language import Language

WIDTH = 32
"""Characters in a row that podcast apps allow; video players allow more."""

SUBRIP_CUES = CueOptions(widths=WIDTHS | {Language.EN: float(WIDTH)}, labelled=frozenset(Language))
_MS = 1000
_JOINER = "\N{WORD JOINER}"  # takes no room, allows no line break, and is no part of any markup
_MARKUP = re.compile(r"(?<=<)(?=\s*[/A-Za-z])|(?<=\\)(?=[Nnh])|(?<=--)(?=>)")
_BRACES = str.maketrans("{}", "｛｝")  # some players hide all that stands in braces


def render_subrip(record: EpisodeRecord, language: Language) -> str:
    r"""Write the cues of an episode in one language.

    SubRip has no escapes, while players read HTML tags, ``{\an8}`` and ``\N`` in it: an invisible
    joiner inside such a piece of text, and full-width braces, make it be shown.

    Raises:
        BadInputError: The record does not hold that language.
    """
    return subrip_of(cues_in(record, language, SUBRIP_CUES))


def subrip_of(cues: Iterable[Cue]) -> str:
    """Write cues, which are in time order, as SubRip."""
    return "\n".join(_render(number, cue) for number, cue in enumerate(cues, start=1))


def _render(number: int, cue: Cue) -> str:
    start, end = (timestamp(at / _MS).replace(".", ",") for at in span_of(cue, _MS))
    rows = "\n".join(_shown(row) for row in cue.rows)
    return f"{number}\n{start} --> {end}\n{rows}\n"


def _shown(row: str) -> str:
    return _MARKUP.sub(_JOINER, " ".join(row.split()).translate(_BRACES))
