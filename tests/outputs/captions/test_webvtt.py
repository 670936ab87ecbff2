"""The WebVTT is strict, names the speaker on every cue and shows every text as it is."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from time import process_time

import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.decoding.ffmpeg import find_ffmpeg
from outputs.captions.line_cues import Cue
from outputs.captions.webvtt import render_webvtt, webvtt_of
from outputs.markup.page_labels import page_labels
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.transcript import Translation

NASTY = 'AT&T <b> --> 5 > 3 "q" | \\N \u200fאב\u200e 🎙️ &amp; </v>'

CUES = (
    Cue("0001", 4.12, 4.4, "Speaker 1", ("Yeah.",)),
    Cue("0002", 5.0, 6.2, "Speaker 2", ("Well,", "you know,")),
    Cue("0002", 6.2, 7.48, "Speaker 2", ("AT&T",)),
)

TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMES = re.compile(rf"{TIME} --> {TIME}")
VOICE = re.compile(r"<v ([^\n&<>]|&(?:amp|lt|gt|#45);)+>(?P<text>[^<>]*)</v>|(?P<bare>[^<>]*)")
REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|#45);)")


@dataclass(frozen=True, slots=True)
class StrictCue:
    identifier: str
    start_ms: int
    end_ms: int
    voice: str
    text: str


def strict(text: str) -> list[StrictCue]:
    """Read WebVTT by the rules for those who write it, of which readers forgive most."""
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text
    assert "\0" not in text
    header, *blocks = text[:-1].split("\n\n")
    assert header == "WEBVTT"
    assert all("-->" not in block for block in blocks if block.startswith("NOTE "))
    cues = [_strict_cue(block) for block in blocks if not block.startswith("NOTE ")]
    starts = [cue.start_ms for cue in cues]
    assert starts == sorted(starts)
    assert len({cue.identifier for cue in cues}) == len(cues)
    return cues


def _strict_cue(block: str) -> StrictCue:
    identifier, times, *rows = block.split("\n")
    assert identifier
    assert "-->" not in identifier
    found = TIMES.fullmatch(times)
    assert found
    start_ms, end_ms = _ms(found.groups()[:4]), _ms(found.groups()[4:])
    assert end_ms > start_ms
    payload = "\n".join(rows)
    assert rows
    assert all(rows)
    assert "-->" not in payload
    assert not REFERENCE.search(payload)
    inside = VOICE.fullmatch(payload)
    assert inside
    voice = payload[3:].partition(">")[0] if inside["text"] is not None else ""
    return StrictCue(
        identifier, start_ms, end_ms, unescape(voice), unescape(inside["text"] or inside["bare"])
    )


def _ms(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, ms = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def test_every_cue_has_times_and_a_voice() -> None:
    assert strict(webvtt_of(CUES, Language.EN)) == [
        StrictCue("000101", 4120, 4400, "Speaker 1", "Yeah."),
        StrictCue("000201", 5000, 6200, "Speaker 2", "Well,\nyou know,"),
        StrictCue("000202", 6200, 7480, "Speaker 2", "AT&T"),
    ]


def test_a_reader_finds_the_voices_and_the_text() -> None:
    captions = webvtt.from_string(webvtt_of(CUES, Language.EN)).captions

    found = [(c.identifier, c.start, c.end, c.voice, c.text) for c in captions]
    assert found[1] == (
        "000201", "00:00:05.000", "00:00:06.200", "Speaker 2", "Well,\nyou know,",
    )  # fmt: skip
    assert [caption.voice for caption in captions] == ["Speaker 1", "Speaker 2", "Speaker 2"]


@pytest.mark.parametrize(
    ("language", "note"), [(Language.KO, "NOTE Language: ko"), (Language.ZH, "zh-Hans")]
)
def test_a_note_says_the_language(language: Language, note: str) -> None:
    assert webvtt_of((), language).endswith(f"{note}\n")


def test_an_episode_without_cues_is_valid() -> None:
    assert strict(webvtt_of((), Language.EN)) == []


def test_a_cue_without_a_name_has_no_voice() -> None:
    cue = Cue("0001", 0.0, 1.0, "", ("5 > 3",))

    assert strict(webvtt_of([cue], Language.EN)) == [StrictCue("000101", 0, 1000, "", "5 > 3")]


def test_a_name_that_ends_like_an_arrow_makes_none() -> None:
    cue = strict(webvtt_of([Cue("0001", 0.0, 1.0, "Bo --", ("Yes",))], Language.EN))[0]

    assert cue.voice == "Bo --"


def test_times_after_three_hours_have_hours() -> None:
    cue = Cue("0001", 11045.678, 11046.0, "", ("Yes",))

    assert "\n03:04:05.678 --> 03:04:06.000\n" in webvtt_of([cue], Language.EN)


def test_the_shortest_cue_keeps_a_length() -> None:
    cue = Cue("0001", 1.0001, 1.0002, "", ("Yes",))

    assert "00:00:01.000 --> 00:00:01.001" in webvtt_of([cue], Language.EN)


def test_ffmpeg_reads_what_players_show(tmp_path: Path) -> None:
    path = tmp_path / "x.vtt"
    nasty = Cue("0003", 11045.5, 11046.0, NASTY, (NASTY, "<i>"))
    path.write_text(webvtt_of([*CUES, nasty], Language.EN), encoding="utf-8")

    run = subprocess.run(
        [find_ffmpeg(), "-v", "error", "-i", path, "-f", "srt", "-"],
        capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip

    cards = run.stdout.replace("\u2060", "").strip().split("\n\n")  # ffmpeg puts joiners in
    assert not run.stderr
    assert cards[0] == "1\n00:00:04,120 --> 00:00:04,400\nYeah."
    assert cards[3] == f"4\n03:04:05,500 --> 03:04:06,000\n{NASTY}\n<i>"


@pytest.mark.parametrize("language", [Language.EN, Language.KO, Language.ZH, Language.JA])
def test_an_episode_is_written_whole_in_every_language(
    record: EpisodeRecord, language: Language
) -> None:
    text = Translation("很长的一句话,里面有 AT&T <b> --> 5 > 3。", "model")
    lines = tuple(replace(x, translations=x.translations | {"zh": text}) for x in record.lines)
    record = replace(record, titles=record.titles | {"zh": text}, lines=lines)

    cues = strict(render_webvtt(record, language))

    expected = [
        x.text if language is Language.EN else x.translations[language].text for x in record.lines
    ]
    for line, whole in zip(record.lines, expected, strict=True):
        shown = "".join(cue.text for cue in cues if cue.identifier.startswith(line.id))
        assert "".join(shown.split()) == "".join(whole.split())
    name = page_labels(language.value).speaker
    assert {cue.voice for cue in cues} == {f"{name} 1", f"{name} 2"}


def test_a_language_that_is_not_there_is_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError, match="Chinese"):
        render_webvtt(record, Language.ZH)


def test_a_long_episode_takes_little_time() -> None:
    cues = [
        Cue(f"{n:05d}", n / 2, n / 2 + 1, "Speaker 1", ("Yeah.", "Right?")) for n in range(10_000)
    ]
    start = process_time()

    text = webvtt_of(cues, Language.EN)

    assert process_time() - start < 5
    assert len(strict(text)) == 10_000


ANY_TEXT = st.text("ab<>&-;/v \\{}|\"'한🎙\u200f", min_size=1).filter(str.strip)


@given(st.one_of(st.just(NASTY), ANY_TEXT), st.one_of(st.just(NASTY), ANY_TEXT))
@settings(max_examples=50)
def test_any_text_and_name_read_back_as_they_are(text: str, name: str) -> None:
    cue = strict(webvtt_of([Cue("0001", 0.0, 1.0, name, (text, text))], Language.EN))[0]

    once = " ".join(text.split())
    assert (cue.voice, cue.text) == (" ".join(name.split()), f"{once}\n{once}")
