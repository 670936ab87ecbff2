"""Players show subtitles in two languages as they were written, hostile text too."""

import subprocess
from collections.abc import Callable
from dataclasses import replace

import pysubs2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.decoding.ffmpeg import find_ffmpeg
from outputs.captions.subrip import render_pair_subrip
from outputs.captions.substation import render_pair_ass
from outputs.markup.pair_order import PairOrder
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.transcript import Translation

HOSTILE = 'AT&T <b> --> 5 > 3 "'
HOSTILE_KO = "\u200f{\\an8} C:\\New | 🙂"

BRACES = str.maketrans("｛｝", "{}")

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
    """Leave out what nobody sees (spaces, row ends, joiners) and what braces look like."""
    return "".join(text.replace("\u2060", "").translate(BRACES).split())


def converted(text: str, source: str, target: str) -> str:
    """Let ffmpeg read subtitles and write them in another format."""
    command = [find_ffmpeg(), "-v", "error", "-f", source, "-i", "-", "-f", target, "-"]
    run = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    assert run.stderr == b""
    return run.stdout.decode()


def shown_by_ffmpeg(text: str, source: str) -> str:
    """Return the text of the cards without any markup, as ffmpeg's WebVTT writer sees it."""
    return converted(text, source, "webvtt").partition("\n\n")[2]


def fields(ass: str) -> list[list[str]]:
    """Return the fields of the events."""
    rows = (row for row in ass.splitlines() if row.startswith("Dialogue: "))
    return [row.removeprefix("Dialogue: ").split(",", 9) for row in rows]


def test_an_srt_card_names_a_new_speaker(record: EpisodeRecord) -> None:
    again = replace(record.lines[1], id="0003", start=8.0, end=9.0, words=())
    cards = render_pair_subrip(replace(record, lines=(*record.lines, again)), Language.KO)

    assert [event.text for event in pysubs2.SSAFile.from_string(cards, "srt")] == [
        r"Speaker 1: Yeah.\N네.",
        r"Speaker 2: Well, AT&T\N음, AT&T",
        r"Well, AT&T\N음, AT&T",
    ]


def test_an_srt_card_can_show_the_translation_first(record: EpisodeRecord) -> None:
    assert "\n話者 1: ええ。\nYeah.\n\n2\n" in render_pair_subrip(
        record, Language.JA, PairOrder.TARGET_FIRST
    )


def test_srt_times_have_a_comma_and_go_past_three_hours(changed: Changed) -> None:
    text = render_pair_subrip(changed("Hi", "네", start=10_800.25, end=10_801.5), Language.KO)

    assert text == "1\n03:00:00,250 --> 03:00:01,500\nAnn: Hi\n네\n"


@pytest.mark.parametrize("reader", ["pysubs2", "ffmpeg"])
def test_hostile_text_in_srt_is_shown_as_it_is(changed: Changed, reader: str) -> None:
    text = render_pair_subrip(changed(HOSTILE, HOSTILE_KO, "<b>A --> B"), Language.KO)

    if reader == "pysubs2":
        events = pysubs2.SSAFile.from_string(text, "srt")
        shown = "".join(event.plaintext for event in events)
        assert plain(shown) == plain("<b>A --> B: " + HOSTILE + HOSTILE_KO)
    else:
        as_players_draw_it = converted(text, "srt", "ass")
        assert plain(HOSTILE_KO) in plain(shown_by_ffmpeg(as_players_draw_it, "ass"))


@given(st.text("ab <>/{}\\Nn-i&한", min_size=1).filter(str.strip))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_srt_leaves_the_cards_whole(changed: Changed, text: str) -> None:
    written = render_pair_subrip(changed(text, "네"), Language.KO)

    events = pysubs2.SSAFile.from_string(written, "srt", keep_html_tags=True)
    assert written.count("-->") == len(events)
    shown = "".join(event.text.replace(r"\N", "") for event in events)
    assert plain(shown).replace("네", "") == plain(f"Ann: {text}")


def test_an_ass_event_changes_to_the_style_of_the_other_language(record: EpisodeRecord) -> None:
    first, *_ = fields(render_pair_ass(record, Language.KO))

    assert first[1] == "0:00:04.12"
    assert first[3:5] == ["Source", "Speaker 1"]
    assert first[-1] == r"Yeah.\N{\rTarget}네."


def test_an_ass_event_can_show_the_translation_first(record: EpisodeRecord) -> None:
    first, *_ = fields(render_pair_ass(record, Language.KO, PairOrder.TARGET_FIRST))

    assert first[3] == "Target"
    assert first[-1] == r"네.\N{\rSource}Yeah."


@pytest.mark.parametrize(
    ("target", "font"), [(Language.KO, "Noto Sans CJK KR"), (Language.JA, "Noto Sans CJK JP")]
)
def test_each_language_has_a_style_with_its_font(
    record: EpisodeRecord, target: Language, font: str
) -> None:
    text = render_pair_ass(record, target)

    read = converted(text, "ass", "ass")
    assert "\nStyle: Source,Noto Sans,54," in read
    assert f"\nStyle: Target,{font},64," in read
    assert "\nPlayResX: 1920\n" in read.replace("\r", "")


def test_hostile_text_in_ass_is_shown_as_it_is(changed: Changed) -> None:
    text = render_pair_ass(changed(HOSTILE, HOSTILE_KO), Language.KO)

    assert plain(HOSTILE_KO) in plain(shown_by_ffmpeg(text, "ass"))


def test_a_name_with_a_comma_stays_in_its_field(changed: Changed) -> None:
    [event] = fields(render_pair_ass(changed("Hi, you", "네", "Smith, Ann\n"), Language.KO))

    assert event[4] == "Smith; Ann"
    assert event[-1] == r"Hi, you\N{\rTarget}네"


def test_ass_leaves_out_what_its_clock_cannot_say(changed: Changed) -> None:
    late = changed("Hi", "네", start=35_999.0, end=36_000.5)

    assert fields(render_pair_ass(late, Language.KO)) == []


def test_an_ass_event_keeps_a_length(changed: Changed) -> None:
    short = changed("Hi", "네", start=5.001, end=5.004)

    [event] = fields(render_pair_ass(short, Language.KO))
    assert event[1] < event[2]


@pytest.mark.parametrize("render", [render_pair_subrip, render_pair_ass])
def test_a_language_that_the_record_lacks_is_refused(
    record: EpisodeRecord, render: Callable[[EpisodeRecord, Language], str]
) -> None:
    with pytest.raises(BadInputError):
        render(record, Language.ZH)


@pytest.mark.parametrize(
    ("render", "name"), [(render_pair_subrip, "srt"), (render_pair_ass, "ass")]
)
@pytest.mark.slow
def test_ten_thousand_lines_are_read_by_ffmpeg(
    record: EpisodeRecord, render: Callable[[EpisodeRecord, Language], str], name: str
) -> None:
    lines = tuple(
        replace(record.lines[0], id=f"{n:05d}", start=float(n), end=n + 0.9, words=())
        for n in range(10_000)
    )

    text = render(replace(record, lines=lines), Language.KO)

    assert shown_by_ffmpeg(text, name).count(" --> ") == 10_000
