"""How well the demo episode was recognised, attributed and translated, measured by its script."""

import difflib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jiwer
import sacrebleu
from pyannote.core import Annotation, Timeline
from pyannote.core import Segment as Stretch
from pyannote.metrics.diarization import DiarizationErrorRate

from outputs.record.record_types import EpisodeRecord
from podcast.language import Language
from podcast.timeline import Word

EPISODE = Path(__file__).parent / "episode"


@dataclass(frozen=True, slots=True)
class Truth:
    """The ground truth of the demo episode, as its script and its synthesiser say."""

    title: dict[str, str]
    lines: tuple[dict[str, Any], ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """Every spoken word in time order of its line."""
        return tuple(
            Word(start, end, text, 1.0) for line in self.lines for text, start, end in line["words"]
        )


def load_truth() -> Truth:
    """Read the ground truth."""
    document = json.loads((EPISODE / "truth.json").read_text(encoding="utf-8"))
    return Truth(document["title"], tuple(document["lines"]))


def word_error_rate(spoken: Sequence[str], recognised: Sequence[str]) -> float:
    """Compare words without case and punctuation."""
    return float(jiwer.wer(bare(" ".join(spoken)), bare(" ".join(recognised))))


def start_errors(spoken: Sequence[Word], recognised: Sequence[Word]) -> list[float]:
    """Return recognised minus spoken start, in seconds, of every word that was recognised right."""
    a, b = [bare(w.text) for w in spoken], [bare(w.text) for w in recognised]
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return [
        recognised[block.b + n].start - spoken[block.a + n].start
        for block in blocks
        for n in range(block.size)
    ]


def diarization_error(record: EpisodeRecord, truth: Truth) -> tuple[float, int, int]:
    """Return the DER (no collar, overlap counted), the speakers found and those there are."""
    reference, hypothesis = Annotation(), Annotation()
    for n, line in enumerate(truth.lines):
        reference[Stretch(line["start"], line["end"]), n] = line["voice"]
    for n, turn in enumerate(record.turns):
        hypothesis[Stretch(turn.start, turn.end), n] = turn.speaker
    whole = Timeline([Stretch(0.0, record.recording.duration)])
    der = DiarizationErrorRate()(reference, hypothesis, uem=whole)
    return float(der), len(hypothesis.labels()), len(reference.labels())


def lines_kept(record: EpisodeRecord, truth: Truth) -> float:
    """Return the share of script lines that are one line of one steady speaker on the page."""
    voices = _voice_of_speaker(record, truth)
    spoken = [f"{line['voice']} {line['text']}" for line in truth.lines]
    read = [f"{voices.get(line.speaker)} {line.text}" for line in record.lines]
    matcher = difflib.SequenceMatcher(None, spoken, read, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(spoken)


def translation_scores(
    record: EpisodeRecord, truth: Truth, language: Language
) -> tuple[float, float]:
    """Return the share of exact rows (title included) and the chrF of the whole text."""
    code = language.value
    expected = [truth.title[code], *(str(line[code]) for line in truth.lines)]
    rows = [line.translations[code].text for line in record.lines]
    got = [record.titles[code].text, *rows]
    matcher = difflib.SequenceMatcher(None, expected, got, autojunk=False)
    exact = sum(block.size for block in matcher.get_matching_blocks()) / len(expected)
    chrf = sacrebleu.corpus_chrf(["\n".join(got)], [["\n".join(expected)]]).score
    return exact, float(chrf)


def _voice_of_speaker(record: EpisodeRecord, truth: Truth) -> dict[str, str]:
    """Map each speaker to the voice with which it shares most lines by their text."""
    votes: dict[tuple[str, str], int] = {}
    voice_of = {str(line["text"]): str(line["voice"]) for line in truth.lines}
    for line in record.lines:
        if line.text in voice_of:
            key = (line.speaker, voice_of[line.text])
            votes[key] = votes.get(key, 0) + 1
    return dict(sorted(votes, key=lambda key: votes[key]))


def bare(text: str) -> str:
    """Return a text without what does not count: case and punctuation."""
    return " ".join(re.sub(r"[^a-z0-9. ]", "", text.lower()).replace(". ", " ").strip(". ").split())
