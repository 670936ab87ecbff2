"""A name is one line that pages and captions can show; its spellings compare as one."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.errors import BadInputError
from podcast.names import MAX_LENGTH, name_key, parse_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Omar Sanseviero", "Omar Sanseviero"),
        ("  Omar \t Sanseviero\n", "Omar Sanseviero"),
        ("swyx", "swyx"),
        ("Jean-Luc O'Neil, Ph.D.", "Jean-Luc O'Neil, Ph.D."),
        (unicodedata.normalize("NFD", "김민수"), "김민수"),
        (unicodedata.normalize("NFD", "José"), "José"),
        ("山田　太郎", "山田 太郎"),
        ("a" * MAX_LENGTH, "a" * MAX_LENGTH),
    ],
)
def test_a_name_is_one_tidy_line(text: str, name: str) -> None:
    assert parse_name(text) == name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("Omar\nSanseviero", "2 lines"),
        ("Omar\u2028Sanseviero", "2 lines"),
        ("Omar --> 00:01", "-->"),
        ("Omar\x00", "control character"),
        ("Omar\x1b[31m", "control character"),
        ("Omar \u202eoreivesnaS", "turns the direction"),
        ("\u2067Omar", "turns the direction"),
        ("Omar\u200f", "turns the direction"),
        ("a" * (MAX_LENGTH + 1), "longer than 80"),
    ],
)
def test_a_text_that_is_no_name_is_explained(text: str, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        parse_name(text)


@settings(max_examples=100)
@given(st.text(max_size=30))
def test_what_is_accepted_stays_as_it_is(text: str) -> None:
    try:
        name = parse_name(text)
    except BadInputError:
        return

    assert parse_name(name) == name
    assert len(name.splitlines()) == 1
    assert name_key(name) == name_key(text)


def test_spellings_of_one_name_have_one_key() -> None:
    spellings = ["Omar Sanseviero", "omar  sanseviero ", "OMAR SANSEVIERO"]

    assert len({name_key(spelling) for spelling in spellings}) == 1
    assert name_key("Omar") != name_key("Oscar")
