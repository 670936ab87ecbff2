"""Each promise of the product is checked: a transcript that breaks one is refused."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from podcast.errors import InvariantError
from podcast.invariants import check_decodings, check_pairs, check_transcript
from podcast.language import Language
from podcast.timeline import SpokenWord, Word
from podcast.transcript import (
    BilingualTranscript,
    DroppedWord,
    Line,
    LinePair,
    Transcript,
    Translation,
)

DURATION = 10.0
SPOKEN = (
    SpokenWord(Word(1.0, 1.4, "Give", 0.9), "Speaker 1"),
    SpokenWord(Word(1.5, 1.9, "us", 0.9), "Speaker 1"),
    SpokenWord(Word(2.5, 2.9, "Yeah.", 0.9), "Speaker 2"),
)
FIRST = Line(
    "0001", 1.0, 1.9, "Speaker 1", 1.0, "Give us", "", (), (SPOKEN[0].word, SPOKEN[1].word)
)
SECOND = Line("0002", 2.5, 2.9, "Speaker 2", 1.0, "Yeah.", "", (), (SPOKEN[2].word,))
GOOD = Transcript(Language.EN, (FIRST, SECOND))


def bilingual(*texts: str, lines: tuple[Line, ...] = GOOD.lines) -> BilingualTranscript:
    pairs = tuple(
        LinePair(line, Translation(text, "model")) for line, text in zip(lines, texts, strict=True)
    )
    return BilingualTranscript(Language.EN, Language.KO, Translation("제목", "model"), pairs)


def test_a_sound_transcript_passes() -> None:
    check_transcript(GOOD, SPOKEN, DURATION)
    check_pairs(GOOD, [bilingual("주세요", "네.")])


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (Transcript(Language.EN, (FIRST,)), "lost"),
        (Transcript(Language.EN, (SECOND, FIRST)), "starts before"),
        (Transcript(Language.EN, (replace(FIRST, speaker="Speaker 2"), SECOND)), "never said"),
        (Transcript(Language.EN, (replace(FIRST, end=11.0), SECOND)), "runs from"),
        (Transcript(Language.EN, (replace(FIRST, start=-0.1), SECOND)), "runs from"),
        (Transcript(Language.EN, (replace(FIRST, end=1.0), SECOND)), "runs from"),
        (Transcript(Language.EN, (replace(FIRST, text="Give it"), SECOND)), "not its words"),
        (Transcript(Language.EN, (FIRST, SECOND, replace(SECOND, id="0003"))), "added"),
        (
            Transcript(Language.EN, (FIRST, SECOND), (DroppedWord(SPOKEN[2].word, "loop"),)),
            "added",
        ),
    ],
)
def test_a_broken_transcript_is_refused(broken: Transcript, says: str) -> None:
    with pytest.raises(InvariantError, match=says):
        check_transcript(broken, SPOKEN, DURATION)


def test_a_dropped_word_counts_as_kept() -> None:
    transcript = Transcript(Language.EN, (FIRST,), (DroppedWord(SPOKEN[2].word, "loop"),))

    check_transcript(transcript, SPOKEN, DURATION)


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (lambda: bilingual("주세요", " "), "empty"),
        (lambda: bilingual("주세요", "네.\n네."), "two lines"),
        (lambda: bilingual("주세요", lines=(FIRST,)), "not the English rows"),
        (lambda: bilingual("네.", "주세요", lines=(SECOND, FIRST)), "not the English rows"),
    ],
)
def test_broken_pairs_are_refused(break_it: Callable[[], BilingualTranscript], says: str) -> None:
    with pytest.raises(InvariantError, match=says):
        check_pairs(GOOD, [break_it()])


GIVE, US, YEAH = (spoken.word for spoken in SPOKEN)
GAVE = Word(1.0, 1.3, "Gave", 0.8)


def test_a_word_may_be_kept_dropped_or_taken_from_the_second_hearing() -> None:
    check_decodings([GIVE, US, YEAH], [GAVE], kept=[GAVE, US, YEAH], dropped=[GIVE])


@pytest.mark.parametrize(
    ("kept", "dropped", "says"),
    [
        ([GIVE, US], [], "lost .'Yeah.'"),
        ([GIVE, US, YEAH, YEAH], [], "added .'Yeah.'"),
        ([GIVE, US, YEAH], [YEAH], "added .'Yeah.'"),
        ([GIVE, US, YEAH], [GAVE], "added .'Gave'"),
    ],
)
def test_no_recognised_word_vanishes_or_appears_between_two_decodings(
    kept: list[Word], dropped: list[Word], says: str
) -> None:
    with pytest.raises(InvariantError, match=says):
        check_decodings([GIVE, US, YEAH], [GAVE], kept, dropped)
