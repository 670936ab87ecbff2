"""Measure how fast the captions of an episode are to be read, file by file. Pure."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from outputs.captions.cue_limits import read_width
from outputs.captions.cues import cues_in, pair_cues_in
from outputs.captions.line_cues import Cue, PairCue
from outputs.captions.subrip import SUBRIP_CUES
from outputs.record.quality_types import CaptionSpeed
from outputs.record.record_types import EpisodeRecord
from podcast.language import Language


def caption_speeds(record: EpisodeRecord) -> tuple[CaptionSpeed, ...]:
    """Measure the files with captions, those with the same cues together."""
    source = Language(record.language)
    targets = [Language(code) for code in record.titles]
    return (
        *(one for language in (source, *targets) for one in _alone(record, language)),
        *(one for target in targets for one in _together(record, source, target)),
    )


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
    yield _speed(files, source, list(_halves(cards, lambda card: card.source)))
    yield _speed(files, target, list(_halves(cards, lambda card: card.target)))


def _halves(
    cards: Sequence[PairCue], rows_in: Callable[[PairCue], tuple[str, ...]]
) -> Iterator[Cue]:
    """Yield one language of cards with two, on the screen for as long as it stays the same."""
    for (line, rows), same in groupby(cards, key=lambda card: (card.line, rows_in(card))):
        first, *others = same
        yield Cue(line, first.start, (others or [first])[-1].end, first.speaker, rows)


def _speed(files: tuple[str, ...], language: Language, cues: Sequence[Cue]) -> CaptionSpeed:
    speeds = [read_width(cue.rows, language, cue.label) / (cue.end - cue.start) for cue in cues]
    limit = language.profile.captions.speed
    over, worst = sum(speed > limit for speed in speeds), round(max(speeds, default=0), 1)
    return CaptionSpeed(files, language.value, limit, len(cues), over, worst)
