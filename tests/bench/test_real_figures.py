"""What `bench.real` says of a transcript."""

from pathlib import Path

import pytest

from bench.real.figures import Transcribed, figures, wordless
from bench.real.samples import Sample
from outputs.scoring.references import ReferenceFormat, parse_reference
from podcast.timeline import Span, SpeakerTurn, SpokenWord, Word

STM = "talk 1 A 0.0 2.0 one two three\ntalk 1 B 4.0 6.0 four five\n"
A, B = SpeakerTurn(0.0, 2.0, "Speaker 1"), SpeakerTurn(4.0, 6.0, "Speaker 2")


def said(*words: tuple[float, str, str]) -> tuple[SpokenWord, ...]:
    return tuple(SpokenWord(Word(t, t + 0.5, text, 1.0), speaker) for t, text, speaker in words)


ALL = said(
    (0.1, "One", "Speaker 1"),
    (0.7, "two", "Speaker 1"),
    (1.4, "three.", "Speaker 1"),
    (4.3, "Four,", "Speaker 2"),
    (5.2, "five.", "Speaker 2"),
)


@pytest.fixture
def sample() -> Sample:
    return Sample(Path("talk.mp3"), (parse_reference(STM, "talk.stm", ReferenceFormat.STM),))


def test_a_perfect_transcript_has_no_errors_and_all_speakers(sample: Sample) -> None:
    made = Transcribed("somebody", ALL, (A, B), {})

    found = figures(made, sample, sample.utterances)

    assert (found.wer, found.cpwer, found.der, found.wordless) == (0, 0, 0, 0)
    assert (found.speakers, found.true_speakers) == (2, 2)


def test_a_word_of_the_wrong_speaker_is_an_error_of_the_speakers_alone(sample: Sample) -> None:
    words = (*ALL[:-1], *said((5.2, "five.", "Speaker 1")))

    found = figures(Transcribed("somebody", words, (A, B), {}), sample, sample.utterances)

    assert (found.wer, found.cpwer) == (0, 2 / 5)


def test_lines_begin_as_late_as_their_first_words(sample: Sample) -> None:
    found = figures(Transcribed("somebody", ALL, (A, B), {}), sample, sample.utterances)

    assert found.late == pytest.approx((0.1 + 0.3) / 2)


def test_what_somebody_does_not_tell_is_not_measured(sample: Sample) -> None:
    words, turns = Transcribed("ear", ALL, None, {}), Transcribed("eye", None, (A, B), {})

    heard, seen = (figures(made, sample, sample.utterances) for made in (words, turns))

    assert (heard.wer, heard.cpwer, heard.der, heard.speakers) == (0, None, None, None)
    assert (seen.wer, seen.cpwer, seen.der, seen.wordless) == (None, None, 0, None)


def test_nothing_heard_is_all_wrong(sample: Sample) -> None:
    found = figures(Transcribed("somebody", (), (), {}), sample, sample.utterances)

    assert (found.wer, found.der, found.wordless, found.speakers) == (1, 1, 4, 0)


def test_false_alarms_after_the_reference_count(sample: Sample) -> None:
    turns = (A, B, SpeakerTurn(6.0, 8.0, "Speaker 1"))

    found = figures(Transcribed("somebody", ALL, turns, {}), sample, sample.utterances)

    assert found.der == pytest.approx(2 / 4)


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ([], 10.0),
        ([Span(0.0, 10.0)], 0.0),
        ([Span(1.0, 2.0), Span(3.0, 9.0)], 0.0),
        ([Span(0.0, 1.0), Span(4.0, 10.0)], 3.0),
        ([Span(2.0, 8.0)], 4.0),
        ([Span(20.0, 21.0)], 10.0),
    ],
    ids=["none", "all", "pauses", "a gap inside", "both ends", "elsewhere"],
)
def test_speech_without_words_is_what_lasts_longer_than_a_pause(
    words: list[Span], seconds: float
) -> None:
    assert wordless([Span(0.0, 10.0)], words) == seconds


def test_silence_between_turns_is_no_speech_without_words() -> None:
    assert wordless([Span(0.0, 1.0), Span(30.0, 31.0)], [Span(0.0, 1.0), Span(30.0, 31.0)]) == 0
