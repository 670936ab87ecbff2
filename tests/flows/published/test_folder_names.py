"""Names of folders: readable, safe, and each of one text only."""

import re
import unicodedata
from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.published.folder_names import guid_name, show_names, title_names

Names = Callable[[str], tuple[str, ...]]

ALIKE = [
    (
        "Really?",
        "Really!",
        "Really",
        "Really.",
        " Really",
        "really",
        "REALLY",
        "Really…",
        "¿Really?",
    ),
    ("AI: yes", "AI yes", "Ai yes", "AI – yes", "AI-yes", "AI: yes ", "A.I. yes"),
    ("Open Ears", "OPEN EARS!", "Open ears", "open-ears", "Open  Ears", "Open\u00a0Ears"),
    ("C", "C++", "C#", "C&", "⚡️ C", "C⚡", "Ç"),
    ("⚡️", "⚡", "🎧", "…", "?", "???"),
    ("팟캐스트", "paskaeseuteu", "播客", "博客", "ポッドキャスト"),
    ("Café", unicodedata.normalize("NFD", "Café"), "Cafe", "CAFÉ"),
    ("x" * 80, "x" * 81, "x" * 200, "x" * 79 + " x", "X" + "x" * 79),
    ("AT&T", "AT&amp;T", "At t", "AT T"),
    ("1½", "1 1/2", "1½?", "11/2"),
]
"""Texts that read alike, and of which a slug keeps the same or almost the same."""


@pytest.mark.parametrize("texts", ALIKE, ids=lambda texts: texts[0][:10])
@pytest.mark.parametrize("names", [show_names, title_names])
def test_texts_that_read_alike_share_no_name(names: Names, texts: tuple[str, ...]) -> None:
    for one, other in combinations(texts, 2):
        assert not {*names(one)} & {*names(other)}


@pytest.mark.parametrize(
    ("names", "text", "name"),
    [
        (show_names, "Open Ears", "open-ears"),
        (show_names, "This 2nd Life", "this-2nd-life"),
        (title_names, "Small models for old phones", "small-models-for-old-phones"),
        (title_names, "Episode 12", "episode-12"),
    ],
)
def test_a_name_that_leads_back_to_its_text_has_no_mark(names: Names, text: str, name: str) -> None:
    assert names(text)[0] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Small Models, for old phones!", r"small-models-for-old-phones-[0-9a-f]{8}"),
        ("../../etc/passwd", r"etc-passwd-[0-9a-f]{8}"),
        ("팟캐스트", r"paskaeseuteu-[0-9a-f]{8}"),
        ("⚡️", r"[0-9a-f]{8}"),
        ("x" * 200, r"x{80}-[0-9a-f]{8}"),
        ("Con", r"con-[0-9a-f]{8}"),
        ("Aux", r"aux-[0-9a-f]{8}"),
        ("Com1", r"com1-[0-9a-f]{8}"),
        ("Schemas", r"schemas-[0-9a-f]{8}"),
        ("Episode deadbeef", r"episode-deadbeef-[0-9a-f]{8}"),
        ("Deadbeef", r"deadbeef-[0-9a-f]{8}"),
        ("..", r"[0-9a-f]{8}"),
        ("caf\udce9", r"caf-[0-9a-f]{8}"),
        (".hidden", r"hidden-[0-9a-f]{8}"),
        ("Trailing dots...", r"trailing-dots-[0-9a-f]{8}"),
    ],
)
@pytest.mark.parametrize("names", [show_names, title_names])
def test_other_names_have_a_mark(names: Names, text: str, name: str) -> None:
    assert [bool(re.fullmatch(name, made)) for made in names(text)] == [True]


@pytest.mark.parametrize(
    ("guid", "name"),
    [
        ("https://www.example.org/?p=123", r"example-org-p-123-[0-9a-f]{8}"),
        ("4f1c8d2e-0000-4000-8000-00805f9b34fb", r"4f1c8d2e-.*-[0-9a-f]{8}"),
        ("../..", r"[0-9a-f]{8}"),
        ("y" * 300, r"y{80}-[0-9a-f]{8}"),
    ],
)
def test_guids_become_safe_names(guid: str, name: str) -> None:
    assert re.fullmatch(name, guid_name(guid))


@pytest.mark.parametrize("text", ["episode 1", "C++", "Really?", "⚡️"])
def test_no_title_has_the_name_of_a_guid_that_reads_the_same(text: str) -> None:
    assert guid_name(text) not in title_names(text)


@settings(max_examples=300)
@given(st.lists(st.text("aA1 -!?.é한⚡", max_size=6), min_size=2, max_size=8, unique=True))
def test_no_two_texts_share_a_name_and_all_are_safe(texts: list[str]) -> None:
    for names in (show_names, title_names):
        made = [name for text in texts for name in names(text)]
        assert len(set(made)) == len(made)
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in made)
