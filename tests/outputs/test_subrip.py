"""The SubRip keeps to what podcast apps show, and loses no text to players' markup."""

import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pysubs2 import SSAFile

from audio.ffmpeg import find_ffmpeg
from outputs.line_cues import Cue
from outputs.recorded import EpisodeRecord
from outputs.subrip import ROWS, WIDTH, render_subrip, subrip_of
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.timeline import Word
from podcast.transcript import Translation

NASTY = "AT&T <b> --> 5 > 3 | \u200fאב\u200e 🎙️"
JOINER = "\u2060"
Card = tuple[int, int, str]


def cards(text: str) -> list[Card]:
    """Read SubRip with another library: milliseconds, and the text as a player shows it."""
    assert "\n\n\n" not in text
    return [(e.start, e.end, e.plaintext) for e in SSAFile.from_string(text, format_="srt")]


def texts(text: str) -> list[str]:
    return [shown for _, _, shown in cards(text)]


def cue(text: str, speaker: str = "", *more: str) -> Cue:
    return Cue("0001", 0.0, 4.0, speaker, (text, *more))


def test_the_name_stands_where_the_speaker_changes() -> None:
    said = [cue("One", "Ann"), cue("Two", "Ann"), cue("Three", "Bo"), cue("Four", "Ann")]

    assert texts(subrip_of(said, Language.EN)) == ["Ann: One", "Two", "Bo: Three", "Ann: Four"]


def test_a_cue_without_a_name_has_no_prefix() -> None:
    assert subrip_of([cue("One")], Language.EN) == "1\n00:00:00,000 --> 00:00:04,000\nOne\n"


def test_cards_are_numbered_and_parted_by_one_empty_line() -> None:
    text = subrip_of([cue("One", "", "two"), cue("Three")], Language.EN)

    assert text.split("\n") == [
        "1", "00:00:00,000 --> 00:00:04,000", "One", "two", "",
        "2", "00:00:00,000 --> 00:00:04,000", "Three", "",
    ]  # fmt: skip


def test_no_cues_make_an_empty_file() -> None:
    assert not subrip_of([], Language.EN)


def test_times_after_three_hours_have_hours() -> None:
    late = Cue("0001", 11045.678, 11046.0, "", ("Yes",))

    assert "\n03:04:05,678 --> 03:04:06,000\n" in subrip_of([late], Language.EN)


def test_the_shortest_cue_keeps_a_length() -> None:
    short = Cue("0001", 1.0001, 1.0002, "", ("Yes",))

    assert cards(subrip_of([short], Language.EN)) == [(1000, 1001, "Yes")]


def test_rows_that_fit_stay_as_they_are() -> None:
    rows = ("a" * WIDTH, "b" * WIDTH)

    assert texts(subrip_of([cue(*rows[:1], "", rows[1])], Language.EN)) == ["\n".join(rows)]


def test_a_cue_that_is_too_wide_becomes_cards_with_rows_about_equally_long() -> None:
    wide = cue(
        "So what we did there was that we took the", "", "whole model apart and put it together"
    )

    assert texts(subrip_of([wide], Language.EN)) == [
        "So what we did there\nwas that we took the",
        "whole model apart\nand put it together",
    ]


def test_a_name_that_does_not_fit_beside_the_text_is_cut_in_with_it() -> None:
    wide = cue("It is twenty-four letters", "Ann Lee")

    assert texts(subrip_of([wide], Language.EN)) == ["Ann Lee: It is\ntwenty-four letters"]


@pytest.mark.parametrize(
    ("language", "rows", "shown"),
    [
        (Language.JA, ("ええと、そうですね。", "はい。"), ["Ann: ええと、そうですね。\nはい。"]),
        (
            Language.ZH,
            ("一二三四五六七八九十一二三四五六", "七八"),
            ["Bartholomew Smith:\n一二三四五六七八九十一二三四五六", "七八"],
        ),
    ],
)
def test_rows_of_the_far_east_are_never_cut_anew(
    language: Language, rows: tuple[str, ...], shown: list[str]
) -> None:
    name = shown[0].partition(":")[0]

    assert texts(subrip_of([cue(rows[0], name, *rows[1:])], language)) == shown


def test_a_name_wider_than_a_row_is_shortened() -> None:
    text = texts(subrip_of([cue("好。", "A" * 80)], Language.ZH))[0]

    assert text == f"{'A' * 30}…:\n好。"


def test_a_name_stays_in_one_row() -> None:
    name = "Bartholomew Featherstonehaugh"

    rows = texts(subrip_of([cue("Well, you know, it is so.", name)], Language.EN))[0].split("\n")

    assert rows[0] == f"{name}:"


