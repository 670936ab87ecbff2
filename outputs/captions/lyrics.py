"""Write LRC lyrics: every line of an episode in English and, under the same stamp, once more."""

from collections.abc import Iterator
from itertools import accumulate

from outputs.record.episode_record import transcript_in
from outputs.record.record_types import EpisodeRecord
from podcast.language import Language
from podcast.transcript import LinePair

MIN_PAUSE = 1.0
"""Seconds of silence from which on a line is taken off the screen before the next one comes."""

_CS = 100
_MINUTE_CS = 60 * _CS

# LRC has no escapes: a player takes "[" for the beginning of a stamp and "<" for one of a word.
_LOOKALIKES = str.maketrans({"[": "［", "]": "］", "<": "＜", ">": "＞"})


def render_lyrics(record: EpisodeRecord, target: Language) -> str:
    """Write an episode as LRC in English and one other language.

    Square and angle brackets of the text are written as full-width ones. Stamps count minutes
    on past 59, since the format has no hours, and never step back, as players search in them.

    Raises:
        BadInputError: The record does not hold that language.
    """
    transcript = transcript_in(record, target)
    tags = {
        "ti": transcript.title.text,
        "ar": ", ".join(speaker.name for speaker in record.speakers),
        "al": record.show,
        "length": _minutes(round(record.recording.duration)),
        "re": "Interlinear",
    }
    rows = [f"[{key}:{_clean(value)}]" for key, value in tags.items() if _clean(value)]
    return "\n".join([*rows, *_rows(transcript.pairs)]) + "\n"


def _rows(pairs: tuple[LinePair, ...]) -> Iterator[str]:
    begins = _begins(pairs)
    for pair, begin, following in zip(pairs, begins, [*begins, None][1:], strict=True):
        yield f"[{_stamp(begin)}]{_clean(pair.source.text)}"
        yield f"[{_stamp(begin)}]{_clean(pair.target.text)}"
        end = max(begin, round(pair.source.end * _CS))
        if following is None or following - end >= MIN_PAUSE * _CS:
            yield f"[{_stamp(end)}]"


def _begins(pairs: tuple[LinePair, ...]) -> list[int]:
    """Return when every line appears, in hundredths, never before the line above it."""
    return list(accumulate((round(pair.source.start * _CS) for pair in pairs), max))


def _stamp(hundredths: int) -> str:
    minutes, rest = divmod(hundredths, _MINUTE_CS)
    return f"{minutes:02d}:{rest // _CS:02d}.{rest % _CS:02d}"


def _minutes(seconds: int) -> str:
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def _clean(text: str) -> str:
    return " ".join(text.split()).translate(_LOOKALIKES)
