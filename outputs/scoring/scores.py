"""Score a record against a reference: WER, cpWER, DER, and chrF of the translations.

What a reference does not tell is left out, and why is said. The libraries that count are those of
the field: jiwer, pyannote.metrics and sacrebleu.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from outputs.record.record_types import EpisodeRecord, RecordedLine
from outputs.scoring.references import Reference, Utterance
from outputs.scoring.word_errors import count_word_errors, normalise_words, speaker_word_errors
from podcast.timeline import Interval, SpeakerTurn

Value = str | int | float


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """How to score.

    Attributes:
        collar: Seconds on each side of every boundary of the reference that DER does not count.
        skip_overlap: Whether DER leaves out where several people speak in the reference.
    """

    collar: float = 0.0
    skip_overlap: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure.

    Attributes:
        name: "WER", "cpWER", "DER", or "chrF" with a language code.
        value: Of error rates the rate, where 0 is best; of chrF 0 to 100, where 100 is best.
        says: What it is made of, and how it was measured.
        parts: The same as data.
    """

    name: str
    value: float
    says: str
    parts: dict[str, Value]

    @property
    def shown(self) -> str:
        """The value as people write it."""
        return f"{self.value:.1f}" if self.name.startswith("chrF") else f"{self.value:.1%}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A figure that cannot be measured, and why."""

    name: str
    why: str


def score(
    record: EpisodeRecord, reference: Reference, options: ScoreOptions | None = None
) -> tuple[Measure | LeftOut, ...]:
    """Measure what the reference allows, in the order WER, cpWER, DER, chrF."""
    options = options or ScoreOptions()
    lines = [line for line in record.lines if not _is_ignored(line, reference)]
    return (
        _word_errors(lines, reference),
        _speaker_word_errors(lines, reference),
        _diarization_errors(record, reference, options),
        _translation_score(record, reference),
    )


def _word_errors(lines: Sequence[RecordedLine], reference: Reference) -> Measure | LeftOut:
    if reference.text is None:
        return LeftOut("WER", f"{reference.name} holds no words")
    spoken = normalise_words(reference.text)
    if not spoken:
        return LeftOut("WER", f"{reference.name} holds no spoken words")
    found = count_word_errors(spoken, normalise_words(" ".join(line.text for line in lines)))
    n_words = len(spoken.split())
    parts: dict[str, Value] = {"words": n_words, **asdict(found)}
    says = (
        f"of {n_words:,} words: {found.substitutions:,} wrong, {found.deletions:,} missed, "
        f"{found.insertions:,} too many"
    )
    return Measure("WER", found.total / n_words, says, parts)


def _speaker_word_errors(lines: Sequence[RecordedLine], reference: Reference) -> Measure | LeftOut:
    if reference.text is None:
        return LeftOut("cpWER", f"{reference.name} holds no words")
    if not reference.utterances:
        return LeftOut("cpWER", f"{reference.name} does not say who speaks")
    spoken = _by_speaker(reference.utterances)
    n_words = sum(len(text.split()) for text in spoken.values())
    if not n_words:
        return LeftOut("cpWER", f"{reference.name} holds no spoken words")
    recognised = _by_speaker(lines)
    errors = speaker_word_errors(spoken, recognised)
    parts: dict[str, Value] = {
        "words": n_words,
        "errors": errors,
        "speakers": len(spoken),
        "speakers_found": len(recognised),
    }
    says = (
        f"of {n_words:,} words: {errors:,} wrong, missed or of another speaker; "
        f"{len(recognised)} speakers found of {len(spoken)}"
    )
    return Measure("cpWER", errors / n_words, says, parts)


def _diarization_errors(
    record: EpisodeRecord, reference: Reference, options: ScoreOptions
) -> Measure | LeftOut:
    if not reference.utterances:
        return LeftOut("DER", f"{reference.name} does not say who speaks when")
    found = _count_diarization(record, reference, options)
    if not found["total"]:
        return LeftOut("DER", "nothing is left outside the collar and the overlaps")
    parts: dict[str, Value] = {
        "seconds": round(found["total"], 3),
        "missed": round(found["missed detection"], 3),
        "false_alarm": round(found["false alarm"], 3),
        "confusion": round(found["confusion"], 3),
        "collar": options.collar,
        "overlap": "skipped" if options.skip_overlap else "counted",
    }
    says = (
        f"of {parts['seconds']:.1f} s: {parts['missed']:.1f} s missed, "
        f"{parts['false_alarm']:.1f} s false alarm, {parts['confusion']:.1f} s of another speaker; "
        f"collar {options.collar:g} s on each side, overlap {parts['overlap']}"
    )
    return Measure("DER", found["diarization error rate"], says, parts)


def _count_diarization(
    record: EpisodeRecord, reference: Reference, options: ScoreOptions
) -> dict[str, float]:
    from pyannote.core import Segment, Timeline
    from pyannote.metrics.diarization import DiarizationErrorRate

    end = max(record.recording.duration, *(one.end for one in reference.utterances))
    ignored = Timeline([Segment(span.start, span.end) for span in reference.ignored])
    measured = ignored.gaps(support=Timeline([Segment(0.0, end)]))
    # Here a collar is the whole width around a boundary.
    metric = DiarizationErrorRate(collar=2 * options.collar, skip_overlap=options.skip_overlap)
    spoken, diarized = _annotation(reference.utterances), _annotation(record.turns)
    found: dict[str, float] = metric(spoken, diarized, uem=measured, detailed=True)
    return found


def _annotation(turns: Sequence[Utterance | SpeakerTurn]) -> Any:
    """Put turns into pyannote's form; those of one person that overlap become one."""
    from pyannote.core import Annotation, Segment

    annotation = Annotation()
    for number, turn in enumerate(turns):
        annotation[Segment(turn.start, turn.end), number] = turn.speaker
    return annotation.support()


def _translation_score(record: EpisodeRecord, reference: Reference) -> Measure | LeftOut:
    from sacrebleu import corpus_chrf

    if reference.language is None or not reference.translations:
        return LeftOut("chrF", f"{reference.name} holds no translations")
    code, expected = reference.language.value, list(reference.translations)
    if code not in record.titles:
        return LeftOut(f"chrF {code}", f"the record holds no {reference.language.label}")
    rows = [line.translations[code].text for line in record.lines]
    is_by_row = len(rows) == len(expected)
    if not is_by_row:
        rows, expected = ["\n".join(rows)], ["\n".join(expected)]
    value = float(corpus_chrf(rows, [expected]).score)
    parts: dict[str, Value] = {
        "level": "row" if is_by_row else "document",
        "rows": len(record.lines),
        "rows_of_reference": len(reference.translations),
    }
    return Measure(f"chrF {code}", value, _level(parts), parts)


def _level(parts: Mapping[str, Value]) -> str:
    if parts["level"] == "row":
        return f"row by row, {parts['rows']:,} rows"
    return (
        f"as one text, since the record has {parts['rows']:,} rows and the reference "
        f"{parts['rows_of_reference']:,}"
    )


def _by_speaker(said: Sequence[Utterance | RecordedLine]) -> dict[str, str]:
    """Join what each person says, normalised, in the order given."""
    texts: dict[str, list[str]] = {}
    for one in said:
        texts.setdefault(one.speaker, []).append(one.text)
    return {speaker: normalise_words(" ".join(parts)) for speaker, parts in texts.items()}


def _is_ignored(line: Interval, reference: Reference) -> bool:
    middle = (line.start + line.end) / 2
    return any(span.start <= middle < span.end for span in reference.ignored)
