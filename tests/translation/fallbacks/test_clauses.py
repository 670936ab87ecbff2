"""Long rows are cut where a clause ends, and joined as each language strings sentences together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.language import TARGETS, Language
from translation.fallbacks.clauses import as_sentences, join_clauses, split_clauses

KO, ZH, JA = Language.KO, Language.ZH, Language.JA


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("It runs on a phone.", ("It runs on a phone.",)),
        ("Yeah, it runs on a phone.", ("Yeah,", "it runs on a phone.")),
        ("Yeah, so, Gemma 4 is out now.", ("Yeah,", "so,", "Gemma 4 is out now.")),
        (
            "It has 1,000 parts, but we use two of them.",
            ("It has 1,000 parts,", "but we use two of them."),
        ),
        (
            "We built it last year and we like it a lot.",
            ("We built it last year", "and we like it a lot."),
        ),
        # "And" between mere words, and lists, stay together.
        ("We have engineers and researchers here.", ("We have engineers and researchers here.",)),
        ("We use MLX, vLLM, Nvidia.", ("We use MLX, vLLM, Nvidia.",)),
        ("Why? It is very small.", ("Why?", "It is very small.")),
        ("", ("",)),
    ],
)
def test_a_row_is_cut_at_its_clauses(text: str, clauses: tuple[str, ...]) -> None:
    assert split_clauses(text, KO) == clauses


def test_clauses_become_sentences() -> None:
    clauses = ("Yeah,", "so we built it,", "vLLM is there;", "llama.cpp is", "why?", "we're done")

    assert as_sentences(clauses) == (
        "Yeah.", "So we built it.", "vLLM is there.", "llama.cpp is.", "Why?", "We're done",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("target", "texts", "clauses", "expected"),
    [
        (KO, ("네.", "작아요."), ("Yeah,", "it is."), "네, 작아요."),
        (KO, ("맞아요.", "작아요."), ("Yep,", "it is."), "맞아요, 작아요."),
        (KO, ("모델은 작아요.", "빨라요."), ("It is small,", "it is."), "모델은 작아요. 빨라요."),
        (KO, ("왜요?", "작아요."), ("Why?", "it is."), "왜요? 작아요."),
        (ZH, ("模型很小。", "很快。"), ("It is small,", "it is."), "模型很小，很快。"),
        (ZH, ("为什么？", "很快。"), ("Why?", "It is."), "为什么？很快。"),
        (JA, ("ええ。", "速いです。"), ("Yeah,", "it is."), "ええ、速いです。"),
        (JA, ("小さいです。", "速いです。"), ("It is small,", "it"), "小さいです。速いです。"),
    ],
)
def test_translations_are_joined(
    target: Language, texts: tuple[str, ...], clauses: tuple[str, ...], expected: str
) -> None:
    assert join_clauses(texts, clauses, target) == expected


@given(
    st.lists(
        st.sampled_from(["Yeah,", "so", "we", "and", "it", "runs.", "but", "GPU,", "which", "—"]),
        min_size=1,
    ),
    st.sampled_from(TARGETS),
)
@settings(max_examples=80)
def test_no_word_is_lost_or_moved(words: list[str], target: Language) -> None:
    clauses = split_clauses(" ".join(words), target)

    assert " ".join(clauses).split() == words
    assert all(clauses)
    assert len(as_sentences(clauses)) == len(clauses)
