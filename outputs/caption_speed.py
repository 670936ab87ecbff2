"""Measure how fast the captions of an episode are to be read, file by file. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outputs.cue_limits import SPEEDS, Shown, reading_speed
from outputs.cues import cues_in, pair_cues_in
from outputs.line_cues import PairCue
from outputs.measured import CaptionSpeed
from outputs.recorded import EpisodeRecord
from outputs.subrip import SUBRIP_CUES
from podcast.language import Language


def caption_speeds(record: EpisodeRecord) -> tuple[CaptionSpeed, ...]:
    """Measure the files with captions, those with the same cues together."""
    source = Language(record.language)
    targets = [Language(code) for code in record.titles]
    return (
        *(one for language in (source, *targets) for one in _alone(record, language)),
        *(one for target in targets for one in _together(record, source, target)),
    )


@dataclass(frozen=True, slots=True)
class _Half:
    """One language of a card with two."""

    start: float
    end: float
    rows: tuple[str, ...]


def _alone(record: EpisodeRecord, language: Language) -> Iterator[CaptionSpeed]:
    code = language.value
    standard, subrip = cues_in(record, language), cues_in(record, language, SUBRIP_CUES)
    if subrip == standard:
        yield _speed((f"{code}.vtt", f"{code}.ttml", f"{code}.srt"), language, standard)
    else:
        yield _speed((f"{code}.vtt", f"{code}.ttml"), language, standard)
        yield _speed((f"{code}.srt",), language, subrip)


def _together(record: EpisodeRecord, source: Language, target: Language) -> Iterator[CaptionSpeed]:
    cards = pair_cues_in(record, target)
    name = f"{source.value}-{target.value}"
    files = tuple(f"{name}.{ending}" for ending in ("vtt", "srt", "ass", "ttml"))
    yield _speed(files, source, [_half(card, card.source) for card in cards])
    yield _speed(files, target, [_half(card, card.target) for card in cards])


def _half(card: PairCue, rows: tuple[str, ...]) -> _Half:
    return _Half(card.start, card.end, rows)


def _speed(files: tuple[str, ...], language: Language, cues: Sequence[Shown]) -> CaptionSpeed:
    speed = reading_speed(cues, language)
    return CaptionSpeed(
        files, language.value, SPEEDS[language], speed.cues, speed.over_limit, round(speed.worst, 1)
    )
