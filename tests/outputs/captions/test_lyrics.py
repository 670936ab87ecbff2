"""Players of lyrics show both languages of a line under one stamp."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.decoding.ffmpeg import find_ffmpeg
from outputs.captions.lyrics import render_lyrics
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.transcript import Translation

STAMP = re.compile(r"\[(\d{2,}):([0-5]\d)\.(\d\d)\](.*)")

Timed = Callable[..., EpisodeRecord]


@pytest.fixture
def timed(record: EpisodeRecord) -> Timed:
    """Make an episode of lines with these starts and ends."""

    def make(*spans: tuple[float, float]) -> EpisodeRecord:
        first = record.lines[0]
        lines = (
            replace(first, id=f"{n:05d}", start=start, end=end, words=())
            for n, (start, end) in enumerate(spans)
        )
        return replace(record, lines=tuple(lines))

    return make


def rows(lyrics: str) -> list[tuple[int, str]]:
    """Return (hundredths, text) of the stamped rows."""
    found = map(STAMP.fullmatch, lyrics.splitlines())
    return [(int(m[1]) * 6000 + int(m[2]) * 100 + int(m[3]), m[4]) for m in found if m is not None]


def seen_by_ffmpeg(lyrics: str) -> str:
    command = [find_ffmpeg(), "-v", "error", "-f", "lrc", "-i", "-", "-f", "webvtt", "-"]
    run = subprocess.run(command, input=lyrics.encode(), capture_output=True, check=True)
    return run.stdout.decode()


def test_both_languages_stand_under_one_stamp_after_the_tags(record: EpisodeRecord) -> None:
    assert render_lyrics(record, Language.KO) == (
        "[ti:제목]\n"
        "[ar:Speaker 1, Speaker 2]\n"
        "[al:Open Ears]\n"
        "[length:00:12]\n"
        "[re:Interlinear]\n"
        "[00:04.12]Yeah.\n"
        "[00:04.12]네.\n"
        "[00:05.00]Well, AT&T\n"
        "[00:05.00]음, AT&T\n"
        "[00:07.48]\n"
    )


def test_ffmpeg_reads_what_players_do(record: EpisodeRecord) -> None:
    read = seen_by_ffmpeg(render_lyrics(record, Language.JA))

    assert "00:05.000 --> " in read
    assert "ええと、AT&T" in read.replace("&amp;", "&")


def test_a_line_before_a_pause_is_taken_off_the_screen(timed: Timed) -> None:
    lyrics = render_lyrics(timed((1.0, 2.0), (3.0, 4.0), (4.5, 5.0)), Language.KO)

    assert [at for at, text in rows(lyrics) if not text] == [200, 500]


def test_minutes_go_on_past_an_hour(timed: Timed) -> None:
    lyrics = render_lyrics(timed((10_799.996, 10_805.0)), Language.KO)

    assert "\n[180:00.00]Yeah.\n" in lyrics


def test_stamps_never_step_back_where_lines_overlap(timed: Timed) -> None:
    lyrics = render_lyrics(timed((5.0, 9.0), (4.9, 6.0), (7.0, 7.5)), Language.KO)

    stamps = [at for at, _ in rows(lyrics)]
    assert stamps == sorted(stamps)


def test_brackets_are_no_stamps(record: EpisodeRecord) -> None:
    first = replace(record.lines[0], text="[00:01.00] a <00:02.00>b ] --> |")

    lyrics = render_lyrics(
        replace(record, show="[x]\ny", lines=(first, record.lines[1])), Language.KO
    )

    assert rows(lyrics)[0] == (412, "［00:01.00］ a ＜00:02.00＞b ］ --＞ |")
    assert "[al:［x］ y]\n" in lyrics


def test_an_empty_tag_is_left_out(record: EpisodeRecord) -> None:
    assert "[al:" not in render_lyrics(replace(record, show=""), Language.KO)


def test_an_episode_without_lines_has_tags_alone(record: EpisodeRecord) -> None:
    assert rows(render_lyrics(replace(record, lines=()), Language.KO)) == []


def test_a_language_that_the_record_lacks_is_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError):
        render_lyrics(record, Language.ZH)


def test_ten_thousand_lines_are_written(timed: Timed) -> None:
    lyrics = render_lyrics(timed(*((float(n), n + 0.9) for n in range(10_000))), Language.KO)

    assert len(rows(lyrics)) == 20_001


@given(st.text("ab []<>:01.\n\u200f한", min_size=1).filter(str.strip))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_leaves_the_rows_whole(record: EpisodeRecord, text: str) -> None:
    first = record.lines[0]
    korean = first.translations | {"ko": Translation(text, "model")}

    lyrics = render_lyrics(
        replace(record, lines=(replace(first, translations=korean),)), Language.KO
    )

    assert lyrics.count("[") == lyrics.count("]") == 8
    assert len(rows(lyrics)) == 3
