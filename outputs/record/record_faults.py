"""Find what is wrong in a record that has the right form: times, speakers, languages, cells. Pure.

A record comes from a disk, perhaps by way of an editor. What contradicts itself is not rendered.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from math import isfinite

from outputs.linepairs import MARK
from outputs.markup.page_labels import all_labels
from outputs.markup.pair_order import PairOrder
from outputs.record.record_types import EpisodeRecord, RecordedLine
from podcast.invariants import TOLERANCE
from podcast.language import TARGETS, Language
from podcast.timeline import Interval
from podcast.transcript import Translation

WINDOW = 30.0
"""Seconds that models may hear beyond the end: they fill up their last window with silence."""

Fault = tuple[str, str]
"""Where in the document, as in JSONPath, and what is wrong there."""


def faults_of(record: EpisodeRecord) -> Iterator[Fault]:
    """Yield what is wrong in a record, in the order of its fields."""
    duration = record.recording.duration
    yield from _cell("show", record.label + record.show)
    if (record.label + record.show).startswith(MARK):
        yield "show", "it begins with a byte order mark"
    yield from _cell("title", record.title)
    yield from _languages(record)
    if not (isfinite(duration) and duration >= 0):
        yield "recording.duration", f"{duration} is no length in seconds"
    yield from _speakers(record)
    for name in ("turns", "overlaps", "segments"):
        yield from _stretches(name, getattr(record, name), duration + WINDOW)
    yield from _lines(record)
    yield from _stretches("dropped", [d.word for d in record.dropped], duration + WINDOW)
    yield from _figures(record)
    if record.rendering.interface not in all_labels():
        yield "rendering.interface", f"there are no pages in {record.rendering.interface!r}"
    if record.rendering.order not in list(PairOrder):
        yield "rendering.order", f"{record.rendering.order!r} is no order of two languages"


def _languages(record: EpisodeRecord) -> Iterator[Fault]:
    if record.language not in list(Language):
        yield "language", f"{record.language!r} is no language that is known here"
    for code, title in record.titles.items():
        if code not in TARGETS:
            yield f"titles.{code}", "this is no target language"
        yield from _translation(f"titles.{code}", title)


def _speakers(record: EpisodeRecord) -> Iterator[Fault]:
    yield from _twice("speakers", [speaker.id for speaker in record.speakers])
    for n, speaker in enumerate(record.speakers):
        yield from _cell(f"speakers[{n}].id", speaker.id)
        yield from _cell(f"speakers[{n}].name", speaker.name)


def _lines(record: EpisodeRecord) -> Iterator[Fault]:
    known = {speaker.id for speaker in record.speakers}
    if not record.lines:
        yield "lines", "there is none"
    yield from _twice("lines", [line.id for line in record.lines])
    yield from _stretches("lines", record.lines, record.recording.duration + TOLERANCE)
    for n, line in enumerate(record.lines):
        yield from _line(f"lines[{n}]", line, known, record)


def _line(
    place: str, line: RecordedLine, known: Collection[str], record: EpisodeRecord
) -> Iterator[Fault]:
    yield from _cell(f"{place}.id", line.id)
    if line.start == line.end:
        yield f"{place}.end", f"{line.end} is its start as well"
    for who, field in ((line.speaker, "speaker"), (line.before and line.before.speaker, "before")):
        if who is not None and who not in known:
            yield f"{place}.{field}", f"{who!r} is none of the speakers"
    yield from _share(f"{place}.speaker_confidence", line.speaker_confidence)
    yield from _cell(f"{place}.text", line.text)
    if not line.words:
        yield f"{place}.words", "there is none"
    yield from _stretches(f"{place}.words", line.words, record.recording.duration + TOLERANCE)
    for n, word in enumerate(line.words):
        yield from _share(f"{place}.words[{n}].probability", word.probability)
    for code in record.titles.keys() ^ line.translations.keys():
        yield f"{place}.translations.{code}", "it is not in all lines and the title"
    for code, translation in line.translations.items():
        yield from _translation(f"{place}.translations.{code}", translation)


def _figures(record: EpisodeRecord) -> Iterator[Fault]:
    """Check that the figures that are only kept can be written again: JSON has no infinity."""
    for n, segment in enumerate(record.segments):
        for name in ("avg_logprob", "no_speech_prob", "compression_ratio"):
            yield from _finite(f"segments[{n}].{name}", getattr(segment, name))
    for n, dropped in enumerate(record.dropped):
        yield from _finite(f"dropped[{n}].word.probability", dropped.word.probability)
    for stage, options in record.provenance.options.items():
        for name, value in options.items():
            if isinstance(value, float):
                yield from _finite(f"provenance.options.{stage}.{name}", value)


def _stretches(place: str, stretches: Sequence[Interval], last: float) -> Iterator[Fault]:
    """Check that times are times, within the recording, and in order."""
    for n, one in enumerate(stretches):
        if not 0 <= one.start <= one.end <= last:  # nor is anything that is no number
            yield f"{place}[{n}]", f"it runs from {one.start} to {one.end} s of {last:.3f} s"
    for n, (before, after) in enumerate(pairwise(stretches), start=1):
        if after.start < before.start:
            yield f"{place}[{n}].start", f"{after.start} is before the start of the one above it"


def _translation(place: str, translation: Translation) -> Iterator[Fault]:
    return _cell(f"{place}.text", translation.text)


def _cell(place: str, text: str) -> Iterator[Fault]:
    if not text.strip():
        yield place, "it is empty"
    elif text.splitlines() != [text] or "\0" in text:
        yield place, f"{text!r} is not one line"


def _finite(place: str, value: float) -> Iterator[Fault]:
    if not isfinite(value):
        yield place, f"{value} is no number"


def _share(place: str, value: float) -> Iterator[Fault]:
    if not 0 <= value <= 1:
        yield place, f"{value} is not between 0 and 1"


def _twice(place: str, ids: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for n, id_ in enumerate(ids):
        if id_ in seen:
            yield f"{place}[{n}].id", f"{id_!r} is there already"
        seen.add(id_)
