"""Measure how good a record is, as far as it can tell without a reference. Pure.

Nothing here says that a line is right. It counts what the stages themselves were unsure of, and
puts the lines that a person should look at in order, the worst first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import prod
from statistics import fmean

from outputs.quality.caption_speed import caption_speeds
from outputs.quality.unheard import speakers_without_line, turns_without_line, unheard_share
from outputs.quality.unsure_rows import unsure_rows
from outputs.record.quality_types import (
    LanguageQuality,
    LineToCheck,
    Quality,
    Reason,
    SpeakerShare,
    UncertainLine,
)
from outputs.record.record_types import EpisodeRecord, RecordedLine, RecordedSpeaker
from podcast.intervals import merge_spans
from podcast.timeline import Span
from podcast.transcript import DroppedWord, Fault, Flag, Made, Translation

SURE_SPEAKER = 0.6
"""Below this confidence, a line may well belong to somebody else."""

SURE_WORDS = 0.25
"""Below this chance that every word of it is right, a line is likely wrong somewhere."""

FASTEST_SPEECH = 7.0
"""Words a second. Fast talkers reach 5; more are words put where nobody has time to say them."""

SHORTEST_FAST_LINE = 4
"""Words. The times of fewer are too coarse to call them fast."""

MAX_TO_CHECK = 50
MAX_UNCERTAIN = 10

ENGLISH_KEPT, FAST, UNSURE_WORDS, UNSURE_SPEAKER, REPLACED = 10.0, 3.0, 6.0, 4.0, 1.0
UNSURE_ROW = 2.0
"""Every second such row is no worse than others; what a check finds is worth more."""
CHECK_WEIGHTS: Mapping[str, float] = {
    Fault.NUMBER: 8.0, Fault.INVENTED: 8.0, Fault.NEGATION: 7.0, Fault.LOOP: 7.0,
    Fault.ENGLISH: 6.0, Fault.LITERAL: 5.0, Fault.TERM: 5.0, Fault.NAME: 4.0,
}  # fmt: skip
"""What is wrong or made up misinforms, a loop cannot be read, a term or a name is a blemish."""
OTHER_CHECK = 4.0

_DIGITS = 4
"""Decimals that are kept, so that the record stays short and the same on every machine."""


def measure(
    lines: Sequence[RecordedLine],
    speakers: Sequence[RecordedSpeaker],
    dropped: Iterable[DroppedWord],
    duration: float,
    titles: Mapping[str, Translation],
) -> Quality:
    """Measure the parts of a record.

    Args:
        lines: In time order.
        speakers: The voices.
        dropped: The words that are in no line.
        duration: Of the recording, in seconds.
        titles: Language code -> the title; the lines hold the same languages.
    """
    spoken = merge_spans(lines)
    gap = max(_gaps(spoken, duration), key=lambda span: span.end - span.start)
    checks = _lines_to_check(lines, unsure_rows(lines, titles))
    return Quality(
        lines=len(lines),
        words=sum(len(line.words) for line in lines),
        speakers=_shares(lines, speakers),
        speech_share=_share(sum(span.end - span.start for span in spoken), duration),
        longest_gap=_round(gap.end - gap.start),
        longest_gap_start=_round(gap.start),
        dropped=_counted(word.reason for word in dropped),
        flags=_counted(flag for line in lines for flag in dict.fromkeys(line.flags)),
        languages={code: _language(code, lines, title) for code, title in titles.items()},
        mean_word_probability=_mean(word.probability for line in lines for word in line.words),
        uncertain_lines=_least_certain(lines),
        mean_speaker_confidence=_mean(line.speaker_confidence for line in lines),
        unsure_speakers=sum(line.speaker_confidence < SURE_SPEAKER for line in lines),
        to_check=tuple(checks[:MAX_TO_CHECK]),
        n_to_check=len(checks),
    )


def quality_of(record: EpisodeRecord) -> Quality:
    """Return what a record says of its quality; measure it where it does not say."""
    return record.quality or replace(
        measure(
            record.lines, record.speakers, record.dropped, record.recording.duration, record.titles
        ),
        captions=caption_speeds(record),
        unheard_share=None if (share := unheard_share(record)) is None else _round(share),
        turns_without_line=tuple(turns_without_line(record)),
        speakers_without_line=speakers_without_line(record),
    )


def measured(record: EpisodeRecord) -> EpisodeRecord:
    """Return a record with its quality, measured anew whatever it says."""
    record = replace(record, quality=None)
    return replace(record, quality=quality_of(record))


def check_kind(check: str) -> str:
    """Return the kind of a failed check: "number" of "number: 2 billion"."""
    return check.partition(":")[0].strip()


def _shares(
    lines: Sequence[RecordedLine], speakers: Sequence[RecordedSpeaker]
) -> tuple[SpeakerShare, ...]:
    total = sum(line.end - line.start for line in lines)
    return tuple(
        _share_of(speaker, [line for line in lines if line.speaker == speaker.id], total)
        for speaker in speakers
    )


def _share_of(speaker: RecordedSpeaker, own: Sequence[RecordedLine], total: float) -> SpeakerShare:
    seconds = sum(line.end - line.start for line in own)
    return SpeakerShare(
        id=speaker.id,
        name=speaker.name,
        lines=len(own),
        words=sum(len(line.words) for line in own),
        seconds=_round(seconds),
        share=_share(seconds, total),
    )


def _language(code: str, lines: Iterable[RecordedLine], title: Translation) -> LanguageQuality:
    rows = [line.translations[code] for line in lines]
    kinds = [[check_kind(check) for check in row.checks] for row in rows]
    found = Counter(kind for of_row in kinds for kind in of_row)
    return LanguageQuality(
        rungs=_counted(row.made for row in rows),
        failed=_counted(kind for of_row in kinds for kind in dict.fromkeys(of_row)),
        term_violations=found[Fault.TERM],
        number_violations=found[Fault.NUMBER],
        english_kept=sum(row.made == Made.SOURCE for row in rows),
        title_made=title.made,
        title_checks=title.checks,
    )


def _least_certain(lines: Iterable[RecordedLine]) -> tuple[UncertainLine, ...]:
    measured = [UncertainLine(line.id, _certainty(line)) for line in lines]
    return tuple(sorted(measured, key=lambda line: line.probability)[:MAX_UNCERTAIN])


def _certainty(line: RecordedLine) -> float:
    return _mean(word.probability for word in line.words)


def _lines_to_check(
    lines: Iterable[RecordedLine], unsure: Mapping[str, Iterable[Reason]]
) -> list[LineToCheck]:
    """Return every line that gives a reason, the worst first; equals stay in time order."""
    found = []
    for line in lines:
        # What a human has corrected is not doubted any more.
        doubts = () if line.before else _doubts(line)
        of_model = ((UNSURE_ROW, reason) for reason in unsure.get(line.id, ()))
        weighed = [*doubts, *_failures(line), *of_model]
        if weighed:
            weight = _round(sum(weight for weight, _ in weighed))
            found.append(LineToCheck(line.id, weight, tuple(reason for _, reason in weighed)))
    return sorted(found, key=lambda line: -line.weight)


def _doubts(line: RecordedLine) -> Iterator[tuple[float, Reason]]:
    """Weigh what makes the English or its speaker doubtful."""
    sure, seconds = prod(word.probability for word in line.words), line.end - line.start
    if sure < SURE_WORDS:
        least = min(line.words, key=lambda word: word.probability)
        says = f"words: {sure:.0%} sure of all, least of “{least.text}” ({least.probability:.0%})"
        yield UNSURE_WORDS * (1 - sure), Reason("", says)
    if len(line.words) >= SHORTEST_FAST_LINE and len(line.words) > FASTEST_SPEECH * seconds:
        yield FAST, Reason("", f"fast: {len(line.words)} words in {seconds:.1f} s")
    if line.speaker_confidence < SURE_SPEAKER:
        confidence = line.speaker_confidence
        yield UNSURE_SPEAKER * (1 - confidence), Reason("", f"speaker: {confidence:.0%} sure")
    if Flag.GLOSSARY in line.flags:
        heard = " ".join(word.text for word in line.words)
        yield REPLACED, Reason("", f"glossary: {heard}")


def _failures(line: RecordedLine) -> Iterator[tuple[float, Reason]]:
    """Weigh what is wrong with the translations."""
    for code, row in line.translations.items():
        if row.made == Made.SOURCE:  # what its checks found is why, not another fault
            yield ENGLISH_KEPT, Reason(code, "English kept")
            continue
        for check in row.checks:
            yield CHECK_WEIGHTS.get(check_kind(check), OTHER_CHECK), Reason(code, check)


def _gaps(spoken: Sequence[Span], duration: float) -> list[Span]:
    """Return the stretches between spans, with those before the first and after the last."""
    starts = [0.0, *(span.end for span in spoken)]
    ends = [*(span.start for span in spoken), duration]
    return [Span(start, max(start, end)) for start, end in zip(starts, ends, strict=True)]


def _counted(things: Iterable[str]) -> dict[str, int]:
    """Count, the most frequent first and equals by name, so that the same work reads the same."""
    return dict(sorted(Counter(things).items(), key=lambda item: (-item[1], item[0])))


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return _round(fmean(listed)) if listed else 0.0


def _share(part: float, whole: float) -> float:
    return _round(part / whole) if whole else 0.0


def _round(value: float) -> float:
    return round(value, _DIGITS)
