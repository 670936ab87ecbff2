"""The line-pair text: laid out like the sample pages, and read back byte for byte."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outputs.linepairs import (
    Page,
    page_of,
    parse_page,
    render_annotated,
    render_page,
    timestamp,
)
from outputs.record.episode_record import transcript_in
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError
from podcast.language import Language


def test_a_page_is_the_show_the_title_and_the_pairs(record: EpisodeRecord) -> None:
    page = page_of(record.show, record.label, transcript_in(record, Language.KO))

    assert render_page(page) == "Back to Open Ears\n제목\nYeah.\n네.\nWell, AT&T\n음, AT&T"


def test_the_annotated_text_puts_times_and_speaker_above_each_pair(record: EpisodeRecord) -> None:
    text = render_annotated("Open Ears", "", transcript_in(record, Language.JA))

    assert text == (
        "Open Ears\n題名\n"
        "\n[00:00:04.120 --> 00:00:04.400] Speaker 1\nYeah.\nええ。\n"
        "\n[00:00:05.000 --> 00:00:07.480] Speaker 2\nWell, AT&T\nええと、AT&T\n"
    )


def test_sample_pages_read_as_header_and_100_pairs_and_render_back(
    sample_pages: list[Path],
) -> None:
    for path in sample_pages:
        data = path.read_bytes()
        page = parse_page(data.decode(), path.name)

        assert (len(page.header), len(page.pairs)) == (2, 100)
        assert render_page(page).encode() == data


def test_the_sample_pages_have_the_same_english(sample_pages: list[Path]) -> None:
    spines = {
        tuple(english for english, _ in parse_page(path.read_text(encoding="utf-8")).pairs)
        for path in sample_pages
    }

    assert len(spines) <= 1


def test_a_page_without_a_show_line_starts_with_its_title() -> None:
    page = parse_page("題名\nYeah.\nええ。\nYeah.\nええ。\nYeah.\nええ。")

    assert page == Page(("題名",), (("Yeah.", "ええ。"),) * 3)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Show\nTitle\nYeah.\n\nRight.\n네.", r"my\.txt: line 4 is empty"),
        ("Show\nTitle", "without a pair"),
        ("Title", "without a pair"),
        ("", "line 1 is empty"),
    ],
)
def test_text_that_is_no_page_is_refused(text: str, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        parse_page(text, "my.txt")


cells = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1)


@given(
    header=st.lists(cells, min_size=1, max_size=2),
    pairs=st.lists(st.tuples(cells, cells), min_size=1),
    newline=st.booleans(),
)
def test_every_page_reads_back_as_it_was(
    header: list[str], pairs: list[tuple[str, str]], *, newline: bool
) -> None:
    page = Page(tuple(header), tuple(pairs), newline)

    assert parse_page(render_page(page)) == page


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "00:00:00.000"),
        (4.12, "00:00:04.120"),
        (59.9996, "00:01:00.000"),
        (11_045.5, "03:04:05.500"),
    ],
)
def test_times_carry_over(seconds: float, text: str) -> None:
    assert timestamp(seconds) == text
