"""Words are compared without what is only spelling; cpWER is that of MeetEval."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outputs.scoring.word_errors import (
    WordErrors,
    count_word_errors,
    normalise_words,
    speaker_word_errors,
)


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("Well, AT&T!", "well at t"),
        ("It's Anna’s all-hands.", "its annas all hands"),
        ("1,000,000 and 2.5 or 3, 4.", "1000000 and 2.5 or 3 4"),
        ("$5 is 5%", "5 is 5"),
        ("[laughter] Yeah <unk> — so…", "yeah so"),
        ("is 3 < 5 and 6 > 2", "is 3 5 and 6 2"),
        ("“Ｇｅｍｍａ” naïve", "gemma naïve"),
        (" \n ", ""),
    ],
)
def test_words_are_compared_without_case_punctuation_and_remarks(text: str, compared: str) -> None:
    assert normalise_words(text) == compared


@given(st.text("aI'’.,-12 [<]>$é½\n"))
@settings(max_examples=100)
def test_normal_words_stay_as_they_are(text: str) -> None:
    once = normalise_words(text)

    assert normalise_words(once) == once


@pytest.mark.parametrize(
    ("spoken", "heard", "errors"),
    [
        ("a b c", "a b c", WordErrors(0, 0, 0)),
        ("a b c", "a x c d", WordErrors(1, 0, 1)),
        ("a b c", "", WordErrors(0, 3, 0)),
        ("", "a b", WordErrors(0, 0, 2)),
        ("", "", WordErrors(0, 0, 0)),
        # The example of MeetEval's documentation.
        ("the quick brown fox jumps over the lazy dog",
         "the kwik browne focks jumps over the lay dock", WordErrors(5, 0, 0)),
    ],
)  # fmt: skip
def test_word_errors_are_counted(spoken: str, heard: str, errors: WordErrors) -> None:
    assert count_word_errors(spoken, heard) == errors


@pytest.mark.parametrize(
    ("reference", "hypothesis", "errors"),
    [
        # The examples of MeetEval's documentation, with the errors that it gives.
        (["a b c", "d e f"], ["a b c", "d e f"], 0),
        (["a b", "c d"], ["a b", "c d", "e f"], 2),
        (["a", "b", "c d"], ["a", "b"], 2),
        (["a", "b", "c"], ["b", "c", "d", "a"], 1),
        (["a b"], ["z", "a e f"], 3),
        (["a b", "k"], ["", "a e f"], 3),
        # Words given to the wrong person are missed in one and too many in the other.
        (["the cat", "sat on"], ["the cat sat", "on"], 2),
        ([], [], 0),
        ([], ["a b"], 2),
    ],
)
def test_speakers_are_assigned_so_that_fewest_words_are_wrong(
    reference: list[str], hypothesis: list[str], errors: int
) -> None:
    spoken = {f"r{n}": text for n, text in enumerate(reference)}
    heard = {f"h{n}": text for n, text in enumerate(hypothesis)}

    assert speaker_word_errors(spoken, heard) == errors


@given(st.dictionaries(st.sampled_from("ABCD"), st.text("ab ", max_size=9)))
@settings(max_examples=50)
def test_names_of_speakers_do_not_matter(spoken: dict[str, str]) -> None:
    texts = sorted(spoken.values())

    assert speaker_word_errors(spoken, {f"h{n}": text for n, text in enumerate(texts)}) == 0
