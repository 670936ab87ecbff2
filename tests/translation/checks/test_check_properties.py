"""What holds of the checks for any text: they find what was put in, and nothing else."""

from decimal import Decimal
from time import process_time
from timeit import timeit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.language import TARGETS, Language
from translation.checks.left_english import english_left
from translation.checks.repetition import find_loop
from translation.checks.row_checks import Fault, check
from translation.fallbacks.placeholders import mask, unmask
from translation.numbers.invented_numbers import invented_numbers
from translation.numbers.row_numbers import lost_numbers
from translation.typography.typesetting import typeset

WORDS = st.from_regex(r"[b-z]{2}[aeiou][b-z]{1,6}", fullmatch=True)
LITERALS = st.one_of(
    st.from_regex(r"https://[a-z]{3,8}\.(com|org)/[a-z]{2,6}/[a-z0-9_]{1,8}", fullmatch=True),
    st.from_regex(r"[a-z]{2,6}\.[a-z]{2,6}@[a-z]{3,8}\.org", fullmatch=True),
    st.from_regex(r"[@#][a-z]{2,8}[0-9]?", fullmatch=True),
    st.from_regex(r"[a-z]{2,6}_[a-z]{2,6}", fullmatch=True),
    st.from_regex(r"/[a-z]{2,6}/[a-z]{2,6}", fullmatch=True),
    st.from_regex(r"[a-z]{2,8}\(\)", fullmatch=True),
)
ROWS = {
    Language.KO: "우리는 {}를 봤어요.",
    Language.ZH: "我们看到了 {} 。",
    Language.JA: "{} を見ました。",
}


@given(WORDS, st.sampled_from(TARGETS))
@settings(max_examples=100)
def test_any_small_word_that_is_left_standing_is_found(word: str, target: Language) -> None:
    text = ROWS[target].format(word)

    assert english_left(f"We saw the {word} there.", text, target) == word
    assert english_left("We saw it there.", text, target) == ""


@given(LITERALS, st.sampled_from(TARGETS))
@settings(max_examples=100)
def test_any_literal_comes_through_setting_and_stand_ins(literal: str, target: Language) -> None:
    row = ROWS[target].format(literal)
    (masked, *_) = mask(f"We saw {literal} there.", ())

    assert literal in typeset(row, target)
    assert literal in str(unmask(ROWS[target].format(masked.kind.format(1)), masked, target))
    assert not {Fault.LITERAL, Fault.ENGLISH, Fault.INVENTED} & {
        finding.fault for finding in check(f"We saw {literal} there.", row, target)
    }
    assert Fault.LITERAL in {
        finding.fault
        for finding in check(f"We saw {literal} there.", row.replace(literal, ""), target)
    }


@given(st.integers(min_value=2, max_value=10**9), st.sampled_from(TARGETS))
@settings(max_examples=100)
def test_a_number_is_invented_unless_the_english_says_it(number: int, target: Language) -> None:
    text = ROWS[target].format(f"{number}")

    assert invented_numbers("We saw them there.", text, target) != ()
    assert invented_numbers(f"We saw {number:,} there.", text, target) == ()


@pytest.mark.parametrize(
    ("unit", "others"),
    [
        ("miles", {"킬로미터": "1.609344", "마일": "1"}),
        ("hours", {"분": "60", "시간": "1"}),
        ("kilograms", {"그램": "1000", "킬로그램": "1"}),
        ("gigabytes", {"메가바이트": "1000", "기가바이트": "1"}),
    ],
)
@given(number=st.integers(min_value=2, max_value=10_000))
@settings(max_examples=25)
def test_an_amount_may_be_converted_but_not_renamed(
    number: int, unit: str, others: dict[str, str]
) -> None:
    source = f"It has {number} {unit} of it."
    for other, size in others.items():
        assert lost_numbers(source, f"{round(number * Decimal(size), 2)}{other}", Language.KO) == ()
        renamed = lost_numbers(source, f"{number}{other}", Language.KO)
        assert (renamed == ()) == (size == "1")


@given(st.sampled_from(["등록", "从不", "とても", "정말로", "因为我", "する"]), st.integers(3, 9))
def test_what_is_said_once_in_english_is_not_said_three_times(unit: str, times: int) -> None:
    assert find_loop("Honestly, never.", unit * times, Language.JA) == unit


def test_a_row_of_thousands_of_letters_takes_time_by_its_letters() -> None:
    short, long = map(seconds_for, (500, 4_000))

    assert long < 25 * short  # 64 times where each letter is compared with each


def seconds_for(n: int) -> float:
    text = "".join(chr(ord("一") + 7 * place % 9_000) for place in range(n))
    english = " ".join(f"word{place}" for place in range(n // 2))
    return timeit(lambda: find_loop(english, text, Language.ZH), timer=process_time, number=1)
