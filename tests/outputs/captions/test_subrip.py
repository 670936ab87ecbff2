"""The SubRip keeps to what podcast apps show, and loses no text to players' markup."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pysubs2 import SSAFile

from outputs.captions.line_cues import Cue
from outputs.captions.subrip import WIDTH, render_pair_subrip, render_subrip, subrip_of
from outputs.markup.page_labels import page_labels
from outputs.markup.pair_order import PairOrder
from outputs.record.record_types import EpisodeRecord, RecordedSpeaker
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.transcript import Translation

ROWS = 2
NASTY = "AT&T <b> --> 5 > 3 | \u200fאב\u200e 🎙️"
JOINER = "\u2060"
HOSTILE = 'AT&T <b> --> 5 > 3 "'
HOSTILE_KO = "\u200f{\\an8} C:\\New | 🙂"

Card = tuple[int, int, str]
Changed = Callable[..., EpisodeRecord]
Converted = Callable[[str, str, str], str]


def cards(text: str) -> list[Card]:
    """Read SubRip with another library: milliseconds, and the text as a player shows it."""
    assert "\n\n\n" not in text
    return [(e.start, e.end, e.plaintext) for e in SSAFile.from_string(text, format_="srt")]


def texts(text: str) -> list[str]:
    return [shown for _, _, shown in cards(text)]


def unmarked(text: str) -> str:
    """Leave out what nobody sees (spaces, row ends, joiners) and what braces look like."""
    return "".join(text.replace(JOINER, "").translate(str.maketrans("｛｝", "{}")).split())


def cue(text: str, speaker: str = "", *more: str) -> Cue:
    return Cue("0001", 0.0, 4.0, speaker, (text, *more))


def test_a_label_is_part_of_its_row() -> None:
    said = [cue("Ann: One"), cue("Two", "Ann"), cue("Bo: Three", "Bo")]

    assert texts(subrip_of(said)) == ["Ann: One", "Two", "Bo: Three"]


def test_cards_are_numbered_and_parted_by_one_empty_line() -> None:
    text = subrip_of([cue("One", "", "two"), cue("Three")])

    assert text.split("\n") == [
        "1", "00:00:00,000 --> 00:00:04,000", "One", "two", "",
        "2", "00:00:00,000 --> 00:00:04,000", "Three", "",
    ]  # fmt: skip


def test_no_cues_make_an_empty_file() -> None:
    assert not subrip_of([])


def test_times_after_three_hours_have_hours() -> None:
    late = Cue("0001", 11045.678, 11046.0, "", ("Yes",))

    assert "\n03:04:05,678 --> 03:04:06,000\n" in subrip_of([late])


def test_the_shortest_cue_keeps_a_length() -> None:
    short = Cue("0001", 1.0001, 1.0002, "", ("Yes",))

    assert cards(subrip_of([short])) == [(1000, 1001, "Yes")]


@pytest.mark.parametrize("text", ["<b>bold</b>", "{\\an8}top", "a {b} c", "x\\Ny", "</i> --> <br>"])
def test_what_players_take_for_markup_is_shown(text: str) -> None:
    shown = texts(subrip_of([cue(text)]))[0]

    assert shown.replace(JOINER, "").translate(str.maketrans("｛｝", "{}")) == text
    assert "-->" not in shown


def test_ffmpeg_reads_what_players_show(converted: Converted) -> None:
    said = [
        cue("Ann: Yeah."),
        Cue("0002", 11045.5, 11046.0, "", (f"<b>Bo</b> -->: {NASTY}", "{\\an8}")),
    ]

    blocks = converted(subrip_of(said), "srt", "webvtt").strip().split("\n\n")

    shown = " ".join(blocks[2].split("\n")[1:]).replace(JOINER, "")
    assert blocks[1] == "00:00.000 --> 00:04.000\nAnn: Yeah."
    assert shown == f"<b>Bo</b> -->: {NASTY} ｛\\an8｝"


def test_a_card_of_both_languages_names_a_new_speaker(record: EpisodeRecord) -> None:
    again = replace(record.lines[1], id="0003", start=8.0, end=9.0, words=())
    cards = render_pair_subrip(replace(record, lines=(*record.lines, again)), Language.KO)

    assert [event.text for event in SSAFile.from_string(cards, "srt")] == [
        r"Speaker 1: Yeah.\N네.",
        r"Speaker 2: Well, AT&T\N음, AT&T",
        r"Well, AT&T\N음, AT&T",
    ]


def test_the_translation_can_stand_first(record: EpisodeRecord) -> None:
    assert "\n話者 1: ええ。\nYeah.\n\n2\n" in render_pair_subrip(
        record, Language.JA, PairOrder.TARGET_FIRST
    )


def test_a_card_of_both_languages_goes_past_three_hours(changed: Changed) -> None:
    text = render_pair_subrip(changed("Hi", "네", start=10_800.25, end=10_801.5), Language.KO)

    assert text == "1\n03:00:00,250 --> 03:00:01,500\nAnn: Hi\n네\n"


@pytest.mark.parametrize("reader", ["pysubs2", "ffmpeg"])
def test_hostile_text_in_both_languages_is_shown_as_it_is(
    changed: Changed, converted: Converted, reader: str
) -> None:
    text = render_pair_subrip(changed(HOSTILE, HOSTILE_KO, "<b>A --> B"), Language.KO)

    if reader == "pysubs2":
        events = SSAFile.from_string(text, "srt")
        shown = "".join(event.plaintext for event in events)
        assert unmarked(shown) == unmarked("<b>A --> B: " + HOSTILE + HOSTILE_KO)
    else:
        as_players_draw_it = converted(text, "srt", "ass")
        assert unmarked(HOSTILE_KO) in unmarked(converted(as_players_draw_it, "ass", "webvtt"))


@given(st.text("ab <>/{}\\Nn-i&한", min_size=1).filter(str.strip))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_both_languages_leaves_the_cards_whole(changed: Changed, text: str) -> None:
    written = render_pair_subrip(changed(text, "네"), Language.KO)

    events = SSAFile.from_string(written, "srt", keep_html_tags=True)
    assert written.count("-->") == len(events)
    shown = "".join(event.text.replace(r"\N", "") for event in events)
    assert unmarked(shown).replace("네", "") == unmarked(f"Ann: {text}")


def test_thousands_of_lines_are_read_by_ffmpeg(
    long_record: EpisodeRecord, converted: Converted
) -> None:
    text = render_pair_subrip(long_record, Language.KO)

    assert converted(text, "srt", "webvtt").count(" --> ") == len(long_record.lines)


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
    name = page_labels(language.value).speaker
    assert "".join(shown.split()) == "".join(f"{name}1:{one}{name}2:{two}".split())


@pytest.mark.parametrize("render", [render_subrip, render_pair_subrip])
def test_a_language_that_is_not_there_is_refused(
    record: EpisodeRecord, render: Callable[[EpisodeRecord, Language], str]
) -> None:
    with pytest.raises(BadInputError, match="Chinese"):
        render(record, Language.ZH)


WORDS = st.lists(
    st.sampled_from(["abc", "<b>", "-->", "{\\an8}", "x\\N", "|&'é", "y" * 40]),
    min_size=1,
    max_size=30,
).map(" ".join)
NAMES = st.text("ab :-<é다", max_size=80)


@given(st.lists(st.tuples(NAMES, WORDS), min_size=1, max_size=4))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_keeps_to_the_profile(record: EpisodeRecord, drawn: list[tuple[str, str]]) -> None:
    speakers = [RecordedSpeaker(f"Speaker {n}", name, "hand") for n, (name, _) in enumerate(drawn)]
    lines = [
        replace(
            record.lines[0], id=f"{n:04d}", start=4.0 * n, end=4.0 * n + 4.0,
            speaker=f"Speaker {n}", text=text, words=(),
        )
        for n, (_, text) in enumerate(drawn)
    ]  # fmt: skip

    text = render_subrip(replace(record, speakers=speakers, lines=lines), Language.EN)

    blocks = [block.split("\n") for block in text.removesuffix("\n").split("\n\n")]
    assert [block[0] for block in blocks] == [f"{n}" for n in range(1, len(blocks) + 1)]
    assert all("-->" not in row for block in blocks for row in block[2:])
    assert all(0 < len(block[2:]) <= ROWS for block in blocks)
    assert all(len(r.replace(JOINER, "")) <= WIDTH and r.strip() for b in blocks for r in b[2:])
    assert all(0 <= start < end for start, end, _ in cards(text))
