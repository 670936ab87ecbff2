"""Find the stretches that are not English, in looks of which each is closer than the one before.

What the windows hint at (`window_languages`) is cheap and blurred: half a minute holds several
people. Where it leaves a doubt, five seconds at a time are looked at alone; around those that are
not English three seconds at a time, which show where English ends, and also around gaps, since the
recogniser often falls silent over another language; what lies between is named as a whole. Pure:
what is to be looked at is returned, and what was found is an argument.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from podcast.intervals import common, merge_spans, without
from podcast.timeline import Interval, LanguageSlice, Span, SpeakerTurn, Word, overlap
from speech.detection.window_languages import ENGLISH, english

DOUBTED = 0.7
"""Probability of English in a slice of a window, at most, with which it is looked at alone. Of a
clean talk that is one slice in seven."""

SURE, SPOKEN_WORDS = 0.9, 1.4
"""Mean probability of the words in such a slice, and words a second, with which it is English; two
in three of a clean talk are. Of another language hardly a word is written, or unsurely."""

FEWEST_WORDS = 4
"""So sure, in a row, that are English between two stretches of another language."""

AROUND = 5.0
"""Seconds around such a slice: it may be the only one of its stretch that shows."""

LOOK, LOOK_STEP = 5.0, 2.5
"""Seconds of a first look, and from one to the next: half of one falls into any stretch of five."""

NOT_ENGLISH = 0.15
"""Probability of English at most in a first look that is not English. Of looks into English one in
three hundred is below, all mumbling; of those into other languages nine in ten are."""

CLEARLY = 0.5
"""Probability of one other language at least, in a stretch or a look into it. What is mumbled far
from the microphone is hardly English to the model, and spread over many languages."""

CLOSE_LOOK, CLOSE_STEP = 3.0, 0.5
"""Seconds of a close look, which falls to half English where half of it is."""

HALF_ENGLISH = 0.5

BORDER = 1.0
"""Seconds around the middle of that fall within which a pause or another speaker is the border."""

SILENT = 0.5
"""Seconds without a word that are such a pause: the recogniser often falls silent where somebody
goes on in another language."""

FEWEST_LOOKS, ONE_STRETCH = 3, 1.5
"""Close looks in a row that are not English, at least, and seconds between two such rows of one
stretch, at most: single looks err, either way."""

PAUSE = 2.0
"""Seconds of silence at most within what is looked at in one go."""

SHORTEST_LOOK = 1.5
"""Seconds; less is not enough to tell a language."""

SHORTEST_FOREIGN = 2.5
"""Seconds of foreign speech in a row that are more than a title or a greeting; borders err by a
half."""


@dataclass(frozen=True, slots=True)
class ForeignSpeech:
    """A stretch that is not English.

    Attributes:
        start: Seconds.
        end: Seconds.
        language: Its code.
    """

    start: float
    end: float
    language: str


def first_looks(
    slices: Sequence[LanguageSlice], spoken: Sequence[Interval], words: Sequence[Word]
) -> tuple[Span, ...]:
    """Return what to look at alone, because the windows leave a doubt.

    Args:
        slices: The languages of the windows.
        spoken: Where somebody speaks, in any order.
        words: What was recognised, in time order.
    """
    doubted = [
        part
        for part in slices
        if english(part.probabilities) <= DOUBTED and not _is_clear(part, words)
    ]
    return _looks_into(_around(doubted, AROUND), spoken, LOOK, LOOK_STEP)


def _is_clear(part: Interval, words: Sequence[Word]) -> bool:
    """Say whether the words of a slice leave no doubt that it is English."""
    first, stop = (bisect_left(words, time, key=_middle) for time in (part.start, part.end))
    sure = [word.probability for word in words[first:stop]]
    return len(sure) >= SPOKEN_WORDS * (part.end - part.start) and fmean(sure) >= SURE


def talked_through(gaps: Iterable[Span], speech: Sequence[Interval]) -> tuple[Span, ...]:
    """Return the gaps in which somebody goes on talking: of a row of "Yeah." no language is told.

    Args:
        gaps: Where somebody speaks and nothing was surely recognised.
        speech: Where somebody speaks, from pause to pause.
    """
    return tuple(
        gap for gap in gaps if any(overlap(burst, gap) >= SHORTEST_LOOK for burst in speech)
    )


def close_looks(
    looks: Sequence[LanguageSlice], gaps: Sequence[Interval], spoken: Sequence[Interval]
) -> tuple[Span, ...]:
    """Return what to look at alone around what is not English, to find its borders.

    A look that is hardly English may be half another language, in a stretch that fills no look.

    Args:
        looks: The languages of the first looks.
        gaps: Where somebody speaks and nothing was surely recognised.
        spoken: Where somebody speaks, in any order.
    """
    foreign = _foreign(looks)
    doubted = [look for look in looks if NOT_ENGLISH < english(look.probabilities) <= DOUBTED]
    near = [*_around([*foreign, *gaps], LOOK), *_around(doubted, CLOSE_LOOK / 2)]
    return _looks_into(near, spoken, CLOSE_LOOK, CLOSE_STEP)


def stretches(
    close: Sequence[LanguageSlice],
    gaps: Sequence[Interval],
    pauses: Sequence[float],
    clear: Sequence[Span],
) -> tuple[Span, ...]:
    """Return the stretches that may be in another language, from border to border.

    Args:
        close: The languages of the close looks.
        gaps: Where somebody speaks and nothing was surely recognised.
        pauses: Where a language may change; see `pauses_in`.
        clear: Where English was surely recognised; see `clear_english`.
    """
    middles = [_middle(part) for part in close if english(part.probabilities) <= HALF_ENGLISH]
    runs = merge_spans((Span(middle, middle) for middle in middles), 2.5 * CLOSE_STEP)
    long = (run for run in runs if sum(run.start <= m <= run.end for m in middles) >= FEWEST_LOOKS)
    found = [_to_its_borders(part, close, pauses) for part in merge_spans(long, ONE_STRETCH)]
    silent = (Span(gap.start, gap.end) for gap in gaps if gap.end - gap.start <= LOOK)
    parted = (part for whole in merge_spans(found) for part in _parted(whole, clear))
    return tuple(part for part in (*parted, *silent) if _is_long(part))


def clear_english(words: Sequence[Word]) -> tuple[Span, ...]:
    """Return where a few words in a row were surely recognised, in time order.

    Args:
        words: What was recognised, in time order.
    """
    cuts = [n for n, (a, b) in enumerate(pairwise(words), 1) if b.start - a.end >= SILENT]
    runs = (words[first:stop] for first, stop in pairwise([0, *cuts, len(words)]))
    return tuple(
        Span(run[0].start, run[-1].end)
        for run in runs
        if len(run) >= FEWEST_WORDS and fmean(word.probability for word in run) >= SURE
    )


def pauses_in(
    speech: Sequence[Span], turns: Sequence[SpeakerTurn], words: Sequence[Word]
) -> tuple[float, ...]:
    """Return the times at which a language may change: mostly with a breath or a speaker.

    Args:
        speech: Where the detector found speech: its parts end where somebody pauses.
        turns: Who speaks, in time order.
        words: What was recognised, in time order: where the recogniser fell silent, too.
    """
    edges = [time for part in speech for time in (part.start, part.end)]
    edges += [
        time
        for before, turn in pairwise(turns)
        if before.speaker != turn.speaker
        for time in (before.end, turn.start)
    ]
    edges += [
        time
        for before, word in pairwise(words)
        if word.start - before.end >= SILENT
        for time in (before.end, word.start)
    ]
    return tuple(edges)


def foreign_speech(
    whole: Sequence[LanguageSlice], looks: Sequence[LanguageSlice]
) -> tuple[ForeignSpeech, ...]:
    """Return the stretches that are in another language when they are looked at as a whole.

    Args:
        whole: The languages of the stretches.
        looks: The languages of the first looks.
    """
    found = [
        ForeignSpeech(part.start, part.end, language)
        for part in whole
        if english(part.probabilities) <= _most_english(part, looks)
        and (language := _language_of(part, looks))
    ]
    return tuple(
        ForeignSpeech(
            area.start, area.end, next(one.language for one in found if overlap(one, area) > 0)
        )
        for area in merge_spans(found)
    )


def _most_english(part: LanguageSlice, looks: Sequence[LanguageSlice]) -> float:
    """Return how English a stretch may be; where no look shows another language, hardly at all."""
    return DOUBTED if any(overlap(part, look) > 0 for look in _foreign(looks)) else NOT_ENGLISH


def _language_of(part: LanguageSlice, looks: Sequence[LanguageSlice]) -> str:
    """Return the language of a stretch in which it, or a look into it, clearly is; else none."""
    inside = [look for look in _foreign(looks) if overlap(look, part) > LOOK / 2]
    found = [one.probabilities for one in (part, *inside)]
    clear = {code for one in found for code, p in one.items() if p >= CLEARLY and code != ENGLISH}
    return max(clear, key=lambda code: sum(one.get(code, 0.0) for one in found), default="")


def with_languages(
    spans: Sequence[Span], languages: Sequence[Mapping[str, float]]
) -> tuple[LanguageSlice, ...]:
    """Join what was looked at with the languages that were found in it."""
    return tuple(
        LanguageSlice(span.start, span.end, dict(found))
        for span, found in zip(spans, languages, strict=True)
    )


def _foreign(parts: Sequence[LanguageSlice]) -> list[LanguageSlice]:
    return [part for part in parts if english(part.probabilities) <= NOT_ENGLISH]


def _around(parts: Iterable[Interval], seconds: float) -> Iterator[Span]:
    return (Span(part.start - seconds, part.end + seconds) for part in parts)


def _looks_into(
    near: Iterable[Interval], spoken: Sequence[Interval], look: float, step: float
) -> tuple[Span, ...]:
    """Lay looks over what is spoken in some parts of a recording."""
    inside = common(merge_spans(spoken, PAUSE), near)
    return tuple(look_ for area in inside for look_ in _looks_over(area, look, step))


def _looks_over(area: Span, look: float, step: float) -> Iterator[Span]:
    """Yield looks of one length over an area, the last one at its end."""
    if area.end - area.start < SHORTEST_LOOK:
        return
    last = max(area.start, area.end - look)
    for n in range(int((last - area.start) // step) + 1):
        start = area.start + n * step
        yield Span(round(start, 3), round(min(start + look, area.end), 3))
    if last - start > 0:
        yield Span(round(last, 3), round(area.end, 3))


def _parted(whole: Span, clear: Sequence[Span]) -> list[Span]:
    """Return the stretches between which English is clear; the whole where one would be too short.

    Beside another language, words of English may stand at the wrong time.
    """
    parts = list(without([whole], clear))
    return parts if len(parts) > 1 and all(map(_is_long, parts)) else [whole]


def _is_long(part: Interval) -> bool:
    return part.end - part.start >= SHORTEST_FOREIGN


def _to_its_borders(rough: Span, close: Sequence[LanguageSlice], pauses: Sequence[float]) -> Span:
    """Return a stretch from border to border; `rough` holds the middles of its close looks."""
    before = [look for look in close if 0 < rough.start - _middle(look) < CLOSE_LOOK]
    after = [look for look in close if 0 < _middle(look) - rough.end < CLOSE_LOOK]
    inside = [look for look in close if rough.start <= _middle(look) <= rough.end]
    return Span(
        _nearest(rough.start - CLOSE_STEP / 2, pauses) if before else inside[0].start,
        _nearest(rough.end + CLOSE_STEP / 2, pauses) if after else inside[-1].end,
    )


def _nearest(time: float, pauses: Sequence[float]) -> float:
    """Return the pause that is nearest to a time; where none is near, the time."""
    near = (pause for pause in pauses if abs(pause - time) <= BORDER)
    return min(near, key=lambda pause: abs(pause - time), default=time)


def _middle(part: Interval) -> float:
    return (part.start + part.end) / 2
