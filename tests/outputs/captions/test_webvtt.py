"""The WebVTT is strict, names the speaker on every cue and shows every text as it is."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from io import StringIO
from time import process_time

import pytest
import webvtt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outputs.captions.line_cues import Cue
from outputs.captions.webvtt import render_pair_webvtt, render_webvtt, webvtt_of
from outputs.markup.page_labels import page_labels
from outputs.markup.pair_order import PairOrder
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.transcript import Translation

NASTY = 'AT&T <b> --> 5 > 3 "q" | \\N \u200fאב\u200e 🎙️ &amp; </v>'
HOSTILE = 'AT&T <b> --> 5 > 3 "'
HOSTILE_KO = "\u200f{\\an8} | <i>넷 🙂 -->"
HOSTILE_NAME = "A & B --> <v C>"

Changed = Callable[..., EpisodeRecord]
Converted = Callable[[str, str, str], str]

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


def test_ffmpeg_reads_what_players_show(converted: Converted) -> None:
    nasty = Cue("0003", 11045.5, 11046.0, NASTY, (NASTY, "<i>"))

    cards = converted(webvtt_of([*CUES, nasty], Language.EN), "webvtt", "srt")

    first, *_, last = cards.replace("\u2060", "").strip().split("\n\n")  # ffmpeg puts joiners in
    assert first == "1\n00:00:04,120 --> 00:00:04,400\nYeah."
    assert last == f"4\n03:04:05,500 --> 03:04:06,000\n{NASTY}\n<i>"


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


@pytest.mark.parametrize("render", [render_webvtt, render_pair_webvtt])
def test_a_language_that_is_not_there_is_refused(
    record: EpisodeRecord, render: Callable[[EpisodeRecord, Language], str]
) -> None:
    with pytest.raises(BadInputError, match="Chinese"):
        render(record, Language.ZH)


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


def plain(text: str) -> str:
    return "".join(text.split())


def captions(text: str) -> list[webvtt.Caption]:
    return webvtt.from_buffer(StringIO(text)).captions


def test_a_pair_shows_both_languages_and_who_speaks(record: EpisodeRecord) -> None:
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


def test_hostile_text_of_a_pair_is_shown_as_it_is(changed: Changed, converted: Converted) -> None:
    text = render_pair_webvtt(changed(HOSTILE, HOSTILE_KO, HOSTILE_NAME), Language.KO)

    shown = "".join(cue.text for cue in captions(text))
    assert plain(unescape(shown)) == plain(HOSTILE + HOSTILE_KO)
    assert plain(HOSTILE) in plain(converted(text, "webvtt", "srt"))


def test_a_hostile_name_of_a_pair_is_escaped(changed: Changed) -> None:
    text = render_pair_webvtt(changed("Hi", "네", HOSTILE_NAME), Language.KO)

    [cue] = captions(text)
    assert cue.voice == "A &amp; B --&gt; &lt;v C&gt;"


def test_a_name_of_a_pair_that_ends_in_hyphens_makes_no_arrow(changed: Changed) -> None:
    text = render_pair_webvtt(changed("Hi", "네", "Ann --"), Language.KO)

    assert text.count("-->") == 1
    [cue] = captions(text)
    assert unescape(cue.voice or "") == "Ann --"


def test_a_pair_without_a_speaker_has_no_voice(changed: Changed) -> None:
    text = render_pair_webvtt(changed("Hi", "네", name=""), Language.KO)

    assert "\nHi\n<lang ko>네</lang>\n" in text


def test_a_pair_keeps_a_length_after_three_hours(changed: Changed) -> None:
    record = changed("Hi", "네", start=10_801.0004, end=10_801.00049)

    text = render_pair_webvtt(record, Language.KO)

    start, end = re.findall(r"03:00:\d\d\.\d{3}", text)
    assert start < end


def test_thousands_of_lines_are_written_in_order(long_record: EpisodeRecord) -> None:
    text = render_pair_webvtt(long_record, Language.KO)

    starts = [cue.start for cue in captions(text)]
    assert len(starts) == len(long_record.lines)
    assert starts == sorted(starts)


@given(
    text=st.text('ab &<>-/v."\t\u200f한', min_size=1).filter(str.strip),
    name=st.text("ab &<>-\n."),
)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_of_a_pair_reads_back(changed: Changed, text: str, name: str) -> None:
    written = render_pair_webvtt(changed(text, "네", name), Language.KO)

    cues = captions(written)
    assert written.count("-->") == len(cues)
    seen = "".join(c.text for c in cues).replace("네", "")
    assert plain(unescape(seen)) == plain(text)
