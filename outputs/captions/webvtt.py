"""Write captions in one language as WebVTT, with the name of the speaker on every cue."""

from collections import Counter
from collections.abc import Iterable, Iterator

from outputs.captions.cues import cues_in
from outputs.captions.line_cues import Cue
from outputs.linepairs import timestamp
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

    The language stands in a note, for the header has no place for it. A cue is called after its
    line, "000702" for the second cue of line 0007: programs that know SubRip only expect a number.
    """
    return f"WEBVTT\n\nNOTE Language: {language.tag}\n" + "".join(_cues(cues))


def _cues(cues: Iterable[Cue]) -> Iterator[str]:
    shown: Counter[str] = Counter()
    for cue in cues:
        shown[cue.line] += 1
        yield f"\n{cue.line}{shown[cue.line]:02d}\n{_times(cue)}\n{_payload(cue)}\n"


def _times(cue: Cue) -> str:
    """Write the times of a cue, which must keep a length when rounded."""
    start = round(cue.start * _MS)
    end = max(start + 1, round(cue.end * _MS))
    return f"{timestamp(start / _MS)} --> {timestamp(end / _MS)}"


def _payload(cue: Cue) -> str:
    """Say who speaks on every cue: a voice span ends with its cue."""
    text = "\n".join(_escape(row) for row in cue.rows)
    name = _escape(cue.speaker)
    if name.endswith("--"):  # with the end of the tag, this would be an arrow
        name = f"{name[:-1]}&#45;"
    return f"<v {name}>{text}</v>" if name else text


def _escape(text: str) -> str:
    return " ".join(text.split()).translate(_REFERENCES)
