"""German between English speakers, and around one, through the whole chain on public weights."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from audio.decoding.ffmpeg import find_ffmpeg
from bench.real.product import Run
from bench.real.samples import SHARED
from demo.scores import word_error_rate

MIXED = SHARED / "cases" / "mixed_lang.flac"
GERMAN = (11.5, 25.4)
BEFORE = (
    "Content like data models tests and endpoints are organized into projects in the Custom Speech "
    "portal Each project is specific to a domain and country-slash language For example you"
)
AFTER = (
    "And so my fellow Americans ask not what your country can do for you "
    "ask what you can do for your country"
)

FORM = "aresample=16000,aformat=sample_fmts=s16:channel_layouts=mono"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not MIXED.is_file(), reason="the recordings are not beside the checkout"),
]


@pytest.fixture(scope="module")
def mixed(hear: Callable[[Path], Run]) -> Run:
    return hear(MIXED)


@pytest.fixture(scope="module")
def words(mixed: Run) -> list[tuple[float, str]]:
    return [(word.start, word.text) for line in mixed.record.lines for word in line.words]


def test_english_before_and_after_another_language_is_all_there(
    words: list[tuple[float, str]],
) -> None:
    before = [text for start, text in words if start < GERMAN[0]]
    after = [text for start, text in words if start > GERMAN[1]]

    assert word_error_rate(BEFORE.split(), before) < 0.1
    assert word_error_rate(AFTER.split(), after) < 0.1


def test_nothing_is_invented_where_another_language_is_spoken(
    words: list[tuple[float, str]],
) -> None:
    assert [text for start, text in words if GERMAN[0] <= start <= GERMAN[1]] == []


def test_the_gap_is_named_and_the_lines_beside_it_are_flagged(mixed: Run) -> None:
    coverage = mixed.record.coverage
    assert coverage is not None
    (gap,) = coverage.foreign

    assert gap.language == "German"
    assert (gap.start, gap.end) == pytest.approx(GERMAN, abs=0.7)
    flagged = [line for line in mixed.record.lines if "foreign" in line.flags]
    assert [line.text.split()[0] for line in flagged] == ["For", "And"]


def test_another_language_at_the_start_and_at_the_end_is_cut_out_to_the_edges(
    hear: Callable[[Path], Run], tmp_path: Path
) -> None:
    first, last, total = 4.0, 26.4, 32.4
    graph = (
        f"[0:a]atrim=0:{first},asetpts=N/SR/TB,{FORM},apad=pad_dur=0.4[a];"
        f"[1:a]atrim=0:11,asetpts=N/SR/TB,{FORM},aloop=1:{11 * 16000}[b];"
        f"[0:a]atrim=6:12,asetpts=N/SR/TB,{FORM}[c];[a][b][c]concat=n=3:v=0:a=1"
    )

    record = hear(make(tmp_path / "edges.wav", graph)).record

    words = [word for line in record.lines for word in line.words]
    assert word_error_rate(2 * AFTER.split(), [word.text for word in words]) < 0.1
    assert first - 0.5 < words[0].start < words[-1].end < last + 0.5
    assert record.coverage is not None
    start, end = record.coverage.foreign
    assert (start.start, end.end) == pytest.approx((0, total), abs=0.1)


def test_three_seconds_of_another_language_are_cut_out(
    hear: Callable[[Path], Run], tmp_path: Path
) -> None:
    graph = (
        f"[1:a]asplit[x][y];[x]{FORM},apad=pad_dur=0.3[a];"
        f"[0:a]atrim=0:3.4,asetpts=N/SR/TB,{FORM},apad=pad_dur=0.3[b];"
        f"[y]{FORM}[c];[a][b][c]concat=n=3:v=0:a=1"
    )

    record = hear(make(tmp_path / "three.wav", graph)).record

    words = [word.text for line in record.lines for word in line.words]
    assert word_error_rate(2 * AFTER.split(), words) < 0.1
    assert record.coverage is not None
    (german,) = record.coverage.foreign
    assert 10.3 < german.start < 12  # there is a second of silence before it
    assert german.end == pytest.approx(14.7, abs=0.7)


def make(target: Path, graph: str) -> Path:
    inputs = ("-i", SHARED / "cases" / "de16.flac", "-i", SHARED / "jfk" / "jfk.flac")
    command = [find_ffmpeg(), "-v", "error", *inputs, "-filter_complex", graph, target]
    subprocess.run(command, check=True, timeout=60)
    return target
