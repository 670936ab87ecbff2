"""Readers of WebVTT see both languages, who speaks, and hostile text as it is."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from io import StringIO

import pytest
import webvtt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.decoding.ffmpeg import find_ffmpeg
from outputs.captions.webvtt import render_pair_webvtt
from outputs.markup.pair_order import PairOrder
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.transcript import Translation

HOSTILE = 'AT&T <b> --> 5 > 3 "'
HOSTILE_KO = "\u200f{\\an8} | <i>넷 🙂 -->"
HOSTILE_NAME = "A & B --> <v C>"

Changed = Callable[..., EpisodeRecord]


@pytest.fixture
def changed(record: EpisodeRecord) -> Changed:
    """Change the first line, its Korean, its speaker's name and its times."""

    def change(
        text: str, target: str, name: str = "Ann", start: float = 4.12, end: float = 4.9
    ) -> EpisodeRecord:
        translations = record.lines[0].translations | {"ko": Translation(target, "model")}
        first = replace(
            record.lines[0], text=text, translations=translations, start=start, end=end, words=()
        )
        voices = (replace(record.speakers[0], name=name), record.speakers[1])
        return replace(record, lines=(first,), speakers=voices)

    return change


def plain(text: str) -> str:
    return "".join(text.split())


def captions(text: str) -> list[webvtt.Caption]:
    return webvtt.from_buffer(StringIO(text)).captions


def seen_by_ffmpeg(text: str) -> str:
    """Return the cards as ffmpeg understands them, as SubRip."""
    command = [find_ffmpeg(), "-v", "error", "-f", "webvtt", "-i", "-", "-f", "srt", "-"]
    run = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    assert run.stderr == b""
    return run.stdout.decode()


def test_a_card_shows_both_languages_and_who_speaks(record: EpisodeRecord) -> None:
    assert render_pair_webvtt(record, Language.KO).startswith(
        "WEBVTT\n\n"
        "000101\n00:00:04.120 --> 00:00:04."
    )  # fmt: skip
    assert "<v Speaker 1>Yeah.\n<lang ko>네.</lang></v>\n" in render_pair_webvtt(
        record, Language.KO
    )


def test_the_translation_can_stand_first(record: EpisodeRecord) -> None:
    text = render_pair_webvtt(record, Language.JA, PairOrder.TARGET_FIRST)

    assert "<v Speaker 1><lang ja>ええ。</lang>\nYeah.</v>\n" in text


def test_chinese_is_marked_as_written_in_simplified_characters(record: EpisodeRecord) -> None:
    chinese = {"zh": Translation("嗯。", "model")}
    lines = tuple(replace(line, translations=chinese) for line in record.lines)

    text = render_pair_webvtt(replace(record, titles=chinese, lines=lines), Language.ZH)

    assert text.count("<lang zh-Hans>嗯。</lang>") == len(lines)


def test_a_language_that_the_record_lacks_is_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError):
        render_pair_webvtt(record, Language.ZH)


def test_hostile_text_is_shown_as_it_is(changed: Changed) -> None:
    text = render_pair_webvtt(changed(HOSTILE, HOSTILE_KO, HOSTILE_NAME), Language.KO)

    shown = "".join(cue.text for cue in captions(text))
    assert plain(unescape(shown)) == plain(HOSTILE + HOSTILE_KO)
    assert plain(HOSTILE) in plain(seen_by_ffmpeg(text))


def test_a_hostile_name_is_escaped(changed: Changed) -> None:
    text = render_pair_webvtt(changed("Hi", "네", HOSTILE_NAME), Language.KO)

    [cue] = captions(text)
    assert cue.voice == "A &amp; B --&gt; &lt;v C&gt;"


def test_a_name_that_ends_in_hyphens_makes_no_arrow(changed: Changed) -> None:
    text = render_pair_webvtt(changed("Hi", "네", "Ann --"), Language.KO)

    assert text.count("-->") == 1
    [cue] = captions(text)
    assert unescape(cue.voice or "") == "Ann --"


def test_a_card_without_a_speaker_has_no_voice(changed: Changed) -> None:
    text = render_pair_webvtt(changed("Hi", "네", name=""), Language.KO)

    assert "\nHi\n<lang ko>네</lang>\n" in text


def test_a_card_keeps_a_length_after_three_hours(changed: Changed) -> None:
    record = changed("Hi", "네", start=10_801.0004, end=10_801.00049)

    text = render_pair_webvtt(record, Language.KO)

    start, end = re.findall(r"03:00:\d\d\.\d{3}", text)
    assert start < end


@pytest.mark.slow
def test_ten_thousand_lines_are_written_in_order(record: EpisodeRecord) -> None:
    lines = tuple(
        replace(record.lines[0], id=f"{n:05d}", start=float(n), end=n + 0.9, words=())
        for n in range(10_000)
    )

    text = render_pair_webvtt(replace(record, lines=lines), Language.KO)

    starts = [cue.start for cue in captions(text)]
    assert len(starts) == 10_000
    assert starts == sorted(starts)


@given(
    text=st.text('ab &<>-/v."\t\u200f한', min_size=1).filter(str.strip),
    name=st.text("ab &<>-\n."),
)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_reads_back(changed: Changed, text: str, name: str) -> None:
    written = render_pair_webvtt(changed(text, "네", name), Language.KO)

    cues = captions(written)
    assert written.count("-->") == len(cues)
    seen = "".join(c.text for c in cues).replace("네", "")
    assert plain(unescape(seen)) == plain(text)
