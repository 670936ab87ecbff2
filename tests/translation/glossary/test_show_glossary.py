"""Mishearings are corrected as whole words; fixed renderings stand where English was left over."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.errors import BadInputError
from podcast.language import TARGETS, Language
from translation.glossary.glossary_file import MAX_HOTWORDS, parse_glossary
from translation.glossary.show_glossary import Glossary, enforce
from translation.glossary.terms import Term

KO, ZH, JA = Language.KO, Language.ZH, Language.JA

ROOT = Path(__file__).resolve().parents[3]

MISTAKEN = """
[[term]]
source = "Ollama"
heard = ["olama"]
hotword = true


[[term]]
source = "llama.cpp"
herd = ["a Lama CPP"]
"""

FILE = """
correct_page = true

[[term]]
source = "Ollama"
heard = ["olama", "Oh llama"]
hotword = true
keep = ["zh", "ja"]
ko = "올라마"

[[term]]
source = "llama.cpp"
heard = ["a Lama CPP", "Lama CPP"]
keep = true

[[term]]
source = "vLLM"
heard = ["vllm", "V LLM"]

[[term]]
source = "Gemma 3N"
heard = ["Gemma 3 1"]
"""


@pytest.fixture
def glossary() -> Glossary:
    return parse_glossary(FILE, "show.toml")


def test_a_glossary_is_read_whole(glossary: Glossary) -> None:
    ollama = ("olama", "Oh llama")
    llama_cpp = Term("llama.cpp", "llama.cpp", ("a Lama CPP", "Lama CPP"))

    assert glossary.corrects_page
    assert glossary.hotwords() == ("Ollama",)
    assert glossary.terms(KO) == (Term("Ollama", "올라마", ollama), llama_cpp)
    assert glossary.terms(ZH) == (Term("Ollama", "Ollama", ollama), llama_cpp)
    assert glossary.terms(JA) == glossary.terms(ZH)


def test_the_example_of_the_guide_does_what_the_guide_says() -> None:
    guide = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    example, message = guide.split("```toml")[1].split("```")[0], guide.splitlines()[-1].strip()

    glossary = parse_glossary(example, "guide")

    assert not glossary.corrects_page
    assert glossary.hotwords() == ("Ollama", "Gemma 3N")
    assert glossary.corrected("After the Gemma for lunch we had lunch.") == (
        "After the Gemma 4 launch we had lunch."
    )
    assert [term.rendering for term in glossary.terms(KO)] == [
        "올라마",
        "llama.cpp",
        "Gemma 3N",
        "가중치",
    ]
    with pytest.raises(BadInputError) as refused:
        parse_glossary(MISTAKEN, "open-ears.toml")
    assert str(refused.value) == message


def test_the_page_keeps_what_was_heard_unless_the_file_says_otherwise() -> None:
    assert not parse_glossary('[[term]]\nsource = "A"\nheard = ["B"]', "show.toml").corrects_page


def test_a_rendering_counts_where_all_else_is_kept() -> None:
    text = '[[term]]\nsource = "Gemma"\nkeep = true\nko = "젬마"'

    glossary = parse_glossary(text, "show.toml")

    renderings = [term.rendering for target in TARGETS for term in glossary.terms(target)]
    assert renderings == ["젬마", "Gemma", "Gemma"]


@pytest.mark.parametrize(
    ("heard", "right"),
    [
        ("We use olama.", "We use Ollama."),
        ("Olama, MLX and OLAMA.", "Ollama, MLX and Ollama."),
        ("We work with a Lama CPP, Olama.", "We work with llama.cpp, Ollama."),
        ("A Lama CPP runs.", "llama.cpp runs."),
        ("The Lama CPP team", "The llama.cpp team"),
        # Possessives, plurals with a hyphen and punctuation stay.
        ("Olama's and olama’s models", "Ollama's and Ollama’s models"),
        ("an olama-based app (olama)", "an Ollama-based app (Ollama)"),
        ('"olama"?', '"Ollama"?'),
        # Capitals of the glossary tell a name from a word.
        ("Oh llama is here", "Ollama is here"),
        ("oh llama is here", "Ollama is here"),
        ("Oh Llama is here", "Oh Llama is here"),
        ("V LLM and VLLM", "vLLM and vLLM"),
        # Never inside a word, a number or an address.
        ("solama olamas olama_2", "solama olamas olama_2"),
        ("olama.com, www.olama.ai, @olama", "olama.com, www.olama.ai, @olama"),
        ("olama're", "olama're"),
        ("Gemma 3 1, Gemma 3 1.5, Gemma 3 1,000", "Gemma 3N, Gemma 3 1.5, Gemma 3 1,000"),
        ("Gemma 3 1.", "Gemma 3N."),
        # What is right stays.
        ("Ollama and llama.cpp and vLLM", "Ollama and llama.cpp and vLLM"),
        ("", ""),
    ],
)  # fmt: skip
def test_mishearings_become_the_right_spelling(glossary: Glossary, heard: str, right: str) -> None:
    assert glossary.corrected(heard) == right


def test_a_correction_can_complete_another_term() -> None:
    text = (
        '[[term]]\nsource = "Web UI"\nheard = ["webby"]\n'
        '[[term]]\nsource = "OpenWebUI"\nheard = ["open web ui"]'
    )

    assert parse_glossary(text, "x").corrected("We like open webby.") == "We like OpenWebUI."


def test_nothing_inside_a_right_spelling_is_a_mishearing() -> None:
    text = (
        '[[term]]\nsource = "Gemma"\nheard = ["gamma"]\n'
        '[[term]]\nsource = "Gamma Knife"\nhotword = true'
    )

    corrected = parse_glossary(text, "x").corrected("A Gamma Knife for gamma.")

    assert corrected == "A Gamma Knife for Gemma."


def test_an_empty_glossary_changes_nothing() -> None:
    assert Glossary().corrected("olama") == "olama"
    assert Glossary().terms(KO) == ()


@given(
    st.lists(
        st.sampled_from(
            ["a", "A", "Lama", "CPP", "olama", "Olama's", "oh", "llama", "V", "LLM", "Gemma", "3"]
        )
    )
)  # fmt: skip
@settings(max_examples=100)
def test_correcting_twice_changes_nothing_more(words: list[str]) -> None:
    glossary = parse_glossary(FILE, "show.toml")

    once = glossary.corrected(" ".join(words))

    assert glossary.corrected(once) == once


@given(st.text(alphabet="abcdefgh ,.'", max_size=60))
@settings(max_examples=60)
def test_text_without_mishearings_stays_byte_for_byte(text: str) -> None:
    assert parse_glossary(FILE, "show.toml").corrected(text) == text


TERM = '[[term]]\nsource = "Ollama"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[term]\n", r"show\.toml is no TOML file: .*line 1"),
        ("", r"show\.toml: it has no terms"),
        ("# only a comment\n", r"no terms"),
        ("corect_page = true\n" + TERM, r'unknown key "corect_page".*"correct_page"'),
        ('correct_page = "yes"\n' + TERM, r"correct_page is 'yes'. Write correct_page = true"),
        ('[term]\nsource = "A"', r"Begin every term with a line \[\[term\]\]"),
        ('[[term]]\nheard = ["A"]', r'line 1, term 1 "\?": it has no source'),
        (f'\n{TERM}herd = ["A"]', r'line 2, term 1 "Ollama": unknown key "herd". .*"heard"'),
        (f'{TERM}fr = "A"', r'unknown key "fr". Known are source, heard'),
        (f'{TERM}heard = "A"', r"heard is 'A'. Write a list"),
        (f"{TERM}heard = [1]", r"Write a list"),
        (f'{TERM}heard = [" "]', r"heard is ' '. It must be one line with a word in it"),
        (f'{TERM}ko = ""', r"ko is ''. It must be one line"),
        (f'{TERM}ko = "가\\n나"', r"It must be one line"),
        (f"{TERM}ko = true", r"ko is True. Write text in quotes"),
        (f'{TERM}hotword = "yes"', r"hotword is 'yes'"),
        (f'{TERM}keep = "zh"', r'keep is \'zh\'. Write keep = true or a list of "ko", "zh", "ja"'),
        (f'{TERM}keep = ["en"]', r"Write keep = true or a list"),
        (f'{TERM}keep = ["ko"]\nko = "올라마"', r"kept in Korean and has a rendering"),
        (TERM, r"nothing is said about it"),
        (f'{TERM}heard = ["Ollama"]', r'heard repeats the right spelling "Ollama"'),
        (f'{TERM}heard = ["olama", "Olama"]', r'heard has "Olama" twice'),
        (
            f'{TERM}heard = ["olama"]\n[[term]]\nsource = "Lama"\nheard = ["Olama"]',
            r'term 2 "Lama": "Olama" stands in show\.toml, line 1, term 1 "Ollama" already',
        ),
        (
            f'{TERM}hotword = true\n[[term]]\nsource = "OLLAMA"\nhotword = true',
            r'"OLLAMA" stands in .*term 1',
        ),
        ("term = [3]", r"Begin every term"),
    ],
)
def test_a_wrong_entry_is_named_with_what_to_do(text: str, message: str) -> None:
    with pytest.raises(BadInputError, match=message):
        parse_glossary(text, "show.toml")


def test_terms_in_another_layout_are_named_without_a_line() -> None:
    text = 'term = [{source = "A", heard = ["B"]}, {source = "C", herd = ["D"]}]'

    with pytest.raises(BadInputError, match=r'^show\.toml, term 2 "C": unknown key'):
        parse_glossary(text, "show.toml")


@pytest.mark.parametrize("count", [MAX_HOTWORDS, MAX_HOTWORDS + 1])
def test_the_list_of_hotwords_is_short(count: int) -> None:
    text = "".join(f'[[term]]\nsource = "name{n}"\nhotword = true\n' for n in range(count))

    if count <= MAX_HOTWORDS:
        assert len(parse_glossary(text, "x").hotwords()) == count
    else:
        with pytest.raises(BadInputError, match=f"{count} hotwords are too many"):
            parse_glossary(text, "x")


def test_a_file_from_windows_is_read() -> None:
    assert parse_glossary("\ufeff" + FILE.replace("\n", "\r\n"), "x").hotwords() == ("Ollama",)


OLLAMA_KO = Term("Ollama", "올라마", ("olama",))
OLLAMA_JA = Term("Ollama", "オラマ")
MODEL_KO = Term("Gemma", "젬마 모델")


@pytest.mark.parametrize(
    ("source", "text", "term", "target", "expected"),
    [
        # The particle follows the rendering.
        ("We use Ollama.", "Ollama을 써요.", OLLAMA_KO, KO, "올라마를 써요."),
        ("We use Ollama.", "Ollama 를 써요.", OLLAMA_KO, KO, "올라마를 써요."),
        ("Gemma is out.", "Gemma는 나왔어요.", MODEL_KO, KO, "젬마 모델은 나왔어요."),
        ("We use Ollama.", "olama를 써요.", OLLAMA_KO, KO, "올라마를 써요."),
        ("Ollama's models", "Ollama's 모델을 써요.", OLLAMA_KO, KO, "올라마 모델을 써요."),
        ("We use two Ollamas.", "Ollamas을 써요.", OLLAMA_KO, KO, "올라마를 써요."),
        # Chinese and Japanese have no spaces between their own words.
        ("We use Ollama.", "我们用 Ollama 跑。", Term("Ollama", "奥拉马"), ZH, "我们用奥拉马跑。"),
        ("We use Ollama.", "Ollama を使います。", OLLAMA_JA, JA, "オラマを使います。"),
        ("Ollama Cloud", "Ollama Cloud 很快", Term("Ollama", "奥拉马"), ZH, "奥拉马 Cloud 很快"),
        # A kept word gets its right spelling; the spaces around it stay.
        ("We use Ollama.", "我用 OLLAMA 跑。", Term("Ollama", "Ollama"), ZH, "我用 Ollama 跑。"),
        # Not inside another word, and not what the English does not say.
        ("We use Ollama.", "myOllama를 써요.", OLLAMA_KO, KO, "myOllama를 써요."),
        ("We go.", "Ollama를 써요.", OLLAMA_KO, KO, "Ollama를 써요."),
        # What is right stays.
        ("We use Ollama.", "올라마를 써요.", OLLAMA_KO, KO, "올라마를 써요."),
    ],
)  # fmt: skip
def test_english_that_was_left_over_gets_its_fixed_rendering(
    source: str, text: str, term: Term, target: Language, expected: str
) -> None:
    assert enforce(source, text, target, (term,)) == expected


def test_the_longer_term_counts() -> None:
    terms = (Term("Gemma", "젬마"), Term("Gemma Scope", "젬마 스코프"))

    assert enforce("Gemma Scope is out.", "Gemma Scope가 나왔어요.", KO, terms) == (
        "젬마 스코프가 나왔어요."
    )
