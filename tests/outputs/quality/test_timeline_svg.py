"""The picture shows what the record says, is well formed, small, and the same every time."""

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from outputs.quality.timeline_svg import FAINT, FLAG, INK, LANE_COLOURS, render_timeline
from outputs.record.record_types import EpisodeRecord, RecordedSpeaker
from podcast.timeline import Span, SpeakerTurn, Word
from podcast.transcript import DroppedWord

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script> & \" ' \x00\x1bx\u3000y"
SEEN = "</text><script>alert(1)</script> & \" ' x y"


def drawn(record: EpisodeRecord) -> Element:
    return fromstring(render_timeline(record))


def texts(picture: Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def paths(picture: Element, **attributes: str) -> list[str]:
    """Return the paths outside the legend that have these attributes."""
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    legend = {path for g in picture.iter(f"{SVG}g") if "transform" in g.attrib for path in g}
    return [
        element.get("d", "")
        for element in picture.iter(f"{SVG}path")
        if element not in legend and wanted.items() <= element.attrib.items()
    ]


def doubted(record: EpisodeRecord) -> EpisodeRecord:
    """Make both lines such that their speaker is unsure."""
    lines = tuple(replace(line, speaker_confidence=0.3) for line in record.lines)
    return replace(record, lines=lines)


def long(record: EpisodeRecord, n_lines: int) -> EpisodeRecord:
    """Make an episode of four hours with many doubtful and dropped things."""
    step = 14_400 / n_lines
    lines = tuple(
        replace(doubted(record).lines[n % 2], id=f"{n:04d}", start=n * step, end=(n + 0.6) * step)
        for n in range(n_lines)
    )
    turns = tuple(SpeakerTurn(line.start, line.end, line.speaker) for line in lines)
    overlaps = tuple(Span(line.start, line.start + 0.2) for line in lines)
    dropped = tuple(DroppedWord(Word(s.start, s.end, "you", 0.1), "loop") for s in overlaps)
    recording = replace(record.recording, duration=14_400.0)
    return replace(
        record, lines=lines, turns=turns, overlaps=overlaps, dropped=dropped, recording=recording
    )


def test_every_speaker_has_a_lane_with_name_and_share(record: EpisodeRecord) -> None:
    picture = drawn(record)

    assert {"Speaker 1", "10%", "Speaker 2", "90%"} <= set(texts(picture))


def test_lines_and_turns_are_drawn_where_they_are(record: EpisodeRecord) -> None:
    record = replace(record, recording=replace(record.recording, duration=9.46))
    fill, edge = LANE_COLOURS[0]

    picture = drawn(record)

    # The plot is 946 wide and begins at 174, so that a second is 100 wide.
    (line,) = paths(picture, fill=fill, stroke=edge)
    (turn,) = paths(picture, fill=fill, fill_opacity="0.28")
    assert line.startswith("M586 ")
    assert "h28v" in line
    assert turn.startswith("M574 ")
    assert "h50v" in turn


def test_overlaps_doubts_and_dropped_words_are_marked(record: EpisodeRecord) -> None:
    picture = drawn(doubted(record))

    assert len(paths(picture, fill="url(#timeline-overlap)")) == 1
    assert len(paths(picture, fill=FLAG)) == 2
    assert {"0001", "0002"} <= set(texts(picture))
    assert len(paths(picture, stroke=INK)) == 1
    assert "not on the page" in texts(picture)


def test_marks_that_are_close_are_one_with_all_their_numbers(record: EpisodeRecord) -> None:
    line = doubted(record).lines[0]
    lines = tuple(replace(line, id=f"000{n}", start=n / 9, end=n / 9 + 0.1) for n in range(1, 4))

    picture = drawn(replace(record, lines=lines))

    assert "0001+2" in texts(picture)
    assert "0001, 0002, 0003" in [title.text for title in picture.iter(f"{SVG}title")]


def test_what_there_is_not_is_not_drawn(record: EpisodeRecord) -> None:
    picture = drawn(replace(record, overlaps=(), turns=(), dropped=()))

    assert not paths(picture, fill="url(#timeline-overlap)")
    assert not paths(picture, fill=FLAG)
    assert not paths(picture, fill_opacity="0.28")
    assert "words not on the page" not in texts(picture)


def test_a_screen_reader_has_a_title_and_a_description(record: EpisodeRecord) -> None:
    picture = drawn(record)

    title, description = picture.findtext(f"{SVG}title"), picture.findtext(f"{SVG}desc")
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == "timeline-title timeline-desc"
    assert title == "Who speaks when in A title"
    assert description == (
        "Timeline of 0:12 with 2 speakers and their share of the speaking time: "
        "Speaker 1 10%; Speaker 2 90%. Stretches in which several people speak at once: 1. "
        "Lines to look at: 0. Words that are in no line: 1."
    )


def test_hostile_names_are_text(record: EpisodeRecord) -> None:
    speakers = (replace(record.speakers[0], name=HOSTILE[:17]), record.speakers[1])

    picture = drawn(replace(record, title=HOSTILE, show=HOSTILE, speakers=speakers))

    assert HOSTILE[:17] in texts(picture)
    assert SEEN in texts(picture)
    assert not list(picture.iter(f"{SVG}script"))


def test_a_long_name_is_cut_and_told_in_full(record: EpisodeRecord) -> None:
    name = "Maximiliana von und zu Hohenheim"
    speakers = (replace(record.speakers[0], name=name), record.speakers[1])

    picture = drawn(replace(record, speakers=speakers))

    assert "Maximiliana von un…" in texts(picture)
    titles = [element.text or "" for element in picture.iter(f"{SVG}title")]
    assert f"{name}: 1 line, 0:00" in titles


@pytest.mark.slow
def test_a_picture_stays_small_however_many_lines_there_are(record: EpisodeRecord) -> None:
    assert len(render_timeline(long(record, 3_000))) < 100_000


def test_the_picture_grows_with_the_speakers(record: EpisodeRecord) -> None:
    more = tuple(RecordedSpeaker(f"S{n}", f"Guest {n}", "") for n in range(10))

    small, large = drawn(record), drawn(replace(record, speakers=(*record.speakers, *more)))

    assert int(large.get("height", "0")) - int(small.get("height", "0")) == 10 * 40
    assert "Guest 9" in texts(large)


def test_an_episode_without_a_line_has_an_empty_picture(record: EpisodeRecord) -> None:
    empty = replace(
        record,
        lines=(),
        speakers=(),
        turns=(),
        overlaps=(),
        recording=replace(record.recording, duration=0.0),
    )

    assert "0:00" in texts(drawn(empty))


def test_the_same_record_gives_the_same_picture(record: EpisodeRecord) -> None:
    shuffled = replace(record, turns=record.turns[::-1], overlaps=record.overlaps[::-1])

    assert render_timeline(shuffled) == render_timeline(record)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(c * weight for c, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize(
    ("colour", "least"),
    [(INK, 7.0), (FAINT, 4.5), (FLAG, 3.0), *((edge, 4.5) for _, edge in LANE_COLOURS)],
)
def test_text_edges_and_marks_stand_out_from_the_ground(colour: str, least: float) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= least
