"""Sentences too long to read split at clauses and pauses, in pieces of like length."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.timeline import SpokenWord, Word
from speech.lines.long_lines import MAX_CHARACTERS, MIN_WORDS, split_long


def speak(text: str) -> list[SpokenWord]:
    """Say words of 0.3 s; "~0.7" is a pause of 0.7 s."""
    words, time = [], 0.0
    for token in text.split():
        if token.startswith("~"):
            time += float(token[1:])
            continue
        words.append(SpokenWord(Word(time, time + 0.3, token, 1.0), "A"))
        time += 0.32
    return words


def split(text: str, limit: int = MAX_CHARACTERS) -> list[str]:
    pieces = split_long(speak(text.replace("| ", "")), limit)
    return [" ".join(word.word.text for word in piece) for piece in pieces]


def test_a_sentence_within_the_limit_stays_whole() -> None:
    text = "We built it, and then we sold it; " * 7 + "that was it."

    assert MAX_CHARACTERS - 20 < len(text) <= MAX_CHARACTERS
    assert split(text) == [text]


def test_rows_of_real_pages_stay_whole(sample_pages: list[Path]) -> None:
    for page in sample_pages:
        for row in page.read_text(encoding="utf-8").splitlines()[2::2]:
            assert split(row) == [row]


@pytest.mark.parametrize(
    "text",
    [
        # A semicolon is better than a comma, a comma before a clause better than another.
        "We moved the whole thing to Spain, as you know; | it was cheap there, at least for us.",
        "We moved the whole thing to Spain last year, | but the team, as you know, stayed here.",
        "The numbers in that old table, the big one, look good, | which means we can ship it.",
        "That was the plan that everybody at the office liked: | we wait until the spring comes.",
        "We moved the whole thing to Spain last year, | after the company had run out of money.",
        # Without commas, the longest pause, then a conjunction with its clause.
        "We moved the whole big thing to Spain ~0.7 | last year after it ran out ~0.2 of money.",
        "We moved the whole big thing to Spain last year | because the company ran out of money.",
        "We moved the whole big thing over to Spain | and it was so cheap there in the old town.",
        # Not inside a list where there is a better place, nor inside a name or a number,
        "It runs on Android, Mac, Linux, Windows, and so on, | because we built it for phones too.",
        "The people who came to see us said that | Mary Ann Evans Smith Jones Brown was the best.",
        "It cost the four of us at the office ~0.3 | 2 million 300 thousand dollars, at least.",
        # and no piece is an orphan.
        "Well, so, you know, that was what we all wanted, | because it was so cheap, right?",
    ],
)  # fmt: skip
def test_a_long_sentence_splits_at_the_best_place(text: str) -> None:
    pieces = [" ".join(t for t in p.split() if t[0] != "~") for p in text.split("| ")]

    assert split(text, limit=72) == pieces


def test_a_count_stays_in_one_piece() -> None:
    text = "so we all counted one more time like 1, 2, 3, 4, 5, 6, 7, 8 before it went off again"

    first, second = split(text, limit=80)

    assert "1, 2, 3, 4, 5, 6, 7, 8" in first or "1, 2, 3, 4, 5, 6, 7, 8" in second


def test_three_pieces_are_alike() -> None:
    text = ", and ".join(["we went to the next town on the list"] * 7) + "."

    lengths = [len(piece) for piece in split(text, limit=130)]

    assert len(lengths) == 3
    assert max(lengths) < 1.6 * min(lengths)


SENTENCES = (
    "so what happens is that you go larger",
    "you usually want something more compact",
    "we did lots of experiments on this model",
    "it really runs well on your phone today",
    "that is something we learned this morning",
    "they ship it together with the whole app",
    "nobody knows how long this will go on",
)


def test_without_punctuation_pauses_end_sentences() -> None:
    assert split(" ~0.7 ".join(SENTENCES)) == list(SENTENCES)


def test_hesitation_is_not_the_end_of_a_sentence() -> None:
    text = " ~0.9 ".join(SENTENCES).replace("on this", "on the ~0.8").replace("with", "with ~0.7")

    assert split(text) == [" ".join(p.split()) for p in " ".join(
        "|" if t == "~0.9" else t for t in text.split() if t not in {"~0.8", "~0.7"}
    ).split("|")]  # fmt: skip


def test_the_ordinary_pauses_of_a_slow_speaker_are_not_ends() -> None:
    slow = [" ~0.65 ".join(s.split()) for s in SENTENCES]

    assert split(" ~1.2 ".join(slow)) == list(SENTENCES)


def test_without_punctuation_and_pauses_no_piece_is_too_long() -> None:
    pieces = split(" ".join(["word"] * 500))

    assert max(map(len, pieces)) <= MAX_CHARACTERS


tokens = st.lists(
    st.sampled_from(["so", "and", "we", "7", "Gemma", "word,", "end;", "x" * 30, "~0.7", "the"]),
    min_size=1,
    max_size=120,
).filter(lambda tokens: set(tokens) != {"~0.7"})


@given(tokens, st.integers(40, 260))
@settings(max_examples=100)
def test_every_piece_is_short_enough_and_no_word_is_lost(tokens: list[str], limit: int) -> None:
    words = speak(" ".join(tokens))

    pieces = split_long(words, limit)

    assert [word for piece in pieces for word in piece] == words
    assert all(
        len(piece) == 1 or len(" ".join(w.word.text for w in piece)) <= limit for piece in pieces
    )


@given(st.integers(1, 12))
@settings(max_examples=12)
def test_ordinary_prose_leaves_no_orphan(clauses: int) -> None:
    text = ", and then ".join(["we went to the next big town on the list"] * clauses) + ", right?"

    assert all(len(piece.split()) >= MIN_WORDS for piece in split(text, limit=100))
