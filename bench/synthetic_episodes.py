"""Make episodes up: talk from the demo's grammar, timed as people speak, in three languages."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from random import Random

from demo.training.grammar import Sentence, corpus
from outputs.record.episode_record import build_record
from outputs.record.record_types import EpisodeRecord, Provenance, RecordedSpeaker
from podcast.dates import parse_date
from podcast.editing.corrections import Applied
from podcast.language import Language
from podcast.recognition import Recognition
from podcast.recording import Episode, Recording
from podcast.timeline import Diarization, Segment, SpeakerTurn, Word
from podcast.transcript import BilingualTranscript, Line, LinePair, Transcript, Translation

TARGETS = (Language.KO, Language.ZH, Language.JA)
SPEAKERS = ("Speaker 1", "Speaker 2", "Speaker 3")

LETTERS_PER_SECOND = 15
"""Of somebody who talks."""

STAYS = 0.7
"""How often the next line is by the same person."""


def synthetic_episode(number: int, n_lines: int) -> EpisodeRecord:
    """Make up an episode; the same number makes the same one."""
    random = Random(number)
    drawn = corpus(n_lines + 1, seed=number, repeats=10)
    title, sentences = drawn[0], drawn[1:]
    lines = tuple(_lines(sentences, random))
    recording = Recording(Path("sound.wav"), f"{number:064x}", lines[-1].end + 5, "episode.mp3")
    return build_record(
        Episode("Open Ears", title.en, guid=str(number), published_at=_date(number)),
        Recognition(
            recording, Diarization(tuple(_turns(lines)), (), ()), tuple(map(_segment, lines))
        ),
        [RecordedSpeaker(speaker, speaker, "") for speaker in SPEAKERS],
        Applied(Transcript(Language.EN, lines), (), ()),
        [_translated(title, sentences, lines, target) for target in TARGETS],
        Provenance({}, {}, {}),
    )


def _lines(sentences: list[Sentence], random: Random) -> Iterator[Line]:
    now, speaker = 1.0, SPEAKERS[0]
    for number, sentence in enumerate(sentences, start=1):
        words = tuple(_words(sentence.en, now, random))
        yield Line(f"{number:04}", now, words[-1].end, speaker, 1.0, sentence.en, "", (), words)
        now = round(words[-1].end + random.uniform(0.1, 0.8), 2)
        speaker = speaker if random.random() < STAYS else random.choice(SPEAKERS)


def _words(text: str, start: float, random: Random) -> Iterator[Word]:
    for word in text.split():
        end = round(start + (len(word) + 1) / LETTERS_PER_SECOND, 2)
        yield Word(start, end, word, round(random.uniform(0.6, 1.0), 3))
        start = end


def _turns(lines: tuple[Line, ...]) -> Iterator[SpeakerTurn]:
    for speaker, group in groupby(lines, key=attrgetter("speaker")):
        said = list(group)
        yield SpeakerTurn(said[0].start, said[-1].end, speaker)


def _segment(line: Line) -> Segment:
    return Segment(line.start, line.end, line.text, line.words, -0.2, 0.01, 1.2)


def _translated(
    title: Sentence, sentences: list[Sentence], lines: tuple[Line, ...], target: Language
) -> BilingualTranscript:
    def translation(sentence: Sentence) -> Translation:
        return Translation(getattr(sentence, target.value), "model")

    pairs = zip(lines, map(translation, sentences), strict=True)
    rows = tuple(LinePair(line, cell) for line, cell in pairs)
    return BilingualTranscript(Language.EN, target, translation(title), rows)


def _date(number: int) -> str:
    return parse_date(f"{2000 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}")
