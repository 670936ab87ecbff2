from dataclasses import replace

import pytest

from outputs.captions.cue_limits import STANDARD
from outputs.captions.cues import cues_in
from outputs.captions.joined_lines import join_lines
from outputs.record.record_types import EpisodeRecord, RecordedLine
from podcast.language import Language

Drawn = tuple[str, str, float, float]
"""Speaker, text, start and end."""

SENTENCE = "This is a sentence that is said at an easy pace."


def of(record: EpisodeRecord, *drawn: Drawn) -> EpisodeRecord:
    lines = tuple(_line(record.lines[0], n, *line) for n, line in enumerate(drawn))
    sound = replace(record.recording, duration=max(line.end for line in lines) + 2.0)
    return replace(record, lines=lines, recording=sound)


def _line(
    like: RecordedLine, n: int, speaker: str, text: str, start: float, end: float
) -> RecordedLine:
    id_ = f"{n + 1:04d}"
    return replace(like, id=id_, speaker=speaker, text=text, start=start, end=end, words=())


def joined(record: EpisodeRecord) -> list[str]:
    return [" + ".join(line.text for line in group.lines) for group in join_lines(record, STANDARD)]


def test_an_answer_said_three_times_is_one_caption(record: EpisodeRecord) -> None:
    made = of(record, *(("A", "Yeah.", n * 0.5, n * 0.5 + 0.4) for n in range(3)))

    assert joined(made) == ["Yeah. + Yeah. + Yeah."]
    assert [cue.rows for cue in cues_in(made, Language.EN)] == [("Yeah. Yeah. Yeah.",)]
    assert [cue.rows for cue in cues_in(made, Language.JA)] == [("ええ。ええ。ええ。",)]


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (("B", "Okay.", 3.0, 3.3), "another speaker"),
        (("A", "Okay.", 4.2, 4.5), "a long pause"),
        (("A", "Okay.", 3.0, 4.0), "long enough to be seen"),
    ],
)
def test_lines_stay_apart(record: EpisodeRecord, second: Drawn, why: str) -> None:
    following = ("C", SENTENCE, second[3], second[3] + 3.0)

    assert joined(of(record, ("A", SENTENCE, 0.0, 3.0), second, following)) == [
        SENTENCE, second[1], SENTENCE,
    ], why  # fmt: skip


def test_a_short_line_goes_to_the_nearer_neighbour(record: EpisodeRecord) -> None:
    lines = [("A", SENTENCE, 0.0, 3.0), ("A", "Okay.", 3.6, 3.9), ("A", SENTENCE, 3.95, 7.0)]

    assert joined(of(record, *lines)) == [SENTENCE, f"Okay. + {SENTENCE}"]


def test_a_line_that_races_is_joined_where_that_lets_it_be_read(record: EpisodeRecord) -> None:
    fast = ("A", "Nobody can read so much text.", 0.0, 1.0)
    slow, slower = ("A", "Well, yes.", 1.0, 3.0), ("A", SENTENCE * 2, 1.0, 3.0)

    assert joined(of(record, fast, slow, ("B", SENTENCE, 3.0, 6.0))) == [
        f"{fast[1]} + {slow[1]}", SENTENCE,
    ]  # fmt: skip
    assert len(joined(of(record, fast, slower, ("B", SENTENCE, 3.0, 6.0)))) == 3


def test_what_somebody_says_between_two_lines_parts_them(record: EpisodeRecord) -> None:
    lines = [("A", "Yeah.", 0.0, 0.3), ("B", "No.", 0.3, 0.6), ("A", "Yeah.", 0.6, 0.9)]

    assert joined(of(record, *lines)) == ["Yeah.", "No.", "Yeah."]


def test_it_is_known_where_the_speaker_changes_and_who_speaks_at_once(
    record: EpisodeRecord,
) -> None:
    made = of(
        record,
        ("A", SENTENCE, 0.0, 3.0),
        ("A", SENTENCE, 3.0, 6.0),
        ("B", SENTENCE, 5.0, 8.0),
        ("A", SENTENCE, 9.0, 12.0),
    )

    groups = join_lines(made, STANDARD)

    assert [group.is_change for group in groups] == [True, False, True, True]
    assert [group.is_overlapped for group in groups] == [False, True, True, False]
