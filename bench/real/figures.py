"""Measure a transcript of a recording, whoever made it."""

import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bench.real.samples import Sample
from demo.scores import start_errors
from outputs.record.record_types import EpisodeRecord, Provenance, RecordedLine, RecordedSound
from outputs.scoring.references import Reference
from outputs.scoring.scores import Measure, score
from podcast.intervals import merge_spans
from podcast.timeline import Interval, SpeakerTurn, SpokenWord, Word

LONGEST_PAUSE = 1.5
"""Seconds that people who speak say nothing. In a longer stretch of speech, words are missing."""


@dataclass(frozen=True, slots=True)
class Transcribed:
    """What came out, and what it took.

    Attributes:
        by: Who did it.
        words: With their speakers; None from who hears none. Without a speaker it is "".
        turns: Who speaks when; None from who does not tell.
        n_lines: How many lines that makes.
        fast: English cues that are to be read too fast, of how many.
        seconds: Stage -> CPU seconds.
    """

    by: str
    words: tuple[SpokenWord, ...] | None
    turns: tuple[SpeakerTurn, ...] | None
    seconds: dict[str, float]
    n_lines: int | None = None
    fast: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be measured of it; None stands for what cannot.

    Attributes:
        wer: Word error rate.
        cpwer: The same, where a word of the wrong speaker is wrong.
        der: Diarization error rate.
        speakers: Found.
        true_speakers: There are.
        wordless: Seconds of speech without words.
        late: Seconds, the median error of where a reference's line begins.
    """

    wer: float | None
    cpwer: float | None
    der: float | None
    speakers: int | None
    true_speakers: int | None
    wordless: float | None
    late: float | None


def figures(made: Transcribed, sample: Sample, speech: Sequence[Interval]) -> Figures:
    """Measure a transcript against the references of its recording.

    Args:
        made: The transcript.
        sample: The recording.
        speech: Where people speak in it.
    """
    rates = _rates(made, sample.references)
    return Figures(
        wer=rates.get("WER"),
        cpwer=rates.get("cpWER"),
        der=rates.get("DER"),
        speakers=_count_speakers(made),
        true_speakers=len({one.speaker for one in sample.utterances}) or None,
        wordless=None if made.words is None or not speech else wordless(speech, _bare(made.words)),
        late=_late(made, sample),
    )


def _count_speakers(made: Transcribed) -> int | None:
    """Count who has a line, or a turn where there are no lines."""
    if made.turns is None:
        return None
    return len({one.speaker for one in (made.turns if made.words is None else made.words)})


def wordless(speech: Sequence[Interval], words: Sequence[Interval]) -> float:
    """Return the seconds of speech in stretches without a word that are longer than a pause."""
    said = merge_spans(words)
    pauses = (pause for span in merge_spans(speech) for pause in _pauses(span, said))
    return sum(pause for pause in pauses if pause > LONGEST_PAUSE)


def _pauses(speech: Interval, said: Iterable[Interval]) -> Iterator[float]:
    before = speech.start
    for span in said:
        if span.end > speech.start and span.start < speech.end:
            yield span.start - before
            before = span.end
    yield speech.end - before


def _rates(made: Transcribed, references: Iterable[Reference]) -> dict[str, float]:
    record, told = _as_record(made), set(_told(made))
    measured = (measure for reference in references for measure in score(record, reference))
    return {m.name: m.value for m in measured if isinstance(m, Measure) and m.name in told}


def _told(made: Transcribed) -> Iterator[str]:
    if made.words is not None:
        yield "WER"
    if made.turns is not None:
        yield "DER"
    if made.words is not None and made.turns is not None:
        yield "cpWER"


def _as_record(made: Transcribed) -> EpisodeRecord:
    """Put words into what is scored, each in a line of its own."""
    end = max((turn.end for turn in made.turns or ()), default=0.0)
    return replace(
        NOTHING,
        recording=replace(NOTHING.recording, duration=end),
        turns=made.turns or (),
        lines=tuple(_line(word) for word in made.words or ()),
    )


def _line(spoken: SpokenWord) -> RecordedLine:
    word = spoken.word
    text = word.text
    return RecordedLine(
        *("", word.start, word.end, spoken.speaker, spoken.confidence, text, text, (), (word,), {})
    )


def _late(made: Transcribed, sample: Sample) -> float | None:
    """Only the first word of what somebody says has a time in a reference."""
    spoken = [
        Word(math.nan if n else one.start, math.nan, text, 1.0)
        for one in sample.utterances
        for n, text in enumerate(one.text.split())
    ]
    errors = start_errors(spoken, _bare(made.words or ()))
    known = [abs(error) for error in errors if not math.isnan(error)]
    return statistics.median(known) if known else None


def _bare(words: Iterable[SpokenWord]) -> list[Word]:
    return [spoken.word for spoken in words]


NOTHING = EpisodeRecord(
    schema_version=1,
    show="",
    label="",
    title="",
    titles={},
    language="en",
    recording=RecordedSound("", "", 0.0, is_partial=False),
    speakers=(),
    turns=(),
    overlaps=(),
    segments=(),
    lines=(),
    dropped=(),
    provenance=Provenance({}, {}, {}),
)
"""The record of an episode of which nobody knows anything."""
