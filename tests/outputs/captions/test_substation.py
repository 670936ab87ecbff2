"""Players of Advanced SubStation Alpha show both languages as they were written."""

from collections.abc import Callable

import pytest

from outputs.captions.substation import render_pair_ass
from outputs.markup.pair_order import PairOrder
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError
from podcast.language import Language

HOSTILE = 'AT&T <b> --> 5 > 3 "'
HOSTILE_KO = "\u200f{\\an8} C:\\New | 🙂"

Changed = Callable[..., EpisodeRecord]
Converted = Callable[[str, str, str], str]


def plain(text: str) -> str:
    """Leave out what nobody sees (spaces, row ends, joiners) and what braces look like."""
    return "".join(text.replace("\u2060", "").translate(str.maketrans("｛｝", "{}")).split())


def fields(ass: str) -> list[list[str]]:
    """Return the fields of the events."""
    rows = (row for row in ass.splitlines() if row.startswith("Dialogue: "))
    return [row.removeprefix("Dialogue: ").split(",", 9) for row in rows]


def test_an_event_changes_to_the_style_of_the_other_language(record: EpisodeRecord) -> None:
    first, *_ = fields(render_pair_ass(record, Language.KO))

    assert first[1] == "0:00:04.12"
    assert first[3:5] == ["Source", "Speaker 1"]
    assert first[-1] == r"Yeah.\N{\rTarget}네."


def test_an_event_can_show_the_translation_first(record: EpisodeRecord) -> None:
    first, *_ = fields(render_pair_ass(record, Language.KO, PairOrder.TARGET_FIRST))

    assert first[3] == "Target"
    assert first[-1] == r"네.\N{\rSource}Yeah."


@pytest.mark.parametrize(
    ("target", "font"), [(Language.KO, "Noto Sans CJK KR"), (Language.JA, "Noto Sans CJK JP")]
)
def test_each_language_has_a_style_with_its_font(
    record: EpisodeRecord, target: Language, font: str, converted: Converted
) -> None:
    text = render_pair_ass(record, target)

    read = converted(text, "ass", "ass")
    assert "\nStyle: Source,Noto Sans,54," in read
    assert f"\nStyle: Target,{font},64," in read
    assert "\nPlayResX: 1920\n" in read.replace("\r", "")


def test_hostile_text_is_shown_as_it_is(changed: Changed, converted: Converted) -> None:
    text = render_pair_ass(changed(HOSTILE, HOSTILE_KO), Language.KO)

    assert plain(HOSTILE_KO) in plain(converted(text, "ass", "webvtt"))


def test_a_name_with_a_comma_stays_in_its_field(changed: Changed) -> None:
    [event] = fields(render_pair_ass(changed("Hi, you", "네", "Smith, Ann\n"), Language.KO))

    assert event[4] == "Smith; Ann"
    assert event[-1] == r"Hi, you\N{\rTarget}네"


def test_what_the_clock_cannot_say_is_left_out(changed: Changed) -> None:
    late = changed("Hi", "네", start=35_999.0, end=36_000.5)

    assert fields(render_pair_ass(late, Language.KO)) == []


def test_an_event_keeps_a_length(changed: Changed) -> None:
    short = changed("Hi", "네", start=5.001, end=5.004)

    [event] = fields(render_pair_ass(short, Language.KO))
    assert event[1] < event[2]


def test_a_language_that_the_record_lacks_is_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError):
        render_pair_ass(record, Language.ZH)


def test_thousands_of_lines_are_read_by_ffmpeg(
    long_record: EpisodeRecord, converted: Converted
) -> None:
    text = render_pair_ass(long_record, Language.KO)

    assert converted(text, "ass", "webvtt").count(" --> ") == len(long_record.lines)
