"""Terms are found as whole words, and Latin names are told from ordinary ones."""

import pytest

from translation.glossary.terms import Term, latin_terms, terms_in


def names(*sources: str) -> list[Term]:
    return [Term(source, source) for source in sources]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We run it on a GPU.", ("GPU",)),
        ("The GPUs' memory is full.", ("GPU",)),
        ("Give us the TLDR.", ("TLDR",)),
        ("DeepMind's team built an iPhone app.", ("DeepMind", "iPhone")),
        ("It runs on vLLM and MLX.", ("vLLM", "MLX")),
        ("Dense models or MOEs.", ("MOE",)),
        ("It is an E2B, a GPT-4o and a v2.0.", ("E2B", "GPT-4o", "v2.0")),
        ("Last year we released Gemma 3N.", ("3N",)),
        ("We use llama.cpp and Node.js.", ("llama.cpp", "Node.js")),
        ("It is GPU-accelerated.", ("GPU",)),
        ("C++ and C# are old.", ("C++", "C#")),
        ("A GPU is a GPU.", ("GPU",)),
        ("DeepSeek-R1 on H100s.", ("DeepSeek-R1", "H100")),
        # What is translated like any other word.
        ("Tom met Anna in London.", ()),
        ("Experiments.", ()),
        ("I am OK, I watch TV.", ()),
        ("It starts at 6:30 a.m. or 5 PM.", ()),
        ("It starts at 5pm.", ()),
        ("McDonald's, O'Brien and MacArthur.", ()),
        ("The 3rd one of the 1990s is 10x larger.", ()),
        ("It weighs 20kg and costs $5k.", ()),
        ("I'm sure it's a 10-hour flight, e.g. to the U.S.", ()),
        ("NO WAY THIS IS GREAT", ()),
        ("The X-ray of a T-shirt.", ()),
        ("This is NOT right.", ()),
        ("", ()),
    ],
)
def test_latin_names_are_told_from_ordinary_words(text: str, expected: tuple[str, ...]) -> None:
    assert latin_terms(text) == expected


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("We love Gemma.", "Gemma"),
        ("we love gemma 4", "Gemma"),
        ("Gemma's weights are open.", "Gemma"),
        ("Two Gemmas.", "Gemma"),
        ("Gemma Scope is out.", "Gemma"),
        ("It is on Hugging  Face.", "Hugging Face"),
        ("Use llama.cpp.", "llama.cpp"),
        ("Write C++ code.", "C++"),
        ("The Weights matter.", "weights"),
    ],
)
def test_a_term_is_found_as_a_whole_word(text: str, term: str) -> None:
    assert [t.source for t in terms_in(text, names(term))] == [term]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("A dilemma and a gemmation.", "Gemma"),
        ("We run and rerun.", "RUN"),
        ("A deepmind is no company.", "DeepMind"),
        ("He was hugging face to face.", "Hugging Face"),
        ("Use llamaXcpp.", "llama.cpp"),
        ("Nothing.", " "),
    ],
)
def test_a_term_is_not_found_inside_another_word_or_in_another_case(text: str, term: str) -> None:
    assert terms_in(text, names(term)) == ()


def test_terms_come_in_the_order_of_the_glossary() -> None:
    terms = names("Vertex", "Gemma")

    assert terms_in("Gemma on Vertex", terms) == tuple(terms)
