"""Full stops that end a sentence, and those that do not."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.timeline import SpokenWord, Word
from speech.lines.sentences import cut_sentences, ends_sentence, starts_sentence

Say = Callable[..., tuple[SpokenWord, ...]]


@pytest.mark.parametrize(
    ("word", "ends"),
    [
        ("out.", True), ("what?", True), ("No!", True), ("what?!", True), ("well…", True),
        ("well...", True), ('it."', True), ("it.”", True), ("it.)", True), ("it.'", True),
        ("No.", True), ("I.", True), ("7.", True), ("3.1.", True), ("v2.0.", True), ("GPU.", True),
        ("Node.js.", True), ("a.m.", True), ("U.S.", True), ("etc.", True), ("Inc.", True),
        ("out", False), ("2.5", False), ("well,", False), ("we—", False), ("I-", False),
        ("llama.cpp", False), ("Node.js", False), ("v2.0", False), ("3.1", False), ("6:30", False),
        ("Dr.", False), ("vs.", False), ("e.g.", False), ("", False),
    ],
)  # fmt: skip
def test_the_last_word_of_a_speaker_ends_a_sentence_by_its_mark(word: str, *, ends: bool) -> None:
    assert ends_sentence(word) is ends


# A bar stands where one sentence ends and the next begins.
@pytest.mark.parametrize(
    "text",
    [
        "It works. | But slowly.",
        "Is it open? | Yes. | It is!",
        "The first official run club at 6:30 a.m. | Very rough, but I woke up.",
        "We met at 6:30 a.m. on Monday.",
        "At 6:30 a.m. Pacific we started.",
        "At 9 p.m. ET we stop.",
        "At 6 a.m. I woke up.",
        "We left at 7 p.m. | The rest is history.",
        "Gemma 3.1 and Gemma 4. | Both are out.",
        "We use llama.cpp or vLLM. | Or Ollama.",
        "Use Node.js. | It is fine.",
        "Use v2.0. | Not v1.9.",
        "Dr. Kim met Mr. No and Prof. The.",
        "She lives in the U.S. | She works there.",
        "The U.S. Army and the U.S. market.",
        "In the U.S. I think so.",
        "Some models, e.g. Gemma, i.e. small ones.",
        "It is ranked No. 5 today.",
        "Is it big? | No. | It is small.",
        "Is it big? | No. | Five of them are.",
        "Gemini vs. Gemma vs. The Rest.",
        "Apple Inc. CEO Tim Cook spoke.",
        "She joined Acme Inc. | They make anvils.",
        "J. K. Rowling and George R. R. Martin and Samuel L. Jackson.",
        "J.K. Rowling wrote it.",
        "Let us go to plan B. | But first, coffee.",
        "Neither did I. | Cormac did.",
        "It was I. M. Pei who built it.",
        "We have GPUs, TPUs, etc. | Gemma runs on all.",
        "GPUs, TPUs, etc. are slow.",
        "GPUs, TPUs, etc. | I think so.",
        "As shown by Kim et al. in the paper.",
        "She lives in St. Louis near Mt. Hood.",
        "On Jan. 20 we ship.",
        "See p. 55 and vol. 2 and fig. 3.",
        "He has a Ph.D. in physics.",
        "He has a Ph.D. | That helps.",
        "In Washington D.C. it rains.",
        "Martin Luther King Jr. Day is in January.",
        "The next gen. | It is faster.",
        '"What?" she said. | "Nothing." | Then he left.',
        "“It works.” she said.",
        "Wait... what? | Well… | We tried.",
        "We asked Yahoo! for it.",
        "It costs 5. | Then it costs 6.",
        "He works at Warner Bros. Discovery.",
        "It takes 20 ms. | The next takes 30.",
        "(He laughs.) and then it goes on.",
        "It broke in 2008. | In 2009 it worked.",
        "Roe v. Wade is a case.",
        "He moved to the U.S. | Don't ask me why.",
    ],
)
def test_only_full_stops_of_sentences_cut(text: str, say: Say) -> None:
    sentences = cut_sentences(say(("A", text.replace("| ", ""))))

    assert " | ".join(" ".join(w.word.text for w in s) for s in sentences) == text


@pytest.mark.parametrize(
    ("word", "following"), [("U.S.", "Gemma"), ("a.m.", "I"), ("B.", "Cormac"), ("No.", "5")]
)
def test_a_pause_decides_where_letters_cannot(word: str, following: str) -> None:
    assert not ends_sentence(word, following, pause=0.1)
    assert ends_sentence(word, following, pause=0.6)


def test_no_pause_after_a_title_ends_a_sentence() -> None:
    assert not ends_sentence("Dr.", "Kim", pause=1.0)


@pytest.mark.parametrize(
    ("word", "starts"),
    [
        ("The", True), ("It's", True), ("It’s", True), ("Don't", True), ("Yeah,", True),
        ('"What', True), ("No.", True), ("the", False), ("I", False), ("Gemma", False),
        ("A.", False), ("GPU", False), ("", False), ("Will", False),
    ],
)  # fmt: skip
def test_some_words_with_a_capital_only_start_sentences(word: str, *, starts: bool) -> None:
    assert starts_sentence(word) is starts


def test_a_long_silence_cuts_without_any_mark() -> None:
    words = [
        SpokenWord(Word(1.0, 1.3, "and", 1.0), "A"),
        SpokenWord(Word(4.0, 4.3, "so", 1.0), "A"),
    ]

    assert list(cut_sentences(words)) == [words[:1], words[1:]]


def test_every_line_of_a_real_page_is_one_sentence(sample_pages: list[Path], say: Say) -> None:
    for page in sample_pages:
        for line in page.read_text(encoding="utf-8").splitlines()[2::2]:
            assert len(list(cut_sentences(say(("A", line))))) == 1, line


texts = st.lists(st.sampled_from(["Yeah.", "a.m.", "No.", "5", "so", "I", "U.S.", "Wait…", "J."]))


@given(texts)
@settings(max_examples=100)
def test_cutting_loses_nothing_and_cuts_only_after_a_mark(words: list[str]) -> None:
    spoken = [SpokenWord(Word(n, n + 0.9, text, 1.0), "A") for n, text in enumerate(words)]

    sentences = list(cut_sentences(spoken))

    assert [w for s in sentences for w in s] == spoken
    assert all(before[-1].word.text[-1] in ".…" for before, _ in pairwise(sentences))
