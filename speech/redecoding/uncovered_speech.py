"""Find speech that has no words, and put there what was recognised when it was decoded alone. Pure.

Somebody speaks where the detector of speech or the diarizer says so. Neither is right alone: the
one misses quiet voices after loud ones, the other speech under music.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import fmean

from podcast.coverage import UnheardSpeech, not_english
from podcast.intervals import merge_spans, total, without
from podcast.timeline import Interval, Segment, Span, SpeakerTurn, Word, overlap
from podcast.transcript import DroppedWord
from speech.detection.foreign_stretches import ForeignSpeech
from speech.detection.window_languages import language_name
from speech.plausibility.hallucinations import suspicions
from speech.plausibility.suspect_words import key_of
from speech.redecoding.second_decoding import ChosenSegments, remaining, with_likely_times

LONGEST_WITHOUT_WORDS = 1.0
"""Seconds in which somebody speaks and no word stands; less is a breath, a laugh or a hum."""

BESIDE_FOREIGN = 0.4
"""Seconds without a word beside another language: one window held both, and may have lost one."""

NEAR = 0.3
"""Seconds around a word that belong to it: detectors of speech leave as much."""

PAUSE = 0.8
"""Seconds of silence at most within one stretch of speech."""

SHORTEST_PAUSE, LONGEST_PAUSE = 0.4, 1.5
"""Seconds between two turns that are decoded apart. In a longer pause somebody speaks whom only the
detector of speech has found."""

MARGIN = 0.2
"""Seconds around a stretch that are decoded with it: its first and last sounds are soft."""

SHORTEST_BURST = 0.3
"""Seconds from pause to pause that can hold a word."""

HEARD = 0.4
"""Share of a burst that words of other bursts cover at most: times of words are 0.2 s off, and a
long word goes on after a pause."""

LEAST_SURE = 0.3
"""Mean probability of words at least, to be believed of a burst: "Yeah." alone has 0.4 to 0.6, what
is made of a breath or of music 0.15."""


def uncovered(
    speech: Iterable[Interval], words: Iterable[Word], longest: float = LONGEST_WITHOUT_WORDS
) -> tuple[Span, ...]:
    """Return where somebody speaks and no word stands for longer than a breath.

    Args:
        speech: Where somebody speaks, in any order.
        words: What is recognised, with times that can be true.
        longest: Seconds of a breath.
    """
    covered = merge_spans(Span(word.start - NEAR, word.end + NEAR) for word in words)
    spoken = merge_spans(speech)
    left = without(merge_spans(spoken, PAUSE), covered)
    trimmed = (part for span in left for part in _trimmed(span, spoken))
    return tuple(part for part in trimmed if part.end - part.start > longest)


def turn_by_turn(stretches: Iterable[Span], turns: Sequence[Interval]) -> tuple[Span, ...]:
    """Return the stretches in parts that can be decoded alone, cut between the turns in them."""
    gaps = (Span(a.end, b.start) for a, b in pairwise(merge_spans(turns)))
    pauses = [gap for gap in gaps if SHORTEST_PAUSE <= gap.end - gap.start <= LONGEST_PAUSE]
    parts = without(stretches, pauses)
    return tuple(
        Span(max(0.0, part.start - MARGIN), part.end + MARGIN)
        for part in parts
        if part.end - part.start >= SHORTEST_PAUSE
    )


def wordless_bursts(
    speech: Iterable[Interval], words: Sequence[Word], decoded: Sequence[Interval]
) -> tuple[Span, ...]:
    """Return the bursts of speech, from pause to pause, in which no word stands.

    A decoder that has just written a phrase writes it less often than it is said, and each time
    has a burst of its own.

    Args:
        speech: What the detector found, cut at the pauses.
        words: What is recognised, with times that can be true.
        decoded: Stretches that were decoded alone; a burst that is most of one has had its turn.
    """
    covered, middles = merge_spans(words), sorted(map(_middle, words))
    return tuple(
        Span(burst.start, burst.end)
        for burst in speech
        if burst.end - burst.start >= SHORTEST_BURST
        and bisect_left(middles, burst.start) == bisect_left(middles, burst.end)
        and total(without([burst], covered)) > (1 - HEARD) * (burst.end - burst.start)
        and not any(_is_most_of(burst, part) for part in decoded)
    )


def believable(found: Iterable[Segment]) -> list[Segment]:
    """Return what was recognised of bursts, without what is hardly more than a noise."""
    return [
        segment
        for segment in found
        if segment.words and fmean(w.probability for w in segment.words) >= LEAST_SURE
    ]


def completed(
    settled: ChosenSegments, stretches: Sequence[Span], found: Iterable[Segment]
) -> ChosenSegments:
    """Return what was said, with the words that were recognised where there had been none.

    They are judged in their place like all others; those in doubt are dropped with the reason.

    Args:
        settled: What was said, as far as it was recognised.
        stretches: Where words were missing.
        found: What was recognised there, in time order.
    """
    new = [part for segment in found if (part := _within(segment, stretches, settled)).words]
    if not new:
        return settled
    cuts = [stretch.start for stretch in stretches]
    old = [part for segment in settled.segments for part in _cut(segment, cuts)]
    mixed = sorted([*old, *new], key=lambda segment: segment.start)
    speech = _with_stretches(settled.speech, stretches)
    doubts = {
        (doubt.segment, n): doubt.reason
        for doubt in suspicions(mixed, speech)
        if mixed[doubt.segment] in new
        for n in range(doubt.first, doubt.stop)
    }
    believed = [
        part
        for n, segment in enumerate(mixed)
        for part in remaining(segment, {m for of, m in doubts if of == n})
    ]
    dropped = [DroppedWord(mixed[n].words[m], why) for (n, m), why in sorted(doubts.items())]
    return with_likely_times(ChosenSegments(tuple(believed), speech, (*settled.dropped, *dropped)))


def without_foreign(settled: ChosenSegments, foreign: Sequence[ForeignSpeech]) -> ChosenSegments:
    """Return what was said in English, and where: without what was written down elsewhere."""
    for part in foreign:
        settled = without_words_in(part, settled, not_english(language_name(part.language)))
    return replace(settled, speech=tuple(without(settled.speech, foreign)))


def without_words_in(part: Interval, settled: ChosenSegments, reason: str) -> ChosenSegments:
    """Return what was said, with the words of one part dropped for a reason."""
    segments: list[Segment] = []
    dropped: list[DroppedWord] = []
    for segment in settled.segments:
        gone = {n: word for n, word in enumerate(segment.words) if is_in(part, word)}
        dropped += [DroppedWord(word, reason) for word in gone.values()]
        segments += remaining(segment, gone)
    return replace(settled, segments=tuple(segments), dropped=(*settled.dropped, *dropped))


def unheard_speech(
    settled: ChosenSegments,
    turns: Sequence[SpeakerTurn],
    speech: Iterable[Interval],
    foreign: Sequence[ForeignSpeech],
) -> tuple[UnheardSpeech, ...]:
    """Return the speech that has no words, in time order, and say why.

    Args:
        settled: What is recognised.
        turns: Who speaks.
        speech: Where somebody speaks English, in any order.
        foreign: Where somebody speaks, but not English.
    """
    words = words_of(settled)
    reasons = [(part, _reason(part, settled.dropped)) for part in uncovered(speech, words)]
    reasons += [
        (Span(part.start, part.end), not_english(language_name(part.language))) for part in foreign
    ]
    return tuple(
        UnheardSpeech(round(part.start, 3), round(part.end, 3), _speaker(part, turns), reason)
        for part, reason in sorted(reasons, key=lambda item: item[0].start)
    )


def is_in(part: Interval, word: Word) -> bool:
    """Say whether the middle of a word lies in a part of the recording."""
    return part.start <= _middle(word) < part.end


def words_of(settled: ChosenSegments) -> list[Word]:
    """Return all recognised words, in time order."""
    return [word for segment in settled.segments for word in segment.words]


def _trimmed(span: Span, spoken: Sequence[Span]) -> Iterator[Span]:
    """Yield a span without the silence at its ends, if it is not all silence."""
    inside = [other for other in spoken if other.end > span.start and other.start < span.end]
    if inside:
        yield Span(max(span.start, inside[0].start), min(span.end, inside[-1].end))


def _with_stretches(speech: Sequence[Span], stretches: Sequence[Span]) -> tuple[Span, ...]:
    """Return where somebody speaks, and what is new in some stretches; pauses still part it."""
    added = without(stretches, merge_spans(speech))
    return tuple(sorted([*speech, *added], key=lambda span: span.start))


def _is_most_of(burst: Interval, part: Interval) -> bool:
    return overlap(burst, part) > (part.end - part.start) / 2


def _within(segment: Segment, stretches: Sequence[Span], settled: ChosenSegments) -> Segment:
    """Return a segment with the words that stand where words were missing, each only once."""
    known = words_of(settled)
    words = tuple(
        word
        for word in segment.words
        if any(part.start - NEAR <= _middle(word) <= part.end + NEAR for part in stretches)
        and not any(_is_same(word, other, settled.speech) for other in known)
    )
    return _with_words(segment, words) if words else replace(segment, words=())


def _is_same(word: Word, other: Word, speech: Sequence[Span]) -> bool:
    """Say whether two words are one: they are alike, and side by side without a pause."""
    is_near = overlap(word, other) > -NEAR and key_of(word.text) == key_of(other.text)
    return is_near and _burst_of(word, speech) == _burst_of(other, speech)


def _burst_of(word: Word, speech: Sequence[Span]) -> int:
    return bisect_right(speech, _middle(word), key=lambda burst: burst.start)


def _cut(segment: Segment, times: Sequence[float]) -> Iterator[Segment]:
    """Yield a segment in parts, so that others can come between its words."""
    edges = [time for time in times if segment.start < time < segment.end]
    parts: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
    for word in segment.words:
        parts[sum(time <= _middle(word) for time in edges)].append(word)
    filled = [part for part in parts if part]
    if len(filled) <= 1:
        yield segment
    else:
        yield from (_with_words(segment, tuple(part)) for part in filled)


def _with_words(segment: Segment, words: tuple[Word, ...]) -> Segment:
    text = " ".join(word.text for word in words)
    return replace(segment, start=words[0].start, end=words[-1].end, text=text, words=words)


def _middle(word: Word) -> float:
    return (word.start + word.end) / 2


def _speaker(part: Interval, turns: Sequence[SpeakerTurn]) -> str:
    seconds: dict[str, float] = {}
    for turn in turns:
        if (shared := overlap(turn, part)) > 0:
            seconds[turn.speaker] = seconds.get(turn.speaker, 0.0) + shared
    return max(seconds, key=lambda speaker: seconds[speaker], default="")


def _reason(part: Interval, dropped: Iterable[DroppedWord]) -> str:
    doubted = [d for d in dropped if overlap(d.word, part) > 0]
    return f"not believed: {doubted[0].reason}" if doubted else "no words recognised"
