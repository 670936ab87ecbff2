"""Cut the lines of an episode into cues, and say when each of them shows.

Every line is cut on its own (`outputs.line_cues`), so that no cue ever holds two speakers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from outputs.cue_layout import breakable
from outputs.cue_limits import STANDARD, CueOptions
from outputs.cue_timing import shown
from outputs.line_cues import Cue, PairCue, Spoken, line_cues, line_pair_cues
from outputs.recorded import EpisodeRecord
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.timeline import Span, Word

_AnyCue = TypeVar("_AnyCue", Cue, PairCue)


def cues_in(
    record: EpisodeRecord, language: Language, options: CueOptions = STANDARD
) -> tuple[Cue, ...]:
    """Cut the text of one language into cues, in the order of their starts.

    Cues of one speaker do not overlap unless the lines do.

    Raises:
        BadInputError: The record does not hold that language.
    """
    width, longest = options.widths[language], options.max_duration
    cues = [
        cue
        for line, text in zip(record.lines, _texts(record, language), strict=True)
        for cue in line_cues(Spoken.of(line), breakable(text, language, width), longest)
    ]
    return tuple(
        replace(cue, speaker=name, start=span.start, end=span.end, words=_within(cue.words, span))
        for cue, name, span in _timed(record, cues, options)
    )


def pair_cues_in(
    record: EpisodeRecord, target: Language, options: CueOptions = STANDARD
) -> tuple[PairCue, ...]:
    """Cut both texts of every line into the same cues, in the order of their starts.

    A text that is too short to be cut into as many cues as the other one stays: the rows of its
    last cue are shown again.

    Raises:
        BadInputError: The record does not hold that language.
    """
    source = Language(record.language)
    texts = zip(record.lines, _texts(record, source), _texts(record, target), strict=True)
    cues = [
        cue
        for line, said, translated in texts
        for cue in line_pair_cues(
            Spoken.of(line),
            breakable(said, source, options.widths[source]),
            breakable(translated, target, options.widths[target]),
            options.max_duration,
        )
    ]
    return tuple(
        replace(cue, speaker=name, start=span.start, end=span.end)
        for cue, name, span in _timed(record, cues, options)
    )


def _texts(record: EpisodeRecord, language: Language) -> list[str]:
    if language.value == record.language:
        return [line.text for line in record.lines]
    if language.value not in record.titles:
        raise BadInputError(f"The record of {record.title!r} holds no {language.label}.")
    return [line.translations[language.value].text for line in record.lines]


def _timed(
    record: EpisodeRecord, cues: Sequence[_AnyCue], options: CueOptions
) -> Iterator[tuple[_AnyCue, str, Span]]:
    """Put cues into the order of their starts; yield each with its speaker's name and its time."""
    names = {speaker.id: speaker.name for speaker in record.speakers}
    ordered = sorted(cues, key=lambda cue: cue.start)
    spans = shown(
        [Span(cue.start, cue.end) for cue in ordered],
        [cue.line for cue in ordered],
        record.recording.duration,
        options,
    )
    for cue, span in zip(ordered, spans, strict=True):
        yield cue, names.get(cue.speaker, ""), span


def _within(words: Sequence[Word], span: Span) -> tuple[Word, ...]:
    """Keep words within the time of their cue, which may be shorter than they are."""
    return tuple(
        word
        if span.start <= word.start and word.end <= span.end
        else replace(
            word,
            start=min(max(word.start, span.start), span.end),
            end=min(max(word.end, span.start), span.end),
        )
        for word in words
    )