def test_a_card_starts_with_its_first_word() -> None:
    spoken = "We took the whole model apart there, and then we put it together once more"
    words = tuple(Word(n / 10, n / 10 + 0.1, text, 1.0) for n, text in enumerate(spoken.split()))
    wide = Cue("0001", 0.0, 4.0, "Ann", (spoken[:36], spoken[37:]), words)

    (_, end, first), (start, _, second) = cards(subrip_of([wide], Language.EN))

    assert first.startswith("Ann: We took")
    assert second.split()[0] == words[start // 100].text
    assert start == end


def test_time_is_shared_by_length_where_the_words_are_others() -> None:
    wide = Cue("0001", 10.0, 14.0, "", ("a" * 32 + " " + "b" * 31, "c" * 32 + " " + "d" * 31))

    spans = [(start, end) for start, end, _ in cards(subrip_of([wide], Language.EN))]

    assert spans[0][0] == 10_000
    assert spans[0][1] == spans[1][0] == pytest.approx(12_000, abs=50)
    assert spans[1][1] == 14_000


def test_a_word_longer_than_a_row_is_cut_and_keeps_the_times_in_order() -> None:
    long = Cue("0001", 0.0, 4.0, "", ("x" * 200,), (Word(0.0, 4.0, "x" * 200, 1.0),))

    found = cards(subrip_of([long], Language.EN))

    assert "".join("".join(text.split()) for _, _, text in found) == "x" * 200
    assert all(before[1] <= after[0] for before, after in pairwise(found))


@pytest.mark.parametrize("text", ["<b>bold</b>", "{\\an8}top", "a {b} c", "x\\Ny", "</i> --> <br>"])
def test_what_players_take_for_markup_is_shown(text: str) -> None:
    shown = texts(subrip_of([cue(text)], Language.EN))[0]

    assert shown.replace(JOINER, "").translate(str.maketrans("｛｝", "{}")) == text
    assert "-->" not in shown


def test_ffmpeg_reads_what_players_show(tmp_path: Path) -> None:
    path = tmp_path / "x.srt"
    said = [cue("Yeah.", "Ann"), Cue("0002", 11045.5, 11046.0, "<b>Bo</b> -->", (NASTY, "{\\an8}"))]
    path.write_text(subrip_of(said, Language.EN), encoding="utf-8")

    run = subprocess.run(
        [find_ffmpeg(), "-v", "error", "-i", path, "-f", "webvtt", "-"],
        capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip

    blocks = run.stdout.strip().split("\n\n")
    shown = " ".join(blocks[2].split("\n")[1:]).replace(JOINER, "")
    assert not run.stderr
    assert blocks[1] == "00:00.000 --> 00:04.000\nAnn: Yeah."
    assert shown == f"<b>Bo</b> -->: {NASTY} ｛\\an8｝"


@pytest.mark.parametrize("language", [Language.EN, Language.KO, Language.ZH, Language.JA])
def test_an_episode_is_written_whole_in_every_language(
    record: EpisodeRecord, language: Language
) -> None:
    text = Translation("很长的一句话,里面有 AT&T 和 5 > 3,就是这么说的,你懂我的意思吧。", "model")
    lines = tuple(replace(x, translations=x.translations | {"zh": text}) for x in record.lines)
    record = replace(record, titles=record.titles | {"zh": text}, lines=lines)

    shown = " ".join(texts(render_subrip(record, language)))

    one, two = (
        x.text if language is Language.EN else x.translations[language].text for x in record.lines
    )
    assert "".join(shown.split()) == "".join(f"Speaker1:{one}Speaker2:{two}".split())


def test_a_language_that_is_not_there_is_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError, match="Chinese"):
        render_subrip(record, Language.ZH)


def test_a_long_episode_takes_little_time() -> None:
    row = "and so we went on and on for hours on it"
    said = [
        Cue(f"{n:05d}", n / 2, n / 2 + 1, f"Speaker {n % 2}", (row, row)) for n in range(10_000)
    ]
    start = process_time()

    text = subrip_of(said, Language.EN)

    assert process_time() - start < 20
    assert len(cards(text)) == 20_000


ROW = st.text("abc <>-{}\\/N|&'é", min_size=1, max_size=42).filter(str.strip)
NAME = st.text("ab :-<é", max_size=80)


@given(st.lists(st.tuples(NAME, ROW, ROW), min_size=1, max_size=4))
@settings(max_examples=50)
def test_any_text_keeps_to_the_profile(said: list[tuple[str, str, str]]) -> None:
    cues = [Cue(f"{n}", n, n + 1.0, name, (one, two)) for n, (name, one, two) in enumerate(said)]

    text = subrip_of(cues, Language.EN)

    blocks = [block.split("\n") for block in text.removesuffix("\n").split("\n\n")]
    assert [block[0] for block in blocks] == [f"{n}" for n in range(1, len(blocks) + 1)]
    assert all("-->" not in row for block in blocks for row in block[2:])
    assert all(0 < len(block[2:]) <= ROWS for block in blocks)
    assert all(len(r.replace(JOINER, "")) <= WIDTH and r.strip() for b in blocks for r in b[2:])
    assert all(0 <= start < end for start, end, _ in cards(text))
