"""Cut the lines of an episode into cues, and say when each of them shows.

What one speaker says is cut on its own (`outputs.captions.line_cues`), so that no cue ever holds
two speakers. Lines that would flash by are joined before that (`outputs.captions.joined_lines`).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from outputs.captions.cue_layout import NO_LABEL, Breakable, Label, breakable
from outputs.captions.cue_limits import STANDARD, CueOptions, reading_time, width_of
from outputs.captions.cue_timing import shown
from outputs.captions.joined_lines import JoinedLines, join_lines
from outputs.captions.line_cues import Cue, PairCue, Spoken, line_cues, line_pair_cues
from outputs.markup.escaping import shorten
from outputs.record.record_lines import check_holds, join_texts, speaker_names
from outputs.record.record_types import EpisodeRecord
from podcast.language import Language
from podcast.timeline import Span

_COLON = ": "
_AnyCue = TypeVar("_AnyCue", Cue, PairCue)


def cues_in(
    record: EpisodeRecord, language: Language, options: CueOptions = STANDARD
) -> tuple[Cue, ...]:
    """Cut the text of one language into cues, in the order of their starts.

    Cues of one speaker do not overlap unless the lines do.

    Raises:
        BadInputError: The record does not hold that language.
    """
    check_holds(record, language)
    names = speaker_names(record, language)
    cues = [
        cue
        for joined in join_lines(record, options)
        for cue in line_cues(
            Spoken.of(joined.lines),
            _breakable(record, joined, language, names, options),
            options.max_duration,
        )
    ]
    needs = [reading_time(cue.rows, language, cue.label) for cue in cues]
    return _timed(cues, needs, names, record, options)


def pair_cues_in(
    record: EpisodeRecord, target: Language, options: CueOptions = STANDARD
) -> tuple[PairCue, ...]:
    """Cut both texts of every line into the same cues, in the order of their starts.

    English that has room in fewer cues than its translation is not cut for it: its rows are shown
    again. The same holds for a translation that is too short to be cut as often as the English.

    Raises:
        BadInputError: The record does not hold that language.
    """
    check_holds(record, target)
    source, names = Language(record.language), speaker_names(record, Language(record.language))
    translated = speaker_names(record, target)
    cues = [
        cue
        for joined in join_lines(record, options)
        for cue in line_pair_cues(
            Spoken.of(joined.lines),
            _breakable(record, joined, source, names, options),
            _breakable(record, joined, target, translated, options),
            options.max_duration,
        )
    ]
    needs = [
        max(
            reading_time(cue.source, source, cue.label),
            reading_time(cue.target, target, cue.label),
        )
        for cue in cues
    ]
    return _timed(cues, needs, names, record, options)


def _breakable(
    record: EpisodeRecord,
    joined: JoinedLines,
    language: Language,
    names: dict[str, str],
    options: CueOptions,
) -> Breakable:
    """Join the texts of lines in one language, with the name before them where it is wanted."""
    is_source = language.value == record.language
    texts = (
        line.text if is_source else line.translations[language.value].text for line in joined.lines
    )
    name, width = names.get(joined.lines[0].speaker, ""), options.widths[language]
    label = NO_LABEL
    if name and language in options.labelled and (joined.is_change or joined.is_overlapped):
        room = (width - width_of(_COLON, language)) / width_of("a", language)
        label = Label(shorten(name, int(room)) + _COLON, joined.is_overlapped)
    return breakable(join_texts(texts, language), language, width, label)


def _timed(
    cues: Sequence[_AnyCue],
    needs: Sequence[float],
    names: dict[str, str],
    record: EpisodeRecord,
    options: CueOptions,
) -> tuple[_AnyCue, ...]:
    """Order cues by their starts, and give each its speaker's name and the time it shows for."""
    ordered = sorted(zip(cues, needs, strict=True), key=lambda one: one[0].start)
    spans = [Span(cue.start, cue.end) for cue, _ in ordered]
    times = shown(spans, [need for _, need in ordered], record.recording.duration, options)
    return tuple(
        replace(cue, speaker=names.get(cue.speaker, ""), start=span.start, end=span.end)
        for (cue, _), span in zip(ordered, times, strict=True)
    )
