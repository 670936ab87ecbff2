"""Who speaks by the transcript is brought together with whom the diarizer heard."""

from collections.abc import Callable
from typing import Any

from podcast.timeline import SpokenWord
from speech.publisher.publisher_speakers import names_in, speakers_of, with_labels

Say = Callable[..., tuple[SpokenWord, ...]]


def test_a_label_means_the_speaker_who_says_most_of_its_words(say: Say) -> None:
    spoken = say(("A", "one two three four"), ("B", "five six seven"))
    labels = ["Bo", "Ann", "Ann", "Ann", "Bo", "Bo", "Bo"]

    meant = speakers_of(spoken, labels)
    labelled = with_labels(spoken, labels, meant)

    assert meant == {"Ann": "A", "Bo": "B"}
    assert [w.speaker for w in labelled] == list("BAAABBB")
    assert {w.confidence for w in labelled} == {1.0}


def test_words_without_a_label_stay_with_whom_the_diarizer_heard(say: Say) -> None:
    spoken = say(("A", "one two"), ("B", "three"))

    assert with_labels(spoken, ["", "Ann", ""], {"Ann": "A"}) == spoken
    assert with_labels(spoken, (), {}) == spoken


def test_somebody_whom_the_diarizer_took_for_another_gets_an_id(say: Say) -> None:
    spoken = say(("Speaker 1", "one two three"))

    assert speakers_of(spoken, ["Ann", "Ann", "Bo"]) == {"Ann": "Speaker 1", "Bo": "Speaker 2"}


def test_labels_that_name_nobody_are_no_names() -> None:
    labels: Any = ("Ann Lee", "Speaker 1", "SPEAKER_01", "Host", "guest 2", "Hostetler")
    meant = {label: f"id {n}" for n, label in enumerate(labels)}

    assert names_in(meant) == {"id 0": "Ann Lee", "id 5": "Hostetler"}
